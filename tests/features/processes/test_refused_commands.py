"""A refusal of a command goes where the diagram catches its code, else to whoever led there."""

import pytest

from service.core.ids import new_id
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import rows


def _drawn(code: str) -> str:
    """A command that is refused with `not_found`, and an event that catches some code."""
    issue = (
        '<serviceTask id="issue"><extensionElements>'
        '<zeebe:taskDefinition type="documents.issue_document"/><zeebe:ioMapping>'
        f'<zeebe:input source="{new_id()}" target="draft_id"/>'
        "</zeebe:ioMapping></extensionElements></serviceTask>"
    )
    return diagram(
        "issuing",
        chain(START, issue, END)
        + '<boundaryEvent id="caught" attachedToRef="issue"><errorEventDefinition errorRef="e"/>'
        "</boundaryEvent>" + user_task("repair") + '<endEvent id="repaired"/>'
        '<sequenceFlow id="a" sourceRef="caught" targetRef="repair"/>'
        '<sequenceFlow id="b" sourceRef="repair" targetRef="repaired"/>',
        f'<error id="e" errorCode="{code}"/>',
    )


@pytest.mark.parametrize(
    ("code", "status", "tasks"), [("not_found", 201, [("repair",)]), ("sold_out", 404, [])]
)
async def test_only_the_code_that_is_drawn_is_caught(
    api: Api, settings: Settings, city: City, code: str, status: int, tasks: list[tuple[str]]
) -> None:
    await in_force(settings, "issuing", {"issuing.bpmn": _drawn(code)}, "issuing")
    answer = await api("POST", "/processes/issuing/instances", {"body_id": str(city.body)})
    assert answer.status_code == status, answer.text
    assert await rows(settings, "SELECT element FROM task") == tasks
    assert await rows(settings, "SELECT element FROM incident") == []
