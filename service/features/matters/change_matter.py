"""Change a matter: what a matter says, as long as it is being written or made complete."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter, Secrecy, require_storable
from service.features.matters import rules
from service.features.matters.asking import Asked
from service.features.matters.codes import Origin, State
from service.features.matters.deltas import stored
from service.features.matters.finding import locked_matter, renewed
from service.features.matters.view import MatterView, view_of


class ChangeMatter(Asked, Command[MatterView]):
    """Write a matter anew (修改事项) while it is a draft or its materials are to be completed.

    Other changes than before are a version of their own; the older ones stay readable.
    """

    name = "matters.change_matter"
    duties = frozenset({Duty.APPLICANT_OFFICER, Duty.PROCESS})
    title_zh = "修改事项"
    title_en = "Change a matter"
    needs_version = True
    refusals = (rules.MatterMoved, rules.MinutesRequired, ClassifiedMatter)
    example: ClassVar = {
        "title": "关于增加编制的请示",
        "deltas": [
            {
                "ledger": "QUOTA",
                "body_id": "01900000-0000-7000-8000-000000000000",
                "kind": "ADMIN",
                "funding": "FULL",
                "before": 5,
                "after": 6,
                "source": "POOL",
            }
        ],
    }

    matter_id: UUID


@handles(ChangeMatter)
async def change_matter(command: ChangeMatter, context: Context) -> MatterView:
    """Replace what the matter says; refuse once it lies with others."""
    matter = await locked_matter(context, command.matter_id, State.DRAFT, State.SUPPLEMENT)
    if command.stated.is_classified:
        require_storable(Secrecy.CONFIDENTIAL)
    said = command.model_dump(mode="json", exclude={"matter_id", "deltas", "minutes_document_id"})
    if stored(command.deltas) != matter.deltas:
        said |= renewed(context, matter, command.deltas, Origin.REQUEST)
    changed = context.update(matter, minutes_document_id=command.minutes_document_id, **said)
    context.tag(changed)
    return view_of(changed)
