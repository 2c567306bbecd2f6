"""The audit over the API: everything is there, for one reader only."""

from tests.conftest import Api
from tests.features.access.conftest import Register
from tests.people import MAY, MAY_READ, NEVER


async def test_the_audit_tells_who_did_what_and_what_was_refused(
    api: Api, register: Register
) -> None:
    clerk = await register("clerk", "office_intake")
    await api("POST", "/actors", {"subject": "x", "actor_name": "x"}, who=NEVER)
    entries = (await api("GET", "/audit", who=MAY_READ)).json()["items"]
    assert [(each["actor_name"], each["command"], each["outcome"]) for each in entries] == [
        (NEVER, "access.register_actor", "not_allowed"),
        (MAY, "access.assign_duty", "done"),
        (MAY, "access.register_actor", "done"),
    ]
    assert entries[1]["duty"] == "security_admin"
    assert entries[1]["changes"][0]["new"]["actor_id"] == clerk["id"]
    assert entries[0]["changes"] == []


async def test_the_audit_is_filtered_and_read_page_by_page(api: Api, register: Register) -> None:
    for number in range(5):
        await register(f"clerk-{number}")
    seen, cursor = [], ""
    while cursor is not None:
        path = f"/audit?limit=2&command=access.register_actor{cursor and f'&cursor={cursor}'}"
        page = (await api("GET", path, who=MAY_READ)).json()
        seen += [item["asked"]["subject"] for item in page["items"]]
        cursor = page["next"]
    assert seen == [f"clerk-{number}" for number in (4, 3, 2, 1, 0)]
    for path, count in (
        ("/audit/count?outcome=done", 5),
        ("/audit/count?outcome=not_allowed", 0),
        ("/audit/count?since=2000-01-01T00:00:00Z", 5),
        ("/audit/count?until=2000-01-01T00:00:00Z", 0),
    ):
        assert (await api("GET", path, who=MAY_READ)).json() == {"count": count}, path


async def test_only_the_audit_administrator_reads_the_audit(api: Api) -> None:
    assert (await api("GET", "/audit", who=MAY)).status_code == 403
    assert (await api("GET", "/audit", who=NEVER)).status_code == 403
    assert (await api("GET", "/audit", who=None)).status_code == 401
