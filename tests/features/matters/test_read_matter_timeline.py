"""The timeline of a matter: steps, papers, changes and stops in one order, page by page."""

from service.features.matters.keep_record import KeepRecord
from tests.conftest import Api
from tests.features.matters.conftest import Order
from tests.features.matters.test_start_matter import (
    test_the_diagram_files_and_closes_it as goes_to_its_end,
)
from tests.people import MAY_READ, NEVER


async def test_everything_that_happened_is_told_in_order(
    api: Api, matter: str, order: Order
) -> None:
    kept = await order(KeepRecord(matter_id=matter, kind="VIEW", content={"view": "GO"}))
    assert kept.status == 200
    await goes_to_its_end(api, matter)
    told = (await api("GET", f"/matters/{matter}/timeline")).json()["items"]
    assert [(each["kind"], each["what"], each["by_name"]) for each in told] == [
        ("STARTED", "关于增加编制的请示", None),
        ("RECORD", "VIEW", "process"),
        ("TASK", "write_request", "member"),
        ("TASK", "work", "officer"),
        ("CLOSED", "E9", None),
    ]
    paged, cursor = [], ""
    while True:
        page = (await api("GET", f"/matters/{matter}/timeline?limit=2{cursor}")).json()
        paged += page["items"]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert paged == told


async def test_it_is_read_by_those_who_see_the_matter(api: Api, matter: str) -> None:
    for who, status in ((MAY_READ, 200), (NEVER, 404)):
        assert (await api("GET", f"/matters/{matter}/timeline", who=who)).status_code == status


async def test_a_matter_says_who_has_it_what_may_come_next_and_what_led_there(
    api: Api, matter: str
) -> None:
    (task,) = (await api("GET", f"/matters/{matter}", who=MAY_READ)).json()["tasks"]
    assert (task["duties"], task["assignee_name"]) == (["applicant_officer"], None)
    assert [(each["name"], each["kind"]) for each in task["next"]] == [("work", "task")]
    path = f"/tasks/{task['task_id']}"
    claimed = await api("POST", f"{path}/claim", who=MAY_READ, if_match='"1"')
    tag = claimed.headers["etag"]
    await api("POST", f"{path}/complete", {"variables": {}}, who=MAY_READ, if_match=tag)
    seen = (await api("GET", f"/matters/{matter}")).json()
    assert seen["last_step"]["name"] == "write_request"
    assert [each["name"] for each in seen["tasks"]] == ["work"]
    assert [each["kind"] for each in seen["tasks"][0]["next"]] == ["end"]
