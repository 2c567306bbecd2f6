"""Delivering: order, repetition, giving up, and what a worker that dies leaves behind."""

import asyncio
import base64
import hashlib
import hmac
import os
import sys
import time
from typing import Any

import asyncpg
import pytest

from service.core.command import Executor
from service.core.store.db import Database, connect
from service.core.store.embedded import EmbeddedPostgres
from service.features.events.change_webhook import ChangeWebhook
from service.features.events.fan_out import fan_out, wake_all
from service.features.events.register_webhook import RegisterWebhook
from service.features.events.remove_webhook import RemoveWebhook
from service.features.events.resend_delivery import ResendDelivery
from service.features.events.rotate_webhook_secret import RotateWebhookSecret
from service.features.events.tables import DeliveryState, WebhookState
from service.settings import Settings
from tests.builders import City
from tests.conftest import Do, told
from tests.features.events.conftest import Announce, settled, working
from tests.features.events.receiver import Received, Receiver, answering, open_receiver
from tests.people import CALLERS, MAY


def verified(request: Received, secret: str) -> bool:
    """What a receiver does, written from the specification alone."""
    key = base64.b64decode(secret.split("_", 1)[1])
    content = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode()
    expected = base64.b64encode(hmac.new(key, content + request.body, hashlib.sha256).digest())
    given = [part.split(",")[1] for part in request.headers["webhook-signature"].split(" ")]
    return expected.decode() in given


async def delivery_of(database: Database) -> Any:
    return await database.reading.fetchrow("SELECT * FROM delivery")


async def test_a_delivery_is_a_signed_cloud_event(
    settings: Settings, city: City, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    await announce(7)
    async with working(settings):
        (request,) = await receiver.wait_for(1)
    assert verified(request, webhook["secret"])
    assert abs(int(request.headers["webhook-timestamp"]) - time.time()) < 5
    assert request.headers["content-type"] == "application/cloudevents+json"
    event = request.event
    assert event["id"] == request.message_id
    assert {name: event[name] for name in ("specversion", "source", "type", "subject")} == {
        "specversion": "1.0",
        "source": settings.event_source,
        "type": "quota.posts_reserved",
        "subject": f"body/{city.body}",
    }
    assert event["sequence"] == "1".zfill(19)
    assert event["data"]["posts"] == 7


async def test_events_of_one_subject_arrive_in_order_though_the_first_attempts_fail(
    settings: Settings, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    receiver.behaviour = answering(503, 500)
    await announce(1, 2, 3)
    await announce(4)
    async with working(settings):
        await receiver.wait_for(6)
    assert receiver.told == [1, 1, 1, 2, 3, 4]
    assert len({request.message_id for request in receiver.received[:3]}) == 1


async def test_pauses_between_attempts_grow(
    settings: Settings, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    receiver.behaviour = answering(500, 500)
    await announce(1)
    async with working(settings):
        first, second, third = await receiver.wait_for(3)
    assert second.at - first.at >= 0.15
    assert third.at - second.at >= 0.6


async def test_a_subject_that_fails_does_not_hold_back_another_one(
    settings: Settings, city: City, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    async def refuse_one_body(request: Received) -> int:
        return 500 if request.event["data"]["posts"] < 10 else 200

    receiver.behaviour = refuse_one_body
    await announce(1, 2)
    await announce(10, 11, about=city.other_body)
    async with working(settings):
        await receiver.wait_for(3)
    assert sorted(receiver.told) == [1, 10, 11]


async def test_a_slow_receiver_does_not_hold_back_another_one(
    settings: Settings, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    async def slow(request: Received) -> int:
        await asyncio.sleep(0.3)
        return 200

    receiver.behaviour = slow
    async with open_receiver() as quick:
        both = settings.model_copy(
            update={
                "webhook_allowed_hosts": (receiver.host, quick.host),
                "webhook_private_hosts": (receiver.host, quick.host),
            }
        )
        async with working(both):
            await announce(*range(10))
            await receiver.wait_for(1)
            registered = RegisterWebhook(label="财政系统", url=quick.url, event_types=["*"])
            database = await connect(both)
            await Executor(database).execute(registered, CALLERS[MAY])
            await announce(*range(10, 20))
            await quick.wait_for(10, timeout_s=1.5)
            await database.close()
    assert quick.told == list(range(10, 20))
    assert len(receiver.received) < 10


async def test_after_the_last_attempt_it_is_dead_and_the_next_event_goes_on(
    settings: Settings, database: Database, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    receiver.behaviour = answering(500, 302, 500)
    await announce(1, 2)
    async with working(settings):
        await settled(database, DeliveryState.DELIVERED, 1)
    assert receiver.told == [1, 1, 1, 2]
    (dead,) = await database.reading.fetch("SELECT * FROM delivery WHERE state = 'DEAD'")
    assert (dead["attempts"], dead["last_status"], dead["last_error"]) == (3, 500, "STATUS")


async def test_gone_ends_it_at_once(
    settings: Settings, database: Database, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    receiver.behaviour = answering(410)
    await announce(1)
    async with working(settings):
        await settled(database, DeliveryState.DEAD, 1)
    assert receiver.told == [1]


async def test_a_receiver_may_ask_for_a_longer_pause(
    settings: Settings, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    async def busy_once(request: Received) -> int | bytes:
        if len(receiver.received) == 1:
            return b"HTTP/1.1 429 .\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n"
        return 200

    receiver.behaviour = busy_once
    await announce(1)
    async with working(settings):
        first, second = await receiver.wait_for(2)
    assert second.at - first.at >= 1


async def test_a_dead_letter_can_be_sent_again_under_the_same_id(
    settings: Settings,
    database: Database,
    do: Do,
    webhook: Any,
    receiver: Receiver,
    announce: Announce,
) -> None:
    receiver.behaviour = answering(500, 500, 500)
    await announce(1)
    async with working(settings):
        await settled(database, DeliveryState.DEAD, 1)
        event_id = (await delivery_of(database))["event_id"]
        again = ResendDelivery(webhook_id=webhook["id"], event_id=event_id)
        assert (await do(again)).status == 200
        await settled(database, DeliveryState.DELIVERED, 1)
        assert (await do(again)).status == 200  # what arrived may be asked for once more
        await receiver.wait_for(5)
    assert {request.message_id for request in receiver.received} == {str(event_id)}


async def test_what_still_waits_cannot_be_sent_again(
    do: Do, database: Database, webhook: Any, announce: Announce
) -> None:
    await announce(1)
    await fan_out(database)
    event_id = (await delivery_of(database))["event_id"]
    refused = await do(ResendDelivery(webhook_id=webhook["id"], event_id=event_id))
    assert (refused.status, told(refused)["code"]) == (409, "delivery_still_waits")


async def test_two_workers_send_each_event_once_and_in_order(
    settings: Settings, city: City, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    async with working(settings, workers=2):
        for number in range(0, 60, 3):
            await announce(number, number + 1, number + 2)
            await announce(1000 + number, about=city.other_body)
        await receiver.wait_for(80)
        await asyncio.sleep(0.2)
    assert [told for told in receiver.told if told < 1000] == list(range(60))
    assert [told for told in receiver.told if told >= 1000] == list(range(1000, 1060, 3))


async def test_a_worker_killed_before_it_marked_leaves_the_delivery_to_be_sent_again(
    settings: Settings, database: Database, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    taken = asyncio.Event()

    async def take_but_do_not_answer(request: Received) -> int:
        taken.set()
        await asyncio.sleep(0.3)
        return 200

    receiver.behaviour = take_but_do_not_answer
    await announce(1)
    environment = {
        f"DINGBIAN_{name.upper()}": ",".join(value) if isinstance(value, tuple) else str(value)
        for name, value in settings.model_dump(include={"data_dir", "worker_poll_s"}).items()
    } | {
        "DATABASE_URL": str(settings.database_url),
        "DINGBIAN_WEBHOOK_ALLOWED_HOSTS": f'["{receiver.host}"]',
        "DINGBIAN_WEBHOOK_PRIVATE_HOSTS": f'["{receiver.host}"]',
        "DINGBIAN_WEBHOOK_LEASE_S": "1",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "service.cli", "worker", env=os.environ | environment
    )
    try:
        async with asyncio.timeout(20):
            await taken.wait()
    finally:
        process.kill()
        await process.wait()
    assert (await delivery_of(database))["state"] == DeliveryState.WAITING

    async with working(settings):
        await settled(database, DeliveryState.DELIVERED, 1)
    first, second = receiver.received
    assert first.message_id == second.message_id
    assert first.body == second.body


async def test_a_worker_survives_the_loss_of_its_database_connections(
    settings: Settings,
    server: EmbeddedPostgres,
    webhook: Any,
    receiver: Receiver,
    announce: Announce,
) -> None:
    async with working(settings):
        await announce(1)
        await receiver.wait_for(1)
        admin = await asyncpg.connect(server.url("postgres", "postgres"))
        for _ in range(3):
            await admin.execute(
                """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE application_name = 'dingbian' AND state = 'idle'"""
            )
            await asyncio.sleep(0.05)
        await admin.close()
        await announce(2)
        await receiver.wait_for(2)
    assert receiver.told == [1, 2]


async def test_a_lane_that_nobody_woke_is_woken_by_the_upkeep(
    settings: Settings, database: Database, webhook: Any, receiver: Receiver, announce: Announce
) -> None:
    await announce(1, 2)
    await fan_out(database)
    await database.writing.execute("UPDATE delivery SET next_at = NULL")
    await wake_all(database)
    due = await database.reading.fetch("SELECT number FROM delivery WHERE next_at IS NOT NULL")
    assert [row["number"] for row in due] == [1]


async def test_a_paused_webhook_gets_its_events_in_order_once_it_goes_on(
    settings: Settings,
    database: Database,
    do: Do,
    webhook: Any,
    receiver: Receiver,
    announce: Announce,
) -> None:
    pause = ChangeWebhook(webhook_id=webhook["id"], state=WebhookState.PAUSED)
    assert (await do(pause, if_match="1")).status == 200
    await announce(1, 2)
    async with working(settings):
        await settled(database, DeliveryState.WAITING, 2)
        await asyncio.sleep(0.15)
        assert receiver.received == []
        await do(ChangeWebhook(webhook_id=webhook["id"], state=WebhookState.ACTIVE), if_match="2")
        await receiver.wait_for(2)
    assert receiver.told == [1, 2]


async def test_a_removed_webhook_gets_nothing_and_its_deliveries_are_dropped(
    settings: Settings,
    database: Database,
    do: Do,
    webhook: Any,
    receiver: Receiver,
    announce: Announce,
) -> None:
    await announce(1)
    await fan_out(database)
    assert (await do(RemoveWebhook(webhook_id=webhook["id"]))).status == 200
    await announce(2)
    async with working(settings):
        await settled(database, DeliveryState.WAITING, 0)
    assert receiver.received == []
    (secrets,) = await database.reading.fetch("SELECT secret, former_secret FROM webhook")
    assert tuple(secrets) == ("", None)


async def test_a_rotated_secret_signs_beside_the_new_one_until_the_overlap_ends(
    settings: Settings,
    database: Database,
    do: Do,
    webhook: Any,
    receiver: Receiver,
    announce: Announce,
) -> None:
    fresh = told(await do(RotateWebhookSecret(webhook_id=webhook["id"])))["secret"]
    await announce(1)
    async with working(settings):
        await receiver.wait_for(1)
        await database.writing.execute("UPDATE webhook SET former_until = clock_timestamp()")
        await announce(2)
        during, after = await receiver.wait_for(2)
    assert (verified(during, webhook["secret"]), verified(during, fresh)) == (True, True)
    assert (verified(after, webhook["secret"]), verified(after, fresh)) == (False, True)


@pytest.mark.parametrize(
    ("wanted", "is_sent"),
    [("quota.posts_reserved", True), ("quota.*", True), ("documents.*", False)],
)
async def test_only_the_chosen_types_are_sent(
    database: Database, do: Do, receiver: Receiver, announce: Announce, wanted: str, is_sent: bool
) -> None:
    await do(RegisterWebhook(label="财政系统", url=receiver.url, event_types=[wanted]))
    await announce(1)
    await fan_out(database)
    assert (await delivery_of(database) is not None) is is_sent
