"""A leader names a matter: it counts as major or complex from now on, whatever its changes say."""

from typing import Any, ClassVar, Literal
from uuid import UUID

from service.core.command import Context
from service.core.store.outbox import Event
from service.features.matters.codes import State
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.record_kinds import RecordKind
from service.features.matters.tables import Matter
from service.features.matters.view import MatterView, view_of

#: Until it is decided; the tables look at it again on the way.
UNDECIDED = (
    State.DRAFT,
    State.SUBMITTED,
    State.SUPPLEMENT,
    State.ADMITTED,
    State.IN_APPRAISAL,
    State.SUSPENDED_BY_GATE,
    State.IN_DELIBERATION,
)
Naming = Literal["major", "complex", "urgent"]


class MatterNamed(Event):
    """A leader has named a matter major, complex or urgent."""

    type: ClassVar[str] = "matters.named"
    title_zh = "事项已认定"
    title_en = "Matter named"

    matter_id: UUID
    body_id: UUID
    named: Naming

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


async def named(context: Context, matter_id: UUID, what: Naming, reason: str) -> MatterView:
    """Keep what a matter is named, by whom and why; named again it stays so.

    Raises:
        NotFound: It is out of reach.
        MatterMoved: It is decided already.
    """
    matter = await locked_matter(context, matter_id, *UNDECIDED)
    content = {"named": what, "reason": reason}
    await keep(context, matter, RecordKind.NAMED, content, by=context.actor.id)
    context.announce(MatterNamed(matter_id=matter.id, body_id=matter.body_id, named=what))
    changed = context.update(matter, **_said(matter, what))
    context.tag(changed)
    return view_of(changed)


def _said(matter: Matter, what: Naming) -> dict[str, Any]:
    if what == "urgent":
        return {"is_urgent": True}
    return {"stated": {**matter.stated, f"is_named_{what}": True}}
