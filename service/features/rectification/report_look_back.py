"""Report a look-back: what the inspector tells the office meeting of a round."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification.round_codes import RoundState
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.round_tables import LookBackRound
from service.features.rectification.rounds import RoundStep, locked

_UNCHECKED = "SELECT count(*) FROM look_back_check WHERE round_id = $1 AND holds IS NULL"


class ReportLookBack(Command[RoundStep]):
    """Keep the report of a round (登记回头看报告), once every item of the sample is checked."""

    name = "rectification.report_look_back"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记回头看报告"
    title_en = "Report a look-back"
    refusals = (RoundMoved,)

    round_id: UUID
    text: Annotated[str, Field(min_length=1, max_length=10000)]
    reported_by: UUID


@handles(ReportLookBack)
async def report_look_back(command: ReportLookBack, context: Context) -> RoundStep:
    context.require_city()
    held = await locked(context, LookBackRound, command.round_id, "a look-back round")
    unchecked = await context.connection.fetchval(_UNCHECKED, held.id)
    if held.state is not RoundState.OPEN or unchecked:
        raise moved("an open round whose items are all checked", "为样本均已核查的轮次")
    context.update(held, report=command.text, reported_by=command.reported_by)
    return RoundStep(round_id=held.id)
