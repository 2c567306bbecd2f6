"""Raise an incident: what was to be given to a case was refused, and nobody was there to see."""

from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.errors import Refusal
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.processes.correlating import message_of, start_for, waiting_for
from service.features.processes.incident_view import IncidentView, view_of
from service.features.processes.incidents import pause_after
from service.features.processes.instance_tables import Incident


class Thing(StrEnum):
    """What was refused."""

    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"
    STEPS = "steps"
    """What the last move of a case left to do."""
    START = "start"
    """The timer of a start event."""


# Whom it was for, locked as the refused command had locked it: nothing, if it is over by now.
_WHOSE = {
    Thing.TIMER: """
SELECT i.id, t.number, t.element FROM instance i JOIN timer t ON t.instance_id = i.id
WHERE t.id = $1 FOR UPDATE OF i, t
""",
    Thing.SIGNAL: """
SELECT d.instance_id AS id, 0 AS number, coalesce(e.element, '') AS element
FROM signal_delivery d LEFT JOIN event_start e ON e.id = d.start_id WHERE d.id = $1
FOR UPDATE OF d
""",
    Thing.STEPS: """
SELECT id, 1 AS number, '' AS element FROM instance
WHERE id = $1 AND is_unfinished AND state = 'RUNNING' FOR UPDATE
""",
    Thing.START: """
SELECT NULL::uuid AS id, 0 AS number, element FROM event_start
WHERE id = $1 AND due_at IS NOT NULL FOR UPDATE
""",
}
_MESSAGE = "SELECT * FROM message WHERE id = $1 AND delivered_at IS NULL FOR UPDATE"
_KNOWN = "SELECT to_jsonb(x) FROM incident x WHERE x.thing_id = $1 AND x.resolved_at IS NULL"


class RaiseIncident(Command[IncidentView]):
    """Keep what was refused as an incident (登记异常). Only the process gives this command.

    It is tried again by itself, after pauses that grow, and in the end left to people.
    """

    name = "processes.raise_incident"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记异常"
    title_en = "Raise an incident"
    is_for_diagrams = False

    kind: Thing
    thing_id: UUID
    code: str = Field(max_length=120)
    message: str
    message_zh: str


class IncidentRaised(Event):
    """Something was refused to a case for the first time."""

    type: ClassVar[str] = "processes.incident_raised"
    title_zh = "流程出现异常"
    title_en = "Incident raised"

    incident_id: UUID
    instance_id: UUID | None
    code: str

    def subject(self) -> str:
        return f"incident/{self.incident_id}"


def incident_of(kind: Thing, thing_id: UUID, refusal: Refusal) -> RaiseIncident:
    """The command that keeps a refusal."""
    return RaiseIncident(
        kind=kind,
        thing_id=thing_id,
        code=refusal.code,
        message=refusal.en,
        message_zh=refusal.zh,
    )


@handles(RaiseIncident)
async def raise_incident(command: RaiseIncident, context: Context) -> IncidentView:
    """Insert the incident, or count one more attempt of it; nothing where the thing is over."""
    context.require_city()
    whose = await _whose(command, context)
    if whose is None:
        raise missing("what was refused")
    known = await context.connection.fetchval(_KNOWN, command.thing_id)
    attempts = known["attempts"] + 1 if known else 1
    pause = pause_after(attempts, context.settings)
    told: dict[str, Any] = {
        "code": command.code,
        "message": command.message,
        "message_zh": command.message_zh,
        "attempts": attempts,
        "retry_at": context.now + pause if pause else None,
    }
    if known is not None:
        return view_of(context.update(Incident.read(known), **told))
    raised = context.insert(
        Incident(
            id=new_id(),
            incident=0,
            input={"kind": command.kind, "id": str(command.thing_id)},
            thing_id=command.thing_id,
            raised_at=context.now,
            **whose,
            **told,
        )
    )
    context.announce(
        IncidentRaised(incident_id=raised.id, instance_id=raised.instance_id, code=raised.code)
    )
    return view_of(raised)


async def _whose(command: RaiseIncident, context: Context) -> dict[str, Any] | None:
    """The instance, element instance and element that the thing was for."""
    connection = context.connection
    if command.kind is not Thing.MESSAGE:
        record = await connection.fetchrow(_WHOSE[command.kind], command.thing_id)
        if record is None:
            return None
        return _about(record["id"], record["number"], record["element"])
    record = await connection.fetchrow(_MESSAGE, command.thing_id)
    if record is None:
        return None
    message = message_of(record)
    waiting = await waiting_for(context, message)
    if waiting is not None:
        return _about(waiting["id"], waiting["waits_in"], waiting["waits_at"])
    start = await start_for(context, message)
    return None if start is None else _about(None, 0, start.element)


def _about(instance_id: UUID | None, number: int, element: str) -> dict[str, Any]:
    return {"instance_id": instance_id, "number": number, "element": element}
