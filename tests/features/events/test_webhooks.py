"""Registering and keeping webhooks over the API: who may, what is shown, what is refused."""

from typing import Any

import orjson

from service.core.store.db import Database
from service.features.events.fan_out import fan_out
from tests.conftest import Api
from tests.features.events.conftest import Announce
from tests.features.events.receiver import Receiver
from tests.people import MAY, MAY_READ, NEVER


def asked(receiver: Receiver, **other: Any) -> dict[str, Any]:
    return {"label": "人事系统", "url": receiver.url, "event_types": ["quota.*"]} | other


async def test_the_secret_is_shown_once_and_never_again(
    api: Api, receiver: Receiver, database: Database
) -> None:
    made = await api("POST", "/webhooks", asked(receiver), idempotency_key="k")
    assert made.status_code == 201
    secret = made.json()["secret"]
    assert secret.startswith("whsec_")
    path = f"/webhooks/{made.json()['id']}"
    assert "secret" not in (await api("GET", path)).json()
    assert secret not in (await api("GET", "/webhooks")).text
    for table in ("webhook", "audit", "idempotency", "outbox"):
        rows = await database.reading.fetch(f"SELECT t::text FROM {table} t")
        assert not any(secret in row[0] or secret[6:] in row[0] for row in rows), table


async def test_no_two_webhooks_share_a_label(api: Api, receiver: Receiver) -> None:
    made = await api("POST", "/webhooks", asked(receiver))
    again = await api("POST", "/webhooks", asked(receiver))
    assert (again.status_code, again.json()["code"]) == (409, "webhook_label_taken")
    removed = await api("POST", f"/webhooks/{made.json()['id']}/remove")
    assert removed.json()["state"] == "REMOVED"
    assert (await api("POST", "/webhooks", asked(receiver))).status_code == 201


async def test_a_target_or_type_that_cannot_be_is_refused(api: Api, receiver: Receiver) -> None:
    elsewhere = await api("POST", "/webhooks", asked(receiver, url="https://evil.test/"))
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "webhook_target_forbidden")
    slip = await api("POST", "/webhooks", asked(receiver, event_types=["quota.posts_reservd"]))
    assert (slip.status_code, slip.json()["code"]) == (422, "event_type_unknown")
    assert slip.json()["facts"] == {"unknown": ["quota.posts_reservd"]}
    assert (await api("GET", "/webhooks/count")).json() == {"count": 0}


async def test_a_change_names_the_version_it_was_decided_on(api: Api, receiver: Receiver) -> None:
    made = await api("POST", "/webhooks", asked(receiver))
    path, version = f"/webhooks/{made.json()['id']}", made.headers["etag"]
    assert (await api("PATCH", path, {"state": "PAUSED"})).status_code == 428
    paused = await api("PATCH", path, {"state": "PAUSED"}, if_match=version)
    assert (paused.status_code, paused.json()["state"]) == (200, "PAUSED")
    assert paused.json()["event_types"] == ["quota.*"]
    late = await api("PATCH", path, {"state": "ACTIVE"}, if_match=version)
    assert late.status_code == 412
    assert (await api("GET", "/webhooks?state=PAUSED")).json()["items"][0]["state"] == "PAUSED"
    assert (await api("GET", path)).headers["etag"] == paused.headers["etag"]
    assert (await api("PATCH", path, {"state": "REMOVED"}, if_match='"2"')).status_code == 422


async def test_what_was_removed_looks_as_if_it_had_never_been(api: Api, receiver: Receiver) -> None:
    made = await api("POST", "/webhooks", asked(receiver))
    path = f"/webhooks/{made.json()['id']}"
    await api("POST", f"{path}/remove")
    assert (await api("GET", path)).status_code == 404
    assert (await api("POST", f"{path}/remove")).status_code == 404
    assert (await api("POST", f"{path}/rotate-secret")).status_code == 404
    assert (await api("GET", "/webhooks")).json()["items"] == []


async def test_deliveries_are_listed_page_by_page_and_by_state(
    api: Api, database: Database, webhook: Any, announce: Announce
) -> None:
    await announce(1, 2, 3, 4, 5)
    await fan_out(database)
    await database.writing.execute("UPDATE delivery SET state = 'DEAD' WHERE number = 2")
    seen, cursor = [], ""
    while cursor is not None:
        page = (await api("GET", f"/deliveries?limit=2{cursor and f'&cursor={cursor}'}")).json()
        seen += [item["event_id"] for item in page["items"]]
        cursor = page["next"]
    assert len(set(seen)) == len(seen) == 5
    assert seen == sorted(seen, reverse=True)
    dead = (await api("GET", "/deliveries?state=DEAD")).json()["items"]
    assert [item["type"] for item in dead] == ["quota.posts_reserved"]
    assert (await api("GET", "/deliveries/count?state=WAITING")).json() == {"count": 4}
    one = (await api("GET", f"/deliveries?event_id={seen[0]}&webhook_id={webhook['id']}")).json()
    assert [item["event_id"] for item in one["items"]] == [seen[0]]


async def test_only_those_who_look_after_connections_may(
    api: Api, receiver: Receiver, webhook: Any, announce: Announce, database: Database
) -> None:
    await announce(1)
    await fan_out(database)
    event_id = await database.reading.fetchval("SELECT event_id FROM delivery")
    await database.writing.execute("UPDATE delivery SET state = 'DEAD'")
    one = f"/webhooks/{webhook['id']}"
    requests: list[tuple[str, str, Any, int]] = [
        ("GET", "/webhooks", None, 200),
        ("GET", "/webhooks/count", None, 200),
        ("GET", one, None, 200),
        ("GET", "/deliveries", None, 200),
        ("GET", "/deliveries/count", None, 200),
        ("POST", "/webhooks", asked(receiver, label="财政系统"), 201),
        ("PATCH", one, {"label": "人社系统"}, 200),
        ("POST", f"{one}/rotate-secret", None, 200),
        ("POST", f"{one}/deliveries/{event_id}/resend", None, 200),
        ("POST", f"{one}/remove", None, 200),
    ]
    for method, path, body, allowed in requests:
        headers = {"if_match": '"1"'} if method == "PATCH" else {}
        for who, expected in ((NEVER, 403), (MAY_READ, 403), (None, 401), (MAY, allowed)):
            got = await api(method, path, body, who=who, **headers)
            assert got.status_code == expected, (method, path, who, orjson.loads(got.content))
