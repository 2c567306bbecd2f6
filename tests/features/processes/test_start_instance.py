"""Starting a case: who may, on which release, and what is written."""

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
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
