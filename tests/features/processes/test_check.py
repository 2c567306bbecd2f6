"""`dingbian check` looks at cases: a sound database has no finding, each planted fault has one."""

import pytest

from service.check import check
from service.core.store.db import Database
from service.features.processes.publish_message import PublishMessage
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, Do
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import message, run, started, waits, within, worked

_FAULT = (
    '<scriptTask id="halve"><extensionElements><zeebe:script expression="=no / 2" '
    'resultVariable="half"/></extensionElements></scriptTask>'
)
_PAUSE = (
    '<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT1H</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>"
)


@pytest.fixture
async def _cases(do: Do, api: Api, settings: Settings, database: Database, city: City) -> None:
    """Cases that wait for somebody, a message, a time, a remedy; and one that is over."""
    look = user_task("look", within(5))
    for process, steps in (
        ("looking", (look,)),
        ("waiting", (waits(),)),
        ("pausing", (_PAUSE,)),
        ("faulty", (_FAULT,)),
    ):
        drawn = diagram(process, chain(START, *steps, END), message())
        await in_force(settings, process, {f"{process}.bpmn": drawn}, process)
        await started(api, process, city, no="7")
    await do(PublishMessage(message="reply", correlation_key="7"))
    await worked(database)
    await started(api, "waiting", city, no="8")


@pytest.mark.usefixtures("_cases")
async def test_cases_that_nobody_meddled_with_are_sound(settings: Settings):
    report = await check(settings)
    found = {each.rule: each.findings for each in report.rules if each.findings}
    assert found == {}
    assert {"alive", "waits", "incidents", "history", "messages", "inbox"} <= {
        each.rule for each in report.rules
    }


@pytest.mark.usefixtures("_cases")
@pytest.mark.parametrize(
    ("fault", "rules"),
    [
        ("DELETE FROM timer", {"alive", "waits"}),
        ("DELETE FROM subscription", {"alive", "waits"}),
        ("UPDATE subscription SET wait = wait + 1", {"waits"}),
        ("UPDATE incident SET resolved_at = now()", {"alive", "incidents"}),
        ("UPDATE instance SET incidents = 0", {"incidents"}),
        ("DELETE FROM history WHERE version = 2", {"history"}),
        ("UPDATE instance SET version = version + 1", {"history"}),
        ("UPDATE message SET delivered_by = id", {"messages"}),
        ("UPDATE inbox SET due_at = 'infinity'", {"inbox", "T2"}),
    ],
)
async def test_every_fault_is_found(settings: Settings, fault: str, rules: set[str]):
    await run(settings, fault)
    report = await check(settings)
    assert {each.rule for each in report.rules if each.findings} == rules
