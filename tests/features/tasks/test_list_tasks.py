"""Inboxes: everybody finds what he has and what he may take, page by page, and nothing else."""

from typing import Any

import asyncpg
import orjson

from tests.builders import give_duty
from tests.conftest import Api
from tests.features.tasks.conftest import Cases, one, two
from tests.people import MAY, MAY_READ, NEVER
from tests.trips import counted

_DUE = '<zeebe:taskSchedule dueDate="=due"/>'


async def names(api: Api, path: str, who: str = MAY) -> list[str]:
    """The numbers of the cases that a list shows, page after page."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        more = f"&cursor={cursor}" if cursor else ""
        answer = await api("GET", f"{path}{'&' if '?' in path else '?'}limit=2{more}", who=who)
        assert answer.status_code == 200, answer.text
        found += [each["business_key"] for each in answer.json()["items"]]
        cursor = answer.json()["next"]
    return found


async def test_what_is_due_first_stands_in_front_and_pages_join(api: Api, cases: Cases):
    dues = [None, "2026-12-05T09:00:00Z", "2026-12-01T09:00:00Z", None, "2026-12-03T09:00:00Z"]
    await cases.begin(one(_DUE), business_key="0", variables={"due": dues[0]})
    for n, due in enumerate(dues[1:], start=1):
        await cases.start(business_key=str(n), variables={"due": due})
    assert await names(api, "/tasks") == ["2", "4", "1", "0", "3"]
    assert await names(api, "/tasks?due_before=2026-12-04T00:00:00Z") == ["2", "4"]
    assert await names(api, "/tasks?due_after=2026-12-01T09:00:00Z") == ["4", "1", "0", "3"]
    assert await names(api, "/tasks?business_key=1") == ["1"]
    assert await names(api, "/tasks?process=case") == ["2", "4", "1", "0", "3"]
    assert await names(api, "/tasks?process=other") == []
    for who in (MAY_READ, NEVER):
        assert await names(api, "/tasks", who=who) == []


async def test_a_task_that_is_found_by_two_duties_is_listed_once(api: Api, cases: Cases):
    duties = 'candidateGroups="office_case_officer, office_deputy"'
    task = f"<zeebe:assignmentDefinition {duties}/>"
    await give_duty(cases.settings, MAY, "office_deputy")
    await cases.begin(one(task, duty="-"), business_key="1")
    assert await names(api, "/tasks") == ["1"]
    assert (await api("GET", "/tasks/count")).json()["offered"] == 1


async def test_mine_and_offered_are_apart(api: Api, cases: Cases):
    case = await cases.begin(one(), business_key="mine")
    await cases.start(business_key="offered")
    await cases.claim(await cases.task(case))
    for box, expected in (
        ("mine", {"mine"}),
        ("offered", {"offered"}),
        ("both", {"mine", "offered"}),
    ):
        assert set(await names(api, f"/tasks?box={box}")) == expected


async def test_a_duty_over_a_body_finds_what_is_about_that_body_alone(api: Api, cases: Cases):
    unit = {"duty": "applicant_officer"}
    await cases.begin(one(**unit), business_key="ours")
    await cases.start(business_key="theirs", body=cases.city.other_body)
    assert await names(api, "/tasks", who=MAY_READ) == ["ours"]
    assert await names(api, "/tasks", who=NEVER) == ["theirs"]
    assert await names(api, "/tasks", who=MAY) == []


async def test_what_was_done_is_listed_newest_first(api: Api, cases: Cases):
    case = await cases.begin(two(), business_key="1")
    await cases.complete(await cases.task(case))
    other = await cases.start(business_key="2")
    await cases.complete(await cases.task(other))
    await cases.complete(await cases.task(other))
    assert await names(api, "/tasks/done") == ["2", "2", "1"]
    assert await names(api, "/tasks/done", who=MAY_READ) == []


async def test_the_numbers_of_the_front_page(api: Api, cases: Cases):
    await cases.begin(one(_DUE), variables={"due": "2026-11-24T00:00:00Z"})
    for due in ("2026-11-27T15:00:00Z", "2026-11-30T01:00:00Z", None):
        await cases.start(variables={"due": due})
    await cases.claim((await cases.tasks(await cases.start(variables={"due": None})))[0]["id"])
    done = await cases.start(variables={"due": None})
    await cases.complete(await cases.task(done))
    counts = {"mine": 1, "offered": 4, "done": 1, "due_soon": 1, "overdue": 1}
    assert (await api("GET", "/tasks/count")).json() == counts
    wider = (await api("GET", "/tasks/count?working_days=4")).json()
    assert wider["due_soon"] == 2
    for who in (MAY_READ, NEVER):
        answer = await api("GET", "/tasks/count", who=who)
        assert set(answer.json().values()) == {0}


async def test_a_page_costs_what_the_page_costs(api: Api, cases: Cases):
    """Among many thousands of open tasks a page reads some rows of each reader, no more."""
    task = await cases.task(await cases.begin(one()))
    connection = await asyncpg.connect(cases.settings.migration_database_url)
    await connection.execute(
        """INSERT INTO inbox (reader, task_id, instance_id, number, process, due_at)
           SELECT 'office_case_officer*', gen_random_uuid(), instance_id, n, process,
                  now() + n * interval '1 minute'
           FROM task, generate_series(1000, 60000) n WHERE id = $1""",
        task,
    )
    await connection.execute("ANALYZE inbox")
    with counted() as sent:
        assert (await api("GET", "/tasks?limit=5")).status_code == 200
    (statement,) = [each for each in sent if "FROM inbox" in each]
    readers = ["person:x", "user:x", "office_case_officer*"]
    nobody = "00000000-0000-0000-0000-000000000000"
    explained = await connection.fetchval(
        f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", readers, "-infinity", nobody, None, 6
    )
    await connection.close()
    assert most_rows(orjson.loads(explained)[0]["Plan"]) <= 20


def most_rows(plan: dict[str, Any]) -> int:
    """The most rows that any part of a plan has read of the inbox."""
    own = int(plan["Actual Rows"] * plan["Actual Loops"])
    own += int(plan.get("Rows Removed by Filter", 0))
    mine = own if plan.get("Relation Name") == "inbox" else 0
    return max([mine, *(most_rows(each) for each in plan.get("Plans", ()))])
