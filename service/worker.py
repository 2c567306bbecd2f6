"""The worker: delivers events, gives the commands that time makes due, forgets what is old.

It keeps nothing in memory that matters: whatever it was doing when it ended, another worker, or
the next one, takes up from the database. Any number of workers may run at once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

import asyncpg
import httpx
import structlog

import service.operations  # noqa: F401  # all commands are known
from service.core.command import Executor
from service.core.http.log import configure_logging
from service.core.store.db import Database, connect
from service.core.store.idempotency import forget_answers
from service.core.sweep import Sweep, sweep
from service.features.events.deliver import deliver, webhooks_due
from service.features.events.fan_out import fan_out, wake_all
from service.features.events.upkeep import forget_deliveries
from service.features.processes.continue_instance import ContinueInstance, unfinished_instances
from service.features.processes.deliver_message import DeliverMessage, due_messages
from service.features.processes.deliver_signal import DeliverSignal, due_signals
from service.features.processes.fire_start import FireStart, due_starts
from service.features.processes.fire_timer import FireTimer, due_timers
from service.features.processes.message_upkeep import forget_messages
from service.features.processes.raise_incident import Thing, incident_of
from service.features.processes.redate_deadlines import RedateDeadlines, outdated_cases
from service.features.processes.settle_incident import SettleIncident, settled_incidents
from service.features.quota.expire_reservation import ExpireReservation, due_reservations
from service.features.rectification.set_item_light import SetItemLight, due_item_lights
from service.features.tasks.remind_task import RemindTask, due_reminders
from service.features.tasks.set_light import SetLight, due_lights
from service.features.tasks.upkeep import remove_orphans
from service.settings import Settings

#: What becomes due by itself, and the command for it. A feature with deadlines adds one line:
#: `Sweep(<its function that finds ids of what is due>, <its command made from such an id>)`.
SWEEPS: tuple[Sweep, ...] = (
    Sweep(due_reservations, lambda each: ExpireReservation(reservation_id=each)),
    Sweep(due_timers, lambda each: FireTimer(timer_id=each), partial(incident_of, Thing.TIMER)),
    Sweep(due_starts, lambda each: FireStart(start_id=each), partial(incident_of, Thing.START)),
    Sweep(
        due_messages,
        lambda each: DeliverMessage(message_id=each),
        partial(incident_of, Thing.MESSAGE),
    ),
    Sweep(
        due_signals,
        lambda each: DeliverSignal(delivery_id=each),
        partial(incident_of, Thing.SIGNAL),
    ),
    Sweep(
        unfinished_instances,
        lambda each: ContinueInstance(instance_id=each),
        partial(incident_of, Thing.STEPS),
    ),
    Sweep(outdated_cases, lambda each: RedateDeadlines(instance_id=each)),
    Sweep(settled_incidents, lambda each: SettleIncident(incident_id=each)),
    Sweep(due_reminders, lambda each: RemindTask(reminder_id=each)),
    Sweep(due_lights, lambda each: SetLight(task_id=each)),
    Sweep(due_item_lights, lambda each: SetItemLight(item_id=each)),
)

_UPKEEP_S = 60.0
_ORPHANS_S = 3600.0

_log = structlog.get_logger("service.worker")


async def main(settings: Settings) -> None:
    """Work until cancelled. A database that is away is waited for."""
    configure_logging(settings.log_level)
    database = await _connected(settings)
    executor = Executor(database)
    poll_s = settings.worker_poll_s
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_repeat("events", Courier(database, group).round, poll_s))
            for each in SWEEPS:
                group.create_task(_repeat("sweep", partial(_swept, executor, each), poll_s))
            group.create_task(_repeat("upkeep", partial(_upkeep, database), _UPKEEP_S))
            group.create_task(_repeat("orphans", partial(_orphans, database), _ORPHANS_S))
    finally:
        await database.close()


class Courier:
    """Hands events out and keeps one task under way for each webhook that has something due.

    A slow receiver so holds up its own events only.
    """

    def __init__(self, database: Database, group: asyncio.TaskGroup) -> None:
        self._database = database
        self._group = group
        self._tls = httpx.create_ssl_context()
        self._under_way: dict[UUID, asyncio.Task[None]] = {}

    async def round(self) -> bool:
        """One look at the outbox and at what is due; true where the outbox may hold more."""
        handed = await fan_out(self._database)
        for webhook_id in await webhooks_due(self._database):
            if webhook_id not in self._under_way:
                task = self._group.create_task(self._deliver(webhook_id))
                self._under_way[webhook_id] = task
        return handed > 0

    async def _deliver(self, webhook_id: UUID) -> None:
        try:
            await deliver(self._database, webhook_id, self._tls)
        except Exception as fault:
            _report("deliver", fault)
        finally:
            del self._under_way[webhook_id]


async def _connected(settings: Settings) -> Database:
    while True:
        try:
            return await connect(settings)
        except (OSError, asyncpg.PostgresError) as fault:
            _report("connect", fault)
            await asyncio.sleep(settings.worker_poll_s)


async def _repeat(name: str, step: Callable[[], Awaitable[bool]], every_s: float) -> None:
    """Run a step for ever: again at once while it finds work, otherwise after `every_s` seconds.

    A fault is reported and the step repeated; it may be the database that is away.
    """
    while True:
        try:
            has_more = await step()
        except Exception as fault:
            _report(name, fault)
            has_more = False
        await asyncio.sleep(0 if has_more else every_s)


async def _swept(executor: Executor, each: Sweep) -> bool:
    return await sweep(executor, each) > 0


async def _upkeep(database: Database) -> bool:
    await wake_all(database)
    forgotten = [
        await forget_answers(database),
        await forget_deliveries(database),
        await forget_messages(database),
    ]
    return any(forgotten)


async def _orphans(database: Database) -> bool:
    await remove_orphans(database)
    return False


def _report(step: str, fault: Exception) -> None:
    _log.error("step failed", step=step, fault=type(fault).__name__, exc_info=fault)
