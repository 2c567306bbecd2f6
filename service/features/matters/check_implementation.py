"""Check an implementation: what the unit reports against the ledger, and what can be closed now."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.agreement import differences
from service.features.matters.bringing import change_bodies, set_up_bodies
from service.features.matters.closing import ClosedBody, Closing
from service.features.matters.closing_bodies import abolish, merge
from service.features.matters.closing_posts import cut_posts, grant_posts, shift_posts
from service.features.matters.codes import State
from service.features.matters.deltas import read, stored
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.record_kinds import RecordKind
from service.features.matters.report import Reported
from service.features.matters.tables import Matter

_ISSUED_AT = """
SELECT max(kept_at) FROM matter_deltas WHERE matter_id = $1 AND origin = 'ISSUED'
"""


class ImplementationChecked(BaseModel):
    """Whether nothing is open any more; else what is, each as a sentence for the unit."""

    agrees: bool
    differences: list[str]
    #: Bodies that were closed just now and have open items in the rectification ledger.
    closed: list[ClosedBody]


class CheckImplementation(Reported, Command[ImplementationChecked]):
    """Check what a unit reports about a reply (核对落实情况) against the ledger.

    What waited is entered as far as the ledger allows it: bodies are merged with no more than
    their parts had (I17) and abolished once they are empty (I18), posts cut once nobody is above
    them (I1). What is refused is a difference; the unit does it and reports again.
    """

    name = "matters.check_implementation"
    duties = frozenset({Duty.PROCESS})
    title_zh = "核对落实情况"
    title_en = "Check an implementation"
    refusals = (rules.MatterMoved,)

    matter_id: UUID
    #: Who reports.
    by: UUID | None = None


class MatterImplemented(Event):
    """What was decided is done, and the ledger shows all of it."""

    type: ClassVar[str] = "matters.implemented"
    title_zh = "事项已落实"
    title_en = "Matter implemented"

    matter_id: UUID
    body_id: UUID

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(CheckImplementation)
async def check_implementation(
    command: CheckImplementation, context: Context
) -> ImplementationChecked:
    """Keep the report, close what can be closed, then compare."""
    matter = await locked_matter(context, command.matter_id, State.ISSUED)
    told = command.model_dump(mode="json", include=set(Reported.model_fields))
    await keep(context, matter, RecordKind.IMPLEMENTATION, told, by=command.by)
    open_ends, closed = await _close(command, context, matter)
    since = await _issued_at(context, matter)
    await context.flush()
    open_ends += await differences(context.connection, read(matter.deltas), command, since)
    if not open_ends:
        context.announce(MatterImplemented(matter_id=matter.id, body_id=matter.body_id))
    return ImplementationChecked(agrees=not open_ends, differences=open_ends, closed=closed)


async def _close(
    command: CheckImplementation, context: Context, matter: Matter
) -> tuple[list[str], list[ClosedBody]]:
    """Enter what waits, as far as it goes; what stands against the rest, and which are closed."""
    waiting = read(matter.pending_deltas)
    assert matter.approval_document_id is not None, "an issued matter has its reply"
    assert matter.effective_on is not None, "as above"
    if waiting and matter.effective_on > context.today:
        return [f"批复自{matter.effective_on}起生效，生效后再反馈。"], []
    closing = Closing(context, matter.approval_document_id, matter.effective_on, command, waiting)
    for step in (
        set_up_bodies,
        shift_posts,
        cut_posts,
        change_bodies,
        merge,
        abolish,
        grant_posts,
    ):
        await step(closing)
    if len(closing.left) < len(waiting) or closing.left != waiting:
        context.update(matter, pending_deltas=stored(closing.left))
    if closing.left and not closing.differences:
        closing.differences.append("尚有审定事项未登记台账。")
    return closing.differences, closing.closed


async def _issued_at(context: Context, matter: Matter) -> datetime:
    issued: datetime = await context.connection.fetchval(_ISSUED_AT, matter.id)
    return issued
