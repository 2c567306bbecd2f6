"""A diagram tells other systems of something, at least once, and goes on at once."""

import orjson

from service.core.store.db import Database
from service.features.events.tables import DeliveryState
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.events.conftest import settled, working
from tests.features.events.receiver import Receiver
from tests.people import MAY, MAY_READ, NEVER

_TYPES = "/events?types=events.case_announced"


def _tell(id_: str, *inputs: tuple[str, str]) -> str:
    return _service(id_, "events.announce_event", *inputs)


def _service(id_: str, command: str, *inputs: tuple[str, str]) -> str:
    mapped = "".join(f'<zeebe:input source="{s}" target="{t}"/>' for s, t in inputs)
    return (
        f'<serviceTask id="{id_}"><extensionElements><zeebe:taskDefinition'
        f' type="{command}"/><zeebe:ioMapping>{mapped}</zeebe:ioMapping>'
        "</extensionElements></serviceTask>"
    )


def _file(*inputs: tuple[str, str]) -> dict[str, str]:
    return {"tell.bpmn": diagram("tell", chain(START, _tell("tell_it", *inputs), END))}


_INPUTS = (
    ("方案已批准", "event"),
    ("={amount: amount, on: date(&quot;2026-03-01&quot;), to: [&quot;财政&quot;]}", "data"),
    ("=number", "subject"),
)


async def test_a_receiver_is_told_and_the_case_has_gone_on(
    api: Api,
    settings: Settings,
    city: City,
    webhook: object,
    receiver: Receiver,
    database: Database,
):
    await in_force(settings, "tell", _file(*_INPUTS), "tell")
    body = {"variables": {"amount": 12.5, "number": "2026-1"}}
    case = await api("POST", "/processes/tell/instances", body)
    assert case.json()["state"] == "COMPLETED", case.text
    async with working(settings):
        await settled(database, DeliveryState.DELIVERED, 3)
    told = [orjson.loads(request.body) for request in receiver.received]
    (mine,) = [each for each in told if each["type"] == "events.case_announced"]
    assert mine["subject"] == "case/2026-1"
    assert mine["data"] == {
        "about": "2026-1",
        "event": "方案已批准",
        "data": {"amount": 12.5, "on": "2026-03-01", "to": ["财政"]},
    }


async def test_each_thing_of_a_list_is_announced(api: Api, settings: Settings, city: City):
    """What a loop counts by is no field of the command that is ordered in each round."""
    each = (
        "<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics"
        ' inputCollection="=numbers" inputElement="number"/></extensionElements>'
        "</multiInstanceLoopCharacteristics></serviceTask>"
    )
    told = _tell("tell_it", ("方案已批准", "event"), ("={number: number}", "data"))
    drawn = diagram("tell", chain(START, told.replace("</serviceTask>", each), END))
    await in_force(settings, "tell", {"tell.bpmn": drawn}, "tell")
    case = await api("POST", "/processes/tell/instances", {"variables": {"numbers": [3, 7]}})
    assert case.json()["state"] == "COMPLETED", case.text
    page = (await api("GET", _TYPES)).json()
    assert sorted(each["data"]["data"]["number"] for each in page["items"]) == [3, 7]


async def test_what_is_rolled_back_is_not_announced(api: Api, settings: Settings, city: City):
    """A command after it is refused, and nothing in the diagram catches that."""
    wanted = {
        "body_id": str(city.body),
        "kind": "ADMIN",
        "funding": "FULL",
        "posts": "=1",
        "purpose": "招录",
        "effective_on": "2026-12-01",
        "expires_on": "2027-06-01",
    }
    reserve = _service("reserve", "quota.reserve_posts", *((v, n) for n, v in wanted.items()))
    file = diagram("both", chain(START, _tell("tell_it", ("已预占", "event")), reserve, END))
    await in_force(settings, "both", {"both.bpmn": file}, "both")
    refused = await api("POST", "/processes/both/instances", {})
    assert (refused.status_code, refused.json()["code"]) == (422, "account_missing")
    assert (await api("GET", _TYPES)).json()["items"] == []


async def test_a_diagram_that_gives_no_event_gets_an_incident(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "tell", _file(("={a: 1}", "data")), "tell")
    case = await api("POST", "/processes/tell/instances", {})
    assert (case.json()["state"], case.json()["incidents"]) == ("RUNNING", 1)


async def test_events_about_one_thing_are_numbered_and_only_the_city_reads_them(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "tell", _file(*_INPUTS), "tell")
    for _ in range(2):
        body = {"variables": {"amount": 1, "number": "2026-1"}}
        assert (await api("POST", "/processes/tell/instances", body)).status_code == 201
    found = (await api("GET", _TYPES, who=MAY)).json()["items"]
    assert [int(each["sequence"]) for each in found] == [1, 2]
    for who in (MAY_READ, NEVER):
        assert (await api("GET", _TYPES, who=who)).status_code == 403
