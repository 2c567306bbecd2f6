"""Resuming a clock, ordered by the diagram itself: deadlines opened after it run again."""

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import ordered, pass_time, rows, started, within


async def test_a_diagram_resumes_the_clock_that_it_has_stopped(
    api: Api, settings: Settings, city: City
):
    stop = ordered("stop", "processes.stop_clock", reason="等待补正")
    resume = ordered("resume", "processes.resume_clock", reason="补正完成")
    steps = chain(START, stop, user_task("supplement"), resume, user_task("look", within(5)), END)
    await in_force(settings, "s", {"s.bpmn": diagram("supplementing", steps)}, "supplementing")
    await started(api, "supplementing", city)
    assert await rows(settings, "SELECT clock FROM stopped_clock") == [("office",)]
    await pass_time(settings, days=2)
    ((task, version),) = await rows(settings, "SELECT id, version FROM task")
    await api("POST", f"/tasks/{task}/complete", {}, if_match=f'"{version}"')
    assert await rows(settings, "SELECT clock FROM stopped_clock") == []
    due = "SELECT due_at::text FROM task WHERE element = 'look'"
    assert await rows(settings, due) == [("2026-12-03 16:00:00+00",)]
