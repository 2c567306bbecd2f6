"""Starting a case: who may, on which release, and what is written."""

from typing import Any

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import rows, started
from tests.people import MAY, MAY_READ, NEVER

_ONE = {"one.bpmn": diagram("one", chain(START, user_task("look", name="看"), END), name="一步")}


async def test_a_case_waits_at_its_first_task(api: Api, settings: Settings, city: City):
    await in_force(settings, "one", _ONE, "one")
    answer = await api(
        "POST",
        "/processes/one/instances",
        {"title": "试办", "business_key": "青编〔2026〕1号", "body_id": str(city.body)},
        who=MAY,
    )
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["state"], told["process_name"], told["release_number"]) == ("RUNNING", "一步", 1)


async def test_only_the_duty_of_its_start_starts_it(api: Api, settings: Settings, city: City):
    await in_force(settings, "one", _ONE, "one")
    body = {"body_id": str(city.body)}
    for who, status in ((MAY, 201), (MAY_READ, 403), (NEVER, 403)):
        answer = await api("POST", "/processes/one/instances", body, who=who)
        assert answer.status_code == status, answer.text


async def test_what_nobody_released_cannot_be_started(api: Api, city: City):
    answer = await api("POST", "/processes/one/instances", {})
    assert (answer.status_code, answer.json()["code"]) == (404, "process_missing")


def _tagged(process: str, tag: str, name: str) -> dict[str, str]:
    """One task, and the version tag of its process."""
    steps = chain(START, user_task("look", name=name), END)
    mark = f'<extensionElements><zeebe:versionTag value="{tag}"/></extensionElements>'
    return {f"{process}.bpmn": diagram(process, mark + steps)}


def _call(id_: str, process: str, binding: str = "") -> str:
    return (
        f'<callActivity id="{id_}"><extensionElements>'
        f'<zeebe:calledElement processId="{process}" {binding}/>'
        "</extensionElements></callActivity>"
    )


async def _open_tasks(settings: Settings) -> list[tuple[Any, ...]]:
    return await rows(settings, "SELECT name FROM task WHERE state = 'OPEN' ORDER BY id")


async def test_a_case_starts_under_the_release_that_is_asked_for(
    api: Api, settings: Settings, city: City
):
    for tag, name in (("v1", "旧"), ("v2", "新")):
        await in_force(settings, "one", _tagged("one", tag, name), "one")
    for asked in ({}, {"release_number": 1}, {"version_tag": "v1"}, {"version_tag": "v2"}):
        body = {"body_id": str(city.body)} | asked
        answer = await api("POST", "/processes/one/instances", body)
        assert answer.status_code == 201, answer.text
    assert await _open_tasks(settings) == [("新",), ("旧",), ("旧",), ("新",)]
    body = {"body_id": str(city.body), "version_tag": "v3"}
    assert (await api("POST", "/processes/one/instances", body)).status_code == 404


async def test_the_first_event_of_a_case_is_that_it_has_begun(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "one", _tagged("one", "v1", "看"), "one")
    case = await started(api, "one", city)
    told = await rows(
        settings,
        "SELECT type FROM outbox WHERE subject = $1 ORDER BY number",
        f"instance/{case['id']}",
    )
    assert told == [("processes.instance_started",), ("tasks.task_opened",)]


async def test_a_running_case_keeps_what_was_in_force_when_it_began(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "inner", _tagged("inner", "v1", "旧"), "inner")
    steps = chain(START, user_task("first"), _call("call", "inner"), END)
    await in_force(settings, "outer", {"outer.bpmn": diagram("outer", steps)}, "outer")
    await started(api, "outer", city)
    await in_force(settings, "inner", _tagged("inner", "v2", "新"), "inner")
    ((task, version),) = await rows(settings, "SELECT id, version FROM task")
    await api("POST", f"/tasks/{task}/complete", {}, if_match=f'"{version}"')
    assert await _open_tasks(settings) == [("旧",)]


async def test_a_call_bound_to_a_tag_runs_the_release_with_this_tag(
    api: Api, settings: Settings, city: City
):
    for tag, name in (("v1", "旧"), ("v2", "新")):
        await in_force(settings, "inner", _tagged("inner", tag, name), "inner")
    steps = chain(START, _call("call", "inner", 'bindingType="versionTag" versionTag="v1"'), END)
    await in_force(settings, "outer", {"outer.bpmn": diagram("outer", steps)}, "outer")
    await started(api, "outer", city)
    assert await _open_tasks(settings) == [("旧",)]


async def test_two_releases_of_one_flow_are_not_called_together(
    api: Api, settings: Settings, city: City
):
    for tag in ("v1", "v2"):
        await in_force(settings, "inner", _tagged("inner", tag, tag), "inner")
    old = _call("old", "inner", 'bindingType="versionTag" versionTag="v1"')
    steps = chain(START, old, _call("new", "inner"), END)
    await in_force(settings, "outer", {"outer.bpmn": diagram("outer", steps)}, "outer")
    answer = await api("POST", "/processes/outer/instances", {"body_id": str(city.body)})
    assert (answer.status_code, answer.json()["code"]) == (422, "bindings_conflict")


async def test_what_is_bound_to_its_own_deployment_must_be_in_it(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "inner", _tagged("inner", "v1", "看"), "inner")
    steps = chain(START, _call("call", "inner", 'bindingType="deployment"'), END)
    outer = diagram("outer", steps)
    await in_force(settings, "outer", {"outer.bpmn": outer}, "outer")
    answer = await api("POST", "/processes/outer/instances", {"body_id": str(city.body)})
    assert (answer.status_code, answer.json()["code"]) == (404, "process_missing")


async def test_a_called_process_that_ends_in_the_move_that_began_it_has_ended(
    api: Api, settings: Settings, city: City
):
    files = {
        "inner.bpmn": diagram("inner", chain(START, END)),
        "outer.bpmn": diagram(
            "outer", chain(START, _call("call", "inner"), user_task("look"), END)
        ),
    }
    await in_force(settings, "matters", files, "inner", "outer")
    await started(api, "outer", city)
    called = await rows(
        settings, "SELECT state, ended_at IS NOT NULL FROM instance WHERE number > 1"
    )
    assert called == [("COMPLETED", True)]
