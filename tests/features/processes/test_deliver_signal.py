"""Delivering signals: each case once, in a transaction of its own."""

import asyncio

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.processes.broadcast_signal import BroadcastSignal
from service.features.processes.cancel_instance import CancelInstance
from service.features.processes.deliver_signal import DeliverSignal
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do
from tests.diagrams import chain, diagram, in_force
from tests.features.processes.cases import SIGNAL, hears, rows, started, worked
from tests.people import MAY

_START, _END = '<startEvent id="start"/>', '<endEvent id="end"/>'
_TWICE = chain(_START, hears("first"), hears("second"), _END)
_FILES = {"hear.bpmn": diagram("hearing", _TWICE, SIGNAL)}


async def test_one_signal_wakes_a_case_once_whoever_looks(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "hear", _FILES, "hearing")
    await started(api, "hearing", city)
    await do(BroadcastSignal(signal="published"))
    ((delivery,),) = await rows(settings, "SELECT id FROM signal_delivery")
    executor = Executor(database)
    give = [
        executor.execute(DeliverSignal(delivery_id=delivery), Caller(is_process=True))
        for _ in range(4)
    ]
    assert sorted([answer.status for answer in await asyncio.gather(*give)]) == [200, 404, 404, 404]
    assert await rows(settings, "SELECT element FROM subscription") == [("second",)]


async def test_who_no_longer_waits_gets_nothing(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "hear", _FILES, "hearing")
    await give_duty(settings, MAY, "office_director")
    case = await started(api, "hearing", city)
    await do(BroadcastSignal(signal="published"))
    await do(CancelInstance(instance_id=case["id"], reason="撤回"), if_match="2")
    assert await worked(database) == 1
    assert await rows(settings, "SELECT count(*) FROM incident") == [(0,)]
    assert await rows(settings, "SELECT count(*) FROM signal_delivery") == [(0,)]
