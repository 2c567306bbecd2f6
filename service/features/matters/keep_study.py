"""Keep the field study: a record for each visit, and what comparing has shown."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.documents.kinds.part import Said
from service.features.matters import rules
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.list_matter_records import RecordView, record_of
from service.features.matters.papers import require_past
from service.features.matters.record_gate import OPEN
from service.features.matters.record_kinds import RecordKind


class Visit(BaseModel):
    """One visit: when, where, with whom, and what was seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: date
    place: Annotated[Text, Field(min_length=1, max_length=200)]
    people: Annotated[Text, Field(min_length=1, max_length=300)]
    facts: Said


class KeepStudy(Command[RecordView]):
    """Keep the field study of a matter (留存调研情况), each visit as a record (调研记录).

    Of a dispute over functions the case officer says whether the bodies have settled it in
    writing; the tables of authority ask for that.
    """

    name = "matters.keep_study"
    duties = frozenset({Duty.PROCESS})
    title_zh = "留存调研情况"
    title_en = "Keep the field study"
    refusals = (rules.MatterMoved, rules.NotYetHappened)

    matter_id: UUID
    visits: Annotated[list[Visit], Field(min_length=1, max_length=20)]
    #: Compared with the centre, the province, other prefectures.
    vertical: Said
    #: Compared with bodies of the same level, and with its own history.
    horizontal: Said
    findings: Said
    settled_in_writing: bool | None = None
    by: UUID


@handles(KeepStudy)
async def keep_study(command: KeepStudy, context: Context) -> RecordView:
    matter = await locked_matter(context, command.matter_id, *OPEN)
    require_past(context, *(each.date for each in command.visits))
    for visit in command.visits:
        content = visit.model_dump(mode="json")
        await keep(context, matter, RecordKind.VISIT, content, by=command.by)
    rest = command.model_dump(mode="json", exclude={"matter_id", "visits", "by"})
    study = await keep(context, matter, RecordKind.STUDY, rest, by=command.by)
    if command.settled_in_writing is not None:
        stated = {**matter.stated, "settled_in_writing": command.settled_in_writing}
        context.update(matter, stated=stated)
    return record_of(study)
