"""File an application: a matter goes to the office and gets its number."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.documents.numbering import next_number
from service.features.matters import rules
from service.features.matters.clocks import Stop, go_on
from service.features.matters.codes import Stage, Start, State
from service.features.matters.finding import locked_matter
from service.features.matters.view import MatterView, view_of

#: Numbers of matters: QL-SX-2026-0001, gap-free in a year.
SERIES = "QL-SX"


class FileApplication(Command[MatterView]):
    """File a matter (报送): it gets its number and lies with the office from now on.

    Ordered by its diagram. A unit's request rests on the minutes of its own meeting (I5). What
    the office or the superior sets going needs no admission: it is worked on at once.
    """

    name = "matters.file_application"
    duties = frozenset({Duty.PROCESS})
    title_zh = "报送事项"
    title_en = "File an application"
    refusals = (rules.MatterMoved, rules.MinutesRequired)

    matter_id: UUID


class ApplicationSubmitted(Event):
    """A matter lies with the office."""

    type: ClassVar[str] = "matters.submitted"
    title_zh = "事项已报送"
    title_en = "Application submitted"

    matter_id: UUID
    number: str
    body_id: UUID

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


class MatterTakenUp(Event):
    """A matter of the office or the superior is worked on."""

    type: ClassVar[str] = "matters.taken_up"
    title_zh = "编办提起事项已立案"
    title_en = "Matter taken up"

    matter_id: UUID
    number: str
    body_id: UUID
    start: Start

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(FileApplication)
async def file_application(command: FileApplication, context: Context) -> MatterView:
    """Number the matter once, its series locked last; filed again it keeps its number."""
    matter = await locked_matter(context, command.matter_id, State.DRAFT, State.SUPPLEMENT)
    if matter.start is Start.APPLICANT and matter.minutes_document_id is None:
        raise rules.MinutesRequired(
            "Expected the minutes of the unit's own meeting, but there are none.",
            "应当附集体讨论决定的会议纪要，但没有。",
        )
    number = matter.number or await _number(context)
    is_asked = matter.start is Start.APPLICANT
    filed = context.update(
        matter,
        number=number,
        state=State.SUBMITTED if is_asked else State.ADMITTED,
        stage=matter.stage if is_asked else Stage.APPRAISAL,
        submitted_at=matter.submitted_at or context.now,
    )
    if matter.state is State.SUPPLEMENT:
        await go_on(context, filed, Stop.SUPPLEMENT)
    told = {"matter_id": filed.id, "number": number, "body_id": filed.body_id}
    if is_asked:
        context.announce(ApplicationSubmitted.model_validate(told))
    else:
        context.announce(MatterTakenUp.model_validate({**told, "start": filed.start}))
    return view_of(filed)


async def _number(context: Context) -> str:
    year = context.today.year
    return f"{SERIES}-{year}-{await next_number(context, SERIES, year):04}"
