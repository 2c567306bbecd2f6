"""A case shows where it stands, who has it and what it knows: to whoever may see it."""

from uuid import uuid4

import asyncpg

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.work import begun, looked, work_in_force
from tests.people import MAY, MAY_READ, NEVER


async def test_all_that_is_open_is_shown(api: Api, settings: Settings, city: City):
    await work_in_force(settings)
    case = await begun(api, city, business_key="青编〔2026〕1号")
    told = await looked(api, case, number="2026-1", amount=12.5)
    assert (told["state"], told["process_name"], told["version"]) == ("RUNNING", "办理", 3)
    open_ = {each["element"]: each for each in told["elements"]}
    assert open_.keys() == {"work", "pay", "reply", "ask", "inner", "answer", "sign"}
    assert open_["sign"]["phase"] == "task"
    assert (open_["sign"]["name"], open_["sign"]["process"]) == ("签", "work")
    assert open_["answer"]["scope"] == open_["inner"]["number"]
    assert open_["sign"]["since"].startswith("2026-11-24T")
    assert sorted((each["element"], each["groups"]) for each in told["tasks"]) == [
        ("answer", [f"office_case_officer@{city.body}"]),
        ("sign", [f"office_case_officer@{city.body}"]),
    ]
    assert [each["element"] for each in told["timers"]] == ["late"]
    assert told["timers"][0]["due_at"].startswith("2026-11-27T")
    (awaited,) = told["subscriptions"]
    assert (awaited["kind"], awaited["name"], awaited["correlation_key"]) == (
        "message",
        "Reply",
        "2026-1",
    )
    assert [(each["element"], each["type"]) for each in told["jobs"]] == [("pay", "payroll.update")]
    assert [each["process"] for each in told["called"]] == ["inner"]
    outermost = next(each for each in told["variables"] if each["element"] == "work")
    assert outermost["variables"].items() >= {"number": "2026-1", "amount": 12.5}.items()


async def test_a_called_process_shows_its_own_part(api: Api, settings: Settings, city: City):
    await work_in_force(settings)
    case = await begun(api, city)
    told = await looked(api, case, number="1")
    inner = (await api("GET", f"/instances/{told['called'][0]['id']}")).json()
    assert (inner["process"], inner["root_id"], inner["version"]) == ("inner", case, 3)
    assert [each["element"] for each in inner["elements"]] == ["inner", "answer"]
    assert [each["element"] for each in inner["tasks"]] == ["answer"]
    assert (inner["timers"], inner["jobs"], inner["called"]) == ([], [], [])


async def test_an_ended_case_keeps_its_last_variables(api: Api, settings: Settings, city: City):
    file = diagram("short", chain(START, user_task("look"), END))
    await in_force(settings, "short", {"short.bpmn": file}, "short")
    body = {"body_id": str(city.body), "variables": {"n": 1, "kept": "a"}}
    case = (await api("POST", "/processes/short/instances", body)).json()["id"]
    told = await looked(api, case, n=2)
    assert (told["state"], told["elements"]) == ("COMPLETED", [])
    (outermost,) = told["variables"]
    assert outermost["variables"].items() >= {"kept": "a", "n": 2}.items()


async def test_its_etag_is_its_version_and_who_takes_a_task_is_seen_without_a_new_one(
    api: Api, settings: Settings, city: City
):
    await work_in_force(settings)
    case = await begun(api, city)
    seen = await api("GET", f"/instances/{case}")
    assert seen.headers["etag"] == '"2"'
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute("UPDATE task SET assignee_name = 'x' WHERE instance_id = $1", case)
    await connection.close()
    again = await api("GET", f"/instances/{case}", if_none_match='"2"')
    assert again.status_code == 200
    assert again.json()["tasks"][0]["assignee_name"] == "x"


async def test_a_case_out_of_reach_looks_like_none(api: Api, settings: Settings, city: City):
    await work_in_force(settings)
    ours, citys = await begun(api, city), await begun(api, city, about=None)
    missing = str(uuid4())
    for part in ("", "/history", "/diagram"):
        for case, who, status in (
            (ours, MAY, 200),
            (ours, MAY_READ, 200),
            (ours, NEVER, 404),
            (citys, MAY, 200),
            (citys, MAY_READ, 404),
            (citys, NEVER, 404),
        ):
            answer = await api("GET", f"/instances/{case}{part}", who=who)
            assert answer.status_code == status, (part, case == ours, who, answer.text)
            if status == 404:
                nothing = await api("GET", f"/instances/{missing}{part}", who=who)
                same = {**answer.json(), "instance": 0} == {**nothing.json(), "instance": 0}
                assert same


async def test_whoever_draws_flows_sees_them_over_the_whole_city_only(
    api: Api, settings: Settings, city: City
):
    await work_in_force(settings)
    case = await begun(api, city)
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(
        """UPDATE assignment SET duty = 'process_author', reach = 'BODY', body_id = $1
           WHERE actor_id = (SELECT id FROM actor WHERE subject = $2)""",
        city.body,
        NEVER,
    )
    await connection.close()
    assert (await api("GET", f"/instances/{case}", who=NEVER)).status_code == 404
    assert (await api("GET", "/instances", who=NEVER)).json()["items"] == []
    await give_duty(settings, NEVER, "process_author")
    assert (await api("GET", f"/instances/{case}", who=NEVER)).status_code == 200
