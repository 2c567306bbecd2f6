"""Write the minutes of a meeting: a text that its chair will close the meeting on."""

from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import Field, model_validator

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.documents.rules import DocumentMissing
from service.features.meetings import rules
from service.features.meetings.codes import MeetingState
from service.features.meetings.finding import locked_meeting, require_duty
from service.features.meetings.people import SECRETARIES, secretaries_of
from service.features.meetings.tables import Minutes
from service.features.meetings.view import MinutesView, minutes_view


class WriteMinutes(Command[MinutesView]):
    """Write the minutes of a meeting that was held, or write them anew (起草会议纪要).

    With `series` and `issuer` they become a numbered document of that series when the chair
    closes the meeting. A house that keeps its own minutes names its recorded document instead.
    """

    name = "meetings.write_minutes"
    duties = SECRETARIES
    title_zh = "起草会议纪要"
    title_en = "Write the minutes"
    refusals = (rules.MeetingMoved, DocumentMissing)
    example: ClassVar = {
        "text": "会议听取了汇报，议决如下。",
        "series": "青编纪",
        "issuer": "中共青澜市委机构编制委员会",
    }

    meeting_id: UUID
    text: Annotated[str, Field(min_length=1, max_length=40_000, pattern=r"^[^\x00]*$")]
    series: Annotated[Line | None, Field(max_length=20)] = None
    issuer: Line | None = None
    document_id: UUID | None = None

    @model_validator(mode="after")
    def _is_issued_by_somebody(self) -> Self:
        is_ours = self.series is not None and self.issuer is not None
        if is_ours == (self.document_id is not None):
            raise ValueError("expected either series and issuer, or document_id")
        return self


@handles(WriteMinutes)
async def write_minutes(command: WriteMinutes, context: Context) -> MinutesView:
    meeting = await locked_meeting(context, command.meeting_id, MeetingState.HELD)
    require_duty(context, secretaries_of(meeting.level))
    await _require_document(context, command.document_id)
    values: dict[str, Any] = command.model_dump(exclude={"meeting_id"}) | {
        "written_at": context.now,
        "written_by": context.actor.id,
        "written_by_name": context.actor.name,
    }
    before = await context.connection.fetchrow(
        "SELECT * FROM minutes WHERE meeting_id = $1", meeting.id
    )
    if before is None:
        minutes = context.insert(Minutes(meeting_id=meeting.id, **values))
    else:
        minutes = context.update(Minutes.read(before), **values)
    # The chair closes on the minutes as they are: a change of them is one of the meeting.
    context.update(meeting)
    context.tag(minutes)
    return minutes_view(minutes)


async def _require_document(context: Context, document_id: UUID | None) -> None:
    if document_id is None:
        return
    known = await context.connection.fetchval(
        "SELECT EXISTS (SELECT FROM document WHERE id = $1)", document_id
    )
    if not known:
        raise DocumentMissing(
            "Expected minutes on record as a document, but there is none with this id.",
            "会议纪要应当已登记为文件，但未找到。",
        )
