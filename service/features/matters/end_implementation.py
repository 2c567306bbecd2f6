"""End an implementation: the commission gives up what was not carried out, on its minutes."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.bodies.end_reform import EndReform
from service.features.matters import rules
from service.features.matters.closing import frozen_by
from service.features.matters.codes import State
from service.features.matters.deltas import Delta, read
from service.features.matters.finding import locked_matter
from service.features.matters.held import held
from service.features.matters.keeping import keep
from service.features.matters.messages import tell
from service.features.matters.record_kinds import RecordKind
from service.features.matters.view import MatterView, view_of
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.cut_quota import CutQuota
from service.features.quota.release_freeze import ReleaseFreeze

_MINUTES = """
SELECT EXISTS (SELECT FROM minutes x JOIN meeting m ON m.id = x.meeting_id
               WHERE x.document_id = $1 AND m.level = 'COMMISSION' AND m.state = 'CLOSED')
"""


class FrozenPosts(StrEnum):
    """What becomes of the posts that stand still for a matter."""

    RETURN = "RETURN"
    """Their body has them again."""
    TO_CITY = "TO_CITY"
    """They go back to the city."""


class EndImplementation(Command[MatterView]):
    """End the implementation of a reply by decision of the commission (终止实施), on its minutes.

    What is in the ledger stays. What waited is given up: bodies leave the reform, and posts that
    stood still go to their body again or back to the city. The case ends as E8.
    """

    name = "matters.end_implementation"
    duties = frozenset({Duty.COMMISSION_SECRETARY})
    title_zh = "终止实施"
    title_en = "End an implementation"
    refusals = (rules.MatterMoved, rules.MinutesRequired)
    example: ClassVar = {
        "minutes_document_id": "01900000-0000-7000-8000-000000000000",
        "reason": "机构改革方案调整",
        "frozen": "RETURN",
    }

    matter_id: UUID
    minutes_document_id: UUID
    reason: Annotated[Text, Field(min_length=1)]
    frozen: FrozenPosts


class ImplementationEnded(Event):
    """The commission has given up what was not carried out."""

    type: ClassVar[str] = "matters.implementation_ended"
    title_zh = "实施已终止"
    title_en = "Implementation ended"

    matter_id: UUID
    body_id: UUID
    minutes_document_id: UUID

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(EndImplementation)
async def end_implementation(command: EndImplementation, context: Context) -> MatterView:
    """Let go what stood still, keep why, and tell the case that waits for the report."""
    matter = await locked_matter(context, command.matter_id, State.ISSUED)
    if not await context.connection.fetchval(_MINUTES, command.minutes_document_id):
        raise rules.MinutesRequired(
            "Expected minutes of a closed meeting of the commission, but they are not.",
            "应当有编委会已闭会会议的会议纪要，但没有。",
        )
    assert matter.approval_document_id is not None, "an issued matter has its reply"
    on = max(context.today, matter.effective_on or context.today)
    waiting = read(matter.pending_deltas)
    await _let_go(command, context, matter.approval_document_id, on)
    await _end_reforms(command, context, waiting)
    ended = context.update(matter, pending_deltas=[])
    await keep(
        context,
        matter,
        RecordKind.IMPLEMENTATION,
        command.model_dump(mode="json", exclude={"matter_id"}),
        by=context.actor.id,
        document_id=command.minutes_document_id,
    )
    context.announce(
        ImplementationEnded(
            matter_id=matter.id,
            body_id=matter.body_id,
            minutes_document_id=command.minutes_document_id,
        )
    )
    tell(context, "ImplementationEnded", matter.id, {"frozen": command.frozen})
    context.tag(ended)
    return view_of(ended)


async def _let_go(command: EndImplementation, context: Context, reply_id: UUID, on: date) -> None:
    """Thaw by the reply what it froze, from the day on which that stands still at the earliest."""
    for (body_id, _, kind, part), posts in (await frozen_by(context, reply_id)).items():
        line: dict[str, Any] = {
            "body_id": body_id,
            "kind": QuotaKind(kind),
            "funding": Funding(part),
            "posts": posts,
            "effective_on": on,
            "reason": command.reason,
        }
        await context.order(ReleaseFreeze(document_id=reply_id, **line))
        if command.frozen is FrozenPosts.TO_CITY:
            await context.order(CutQuota(document_id=command.minutes_document_id, **line))


async def _end_reforms(command: EndImplementation, context: Context, waiting: list[Delta]) -> None:
    ledgers = await held(context, waiting)
    for body_id in dict.fromkeys(each.body_id for each in waiting if each.is_closing):
        if body_id and ledgers.statuses.get(body_id) == "IN_REFORM":
            await context.order(
                EndReform(
                    body_id=body_id,
                    document_id=command.minutes_document_id,
                    effective_on=context.today,
                )
            )
