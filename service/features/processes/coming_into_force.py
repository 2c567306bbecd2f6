"""Putting a release into force in place of the one before."""

from typing import ClassVar

from service.core.command import Context
from service.core.store.outbox import Event
from service.features.processes.event_tables import EventStart
from service.features.processes.proposing import By
from service.features.processes.starts import put_starts, take_starts
from service.features.processes.tables import Release, ReleaseState

_IN_FORCE = "SELECT * FROM release WHERE flow = $1 AND state = 'IN_FORCE' FOR UPDATE"


class ReleaseApproved(Event):
    """A release is in force."""

    type: ClassVar[str] = "processes.release_approved"
    title_zh = "流程版本已生效"
    title_en = "Release approved"

    flow: str
    number: int

    def subject(self) -> str:
        return f"flow/{self.flow}"


async def in_force_of(context: Context, flow: str) -> Release | None:
    """The release that new cases of a flow follow, locked."""
    record = await context.connection.fetchrow(_IN_FORCE, flow)
    return None if record is None else Release.read(record)


async def put_into_force(context: Context, release: Release, by: By) -> Release:
    """Supersede what is in force and put a proposed release into its place, under `LOCK`."""
    before = await in_force_of(context, release.flow)
    starts: list[EventStart] = []
    if before is not None:
        context.update(before, state=ReleaseState.SUPERSEDED)
        starts = await take_starts(context, before.id)
        await context.flush()
    approved = context.update(
        release,
        state=ReleaseState.IN_FORCE,
        decided_by=by.id,
        decided_by_name=by.name,
        decided_at=context.now,
    )
    await put_starts(context, release.id, starts)
    context.announce(ReleaseApproved(flow=approved.flow, number=approved.number))
    return approved
