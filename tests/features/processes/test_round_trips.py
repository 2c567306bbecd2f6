"""What the worker gives to a case costs the same round trips, however many cases there are."""

from uuid import UUID

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.processes.broadcast_signal import BroadcastSignal
from service.features.processes.deliver_message import DeliverMessage
from service.features.processes.deliver_signal import DeliverSignal
from service.features.processes.fire_timer import FireTimer
from service.features.processes.publish_message import PublishMessage
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, Do
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import (
    SIGNAL,
    hears,
    message,
    pass_time,
    rows,
    started,
    waits,
)
from tests.trips import counted

_PAUSE = (
    '<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT1H</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>"
)


async def _all_put_into_force(settings: Settings) -> None:
    for process, step, shared in (
        ("pausing", _PAUSE, ""),
        ("waiting", waits(), message()),
        ("hearing", hears(), SIGNAL),
    ):
        drawn = diagram(process, chain(START, step, END), shared)
        await in_force(settings, process, {f"{process}.bpmn": drawn}, process)


async def test_timers_messages_and_signals_cost_a_constant_number_of_round_trips(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await _all_put_into_force(settings)
    for number in range(4):
        for process in ("pausing", "waiting", "hearing"):
            await started(api, process, city, no=str(number))
        await do(PublishMessage(message="reply", correlation_key=str(number)))
    await do(BroadcastSignal(signal="published"))
    await pass_time(settings, hours=2)
    executor, worker = Executor(database), Caller(is_process=True)
    due: dict[str, list[UUID]] = {
        table: [id_ for (id_,) in await rows(settings, f"SELECT id FROM {table}")]
        for table in ("timer", "message WHERE kind = 'message'", "signal_delivery")
    }
    timers, messages, signals = due.values()
    trips: list[int] = []
    for give in (
        [FireTimer(timer_id=each) for each in timers],
        [DeliverMessage(message_id=each) for each in messages],
        [DeliverSignal(delivery_id=each) for each in signals],
    ):
        await executor.execute(give[0], worker)  # what it runs on is compiled
        for each in give[1:]:
            with counted() as sent:
                answer = await executor.execute(each, worker)
            assert answer.status == 200
            trips.append(len(sent))
    assert trips == [3, 3, 3, 4, 4, 4, 5, 5, 5]
