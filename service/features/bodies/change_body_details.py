"""Change a body's details: nature, class, funding, codes, functions in short, where it is found."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.core.secrecy import ClassifiedMatter
from service.features.bodies import rules
from service.features.bodies.codes import BodyAction
from service.features.bodies.details import BodyDetails, given, require_sound
from service.features.bodies.guards import ask_guards
from service.features.bodies.versions import BodyChange, change, locked_body
from service.features.bodies.view import BodyView


class ChangeBodyDetails(BodyDetails, BodyChange):
    """Change what describes a body besides names, rank and place (变更机构基本信息).

    What is left out stays as it is; what may be empty is emptied by null.
    """

    name = "bodies.change_body_details"
    title_zh = "变更机构基本信息"
    title_en = "Change a body's details"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "main_functions": "拟订并组织实施有关规划",
        "phone": "0990-8100001",
    }
    refusals = (
        *BodyChange.refusals,
        rules.UsccTaken,
        rules.FactsDisagree,
        rules.NothingChanges,
        rules.GrassRootsProtected,
        ClassifiedMatter,
    )


@handles(ChangeBodyDetails)
async def change_body_details(command: ChangeBodyDetails, context: Context) -> BodyView:
    """Keep a version with the details that were given."""
    locked = await locked_body(context, command.body_id)
    facts = given(command, BodyDetails.model_fields)
    new = locked.body.model_copy(update=facts)
    rules.require_change(locked.body, new)
    require_sound(new, is_sample=context.settings.is_demo)
    await ask_guards(context, locked.body, command.effective_on, **facts)
    return change(context, locked, BodyAction.CHANGE_DETAILS, command, **facts)
