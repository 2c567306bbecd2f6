"""Listing incidents: open ones first of all, by case and code, a page at a time."""

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import started
from tests.people import MAY

_FAULT = (
    '<scriptTask id="halve"><extensionElements><zeebe:script expression="=posts / 2" '
    'resultVariable="half"/></extensionElements></scriptTask>'
)
_FILES = {"f.bpmn": diagram("faulty", chain(START, _FAULT, END))}


async def test_incidents_are_found_by_case_code_and_whether_they_are_open(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "f", _FILES, "faulty")
    await give_duty(settings, MAY, "office_deputy")
    cases = [(await started(api, "faulty", city, posts="many"))["id"] for _ in range(3)]
    page = (await api("GET", "/incidents?limit=2")).json()
    assert [each["instance_id"] for each in page["items"]] == cases[:0:-1]
    rest = (await api("GET", f"/incidents?limit=2&cursor={page['next']}")).json()
    assert ([each["instance_id"] for each in rest["items"]], rest["next"]) == (cases[:1], None)
    await api("POST", f"/incidents/{rest['items'][0]['id']}/retry")
    counts = [
        (await api("GET", f"/incidents/count?{filters}")).json()["count"]
        for filters in (
            "",
            "is_open=false",
            f"instance_id={cases[0]}",
            "code=expression",
            "code=timer",
        )
    ]
    assert counts == [3, 1, 1, 3, 0]
