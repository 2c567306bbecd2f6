"""Recall an upward request: the commission takes back what lies with the superior."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.matters import rules
from service.features.matters.codes import State
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.messages import tell
from service.features.matters.record_kinds import RecordKind
from service.features.matters.superior import require_not_recalled
from service.features.matters.tables import Matter
from service.features.matters.view import MatterView, view_of

_DECIDED = """
SELECT EXISTS (SELECT FROM minutes x JOIN meeting m ON m.id = x.meeting_id
JOIN agenda_item i ON i.meeting_id = m.id
WHERE x.document_id = $1 AND m.level = 'COMMISSION' AND m.state = 'CLOSED' AND m.is_quorate
AND i.state = 'DECIDED' AND i.subject_id = ANY ($2)
AND i.put_at >= (SELECT max(kept_at) FROM matter_record
                 WHERE matter_id = $3 AND kind = 'UPWARD_REQUEST'))
"""


class Next(StrEnum):
    """What becomes of a matter that was called back."""

    REWORK = "REWORK"
    """It is appraised anew."""
    END = "END"
    """It ends, rejected."""


class RecallUpwardRequest(Command[MatterView]):
    """Call back what lies with the superior (撤回上报请示), by a decision of the commission.

    `minutes_document_id` are the minutes of the closed meeting that decided it about this matter
    after it was sent (I5). The case sends the recall to the superior and goes on by `next`.
    """

    name = "matters.recall_upward_request"
    duties = frozenset({Duty.COMMISSION_SECRETARY})
    title_zh = "撤回上报请示"
    title_en = "Recall an upward request"
    refusals = (rules.MatterMoved, rules.MinutesRequired)
    example: ClassVar = {
        "minutes_document_id": "01900000-0000-7000-8000-000000000000",
        "next": "REWORK",
        "reason": "方案须重新论证。",
    }

    matter_id: UUID
    minutes_document_id: UUID
    next: Next
    reason: Annotated[Text, Field(min_length=1)]


@handles(RecallUpwardRequest)
async def recall_upward_request(command: RecallUpwardRequest, context: Context) -> MatterView:
    """Keep the decision and tell the case; the superior's reply comes too late from now on."""
    matter = await locked_matter(context, command.matter_id, State.AT_SUPERIOR)
    await require_not_recalled(context, matter)
    await _require_decided(context, matter, command.minutes_document_id)
    await keep(
        context,
        matter,
        RecordKind.RECALL,
        command.model_dump(mode="json", include={"next", "reason"}),
        by=context.actor.id,
        document_id=command.minutes_document_id,
    )
    recalled = context.update(matter)
    tell(context, "RecallDecided", matter.id, {"next": command.next})
    context.tag(recalled)
    return view_of(recalled)


async def _require_decided(context: Context, matter: Matter, minutes_id: UUID) -> None:
    subjects = [str(matter.id), *([matter.number] if matter.number else [])]
    if not await context.connection.fetchval(_DECIDED, minutes_id, subjects, matter.id):
        raise rules.MinutesRequired(
            "Expected minutes of a closed meeting of the commission that decided about this "
            "matter after it was sent up, but these are none.",
            "应当附请示上报后编委会就本事项作出决定的会议纪要，但不是。",
        )
