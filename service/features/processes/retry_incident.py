"""Retry an incident: do now what could not be done."""

from typing import Any
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.engine import port
from service.core.operation import Command, handles
from service.features.processes import rules
from service.features.processes.continue_instance import ContinueInstance
from service.features.processes.deliver_message import DeliverMessage
from service.features.processes.deliver_signal import DeliverSignal
from service.features.processes.fire_start import FireStart
from service.features.processes.fire_timer import FireTimer
from service.features.processes.incident_view import IncidentView, view_of
from service.features.processes.instance_tables import Incident
from service.features.processes.moving import locked_instance, move
from service.features.processes.raise_incident import Thing
from service.features.processes.reaching import LEADERS, reaching

_WHAT = "an incident with this id"
_WHERE = """
SELECT x.instance_id, b.lineage FROM incident x LEFT JOIN instance i ON i.id = x.instance_id
LEFT JOIN body b ON b.id = i.body_id WHERE x.id = $1
"""
_INCIDENT = "SELECT * FROM incident WHERE id = $1"


class RetryIncident(Command[IncidentView]):
    """Try again what could not be done (重试异常). Refused again, nothing changes and the refusal
    says why; a step of the diagram that fails again is a new incident."""

    name = "processes.retry_incident"
    duties = LEADERS | {Duty.SYSTEM_ADMIN}
    title_zh = "重试异常"
    title_en = "Retry an incident"
    refusals = (
        rules.NothingToRetry,
        rules.InstanceEnded,
        rules.InstanceMoved,
        rules.ProcessMissing,
        rules.CommandMisfed,
        rules.CaseRuns,
    )

    incident_id: UUID


@handles(RetryIncident)
async def retry_incident(command: RetryIncident, context: Context) -> IncidentView:
    """Lock the case, look whether the incident is still open, and give what it is about."""
    where = await context.connection.fetchrow(_WHERE, command.incident_id)
    if where is None:
        raise missing(_WHAT)
    context.allow(reaching(context.grants, list(where["lineage"] or ()), _WHAT))
    instance_id: UUID | None = where["instance_id"]
    instance = await locked_instance(context, instance_id) if instance_id else None
    incident = await _incident(command, context)
    _require_retryable(incident)
    if incident.input is not None:
        thing = Thing(incident.input["kind"])
        await context.order(_again(thing, UUID(incident.input["id"])))
    else:
        assert instance is not None, "the engine has incidents of cases only"
        await move(context, instance, port.Retry(incident.incident))
        await context.flush()
    after = await _incident(command, context)
    context.tag(after)
    return view_of(after)


def _again(thing: Thing, id_: UUID) -> Command[Any]:
    match thing:
        case Thing.TIMER:
            return FireTimer(timer_id=id_)
        case Thing.MESSAGE:
            return DeliverMessage(message_id=id_)
        case Thing.SIGNAL:
            return DeliverSignal(delivery_id=id_)
        case Thing.STEPS:
            return ContinueInstance(instance_id=id_)
        case Thing.START:
            return FireStart(start_id=id_)


async def _incident(command: RetryIncident, context: Context) -> Incident:
    record = await context.connection.fetchrow(_INCIDENT, command.incident_id)
    assert record is not None, "incidents are never deleted"
    return Incident.read(record)


def _require_retryable(incident: Incident) -> None:
    """Refuse what is dealt with, and what another attempt would not change.

    Raises:
        NothingToRetry: It is over, or a task waits for somebody who may do it.
    """
    if incident.resolved_at is not None:
        raise rules.NothingToRetry(
            f"Expected an open incident, but it was dealt with at {incident.resolved_at}.",
            "异常应当未处理，但已处理。",
        )
    if incident.input is None and not incident.incident:
        raise rules.NothingToRetry(
            "Expected something to try again, but a task waits for somebody who may do it.",
            "应当有可重试的步骤，但该任务尚待指定办理人。",
        )
