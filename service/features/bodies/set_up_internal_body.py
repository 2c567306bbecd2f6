"""Set up an internal body: a body gets one more section, with what is planned for it."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.bodies import rules
from service.features.bodies.codes import InternalBodyAction, Rank
from service.features.bodies.division_tables import InternalBody
from service.features.bodies.fields import EffectiveOn, Name
from service.features.bodies.internal_bodies import InternalBodyView, Planned, keep_version
from service.features.bodies.versions import locked_body


class SetUpInternalBody(Command[InternalBodyView]):
    """Set up a section of a body (设立内设机构).

    The posts planned are a plan within the body's quota; what was granted stands in the ledger.
    """

    name = "bodies.set_up_internal_body"
    duties = LEDGER_WRITERS | {Duty.PROCESS}
    title_zh = "设立内设机构"
    title_en = "Set up an internal body"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "section_name": "数据资源科",
        "quota_planned": 5,
        "midlevel_chief": 1,
    }
    status = 201
    refusals = (rules.BodyClosed, rules.DayOutOfOrder, rules.NameTaken)

    body_id: UUID
    document_id: UUID
    effective_on: EffectiveOn
    section_name: Name
    rank: Rank = Rank.UNRANKED
    functions: Text = ""
    quota_planned: Planned = 0
    midlevel_chief: Planned = 0
    midlevel_deputy: Planned = 0


@handles(SetUpInternalBody)
async def set_up_internal_body(command: SetUpInternalBody, context: Context) -> InternalBodyView:
    """Insert the section and its first version."""
    locked = await locked_body(context, command.body_id, is_asked=False)
    rules.require_day(command.effective_on, locked.body.setup_date, context.today)
    section = context.insert(
        InternalBody(
            id=new_id(),
            name=command.section_name,
            true_from=command.effective_on,
            known_from=locked.known_from,
            **command.model_dump(exclude={"section_name", "effective_on"}),
        )
    )
    return keep_version(context, section, InternalBodyAction.SET_UP)
