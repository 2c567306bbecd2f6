"""A new calendar moves every open deadline that it changes, and says so."""

from service.core.store.db import Database
from service.features.calendar.load_calendar import LoadCalendar
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import rows, started, within, worked
from tests.people import MAY

_FILES = {"w.bpmn": diagram("within", chain(START, user_task("look", within(5)), END))}


async def _load(do: Do, csv: str) -> None:
    text = "day,kind,holiday\n" + csv
    assert (await do(LoadCalendar(year=2026, source="通知", csv=text))).status == 201


async def test_open_deadlines_follow_a_new_calendar(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "within", _FILES, "within")
    await give_duty(settings, MAY, "office_director")
    for _ in range(3):
        await started(api, "within", city)
    await _load(do, "2026-11-27,HOLIDAY,临时放假\n2026-11-28,MAKE_UP,\n2026-11-30,HOLIDAY,\n")
    # Each case once, and the light of its task.
    assert await worked(database) == 6
    due = "SELECT DISTINCT due_at::text FROM {} "
    for table in ("task", "inbox"):
        assert await rows(settings, due.format(table)) == [("2026-12-02 16:00:00+00",)]
    changes = "SELECT DISTINCT action, reason, old_due_at::text FROM deadline_change"
    moved = [("REDATE", "工作日历变更", "2026-12-01 16:00:00+00")]
    assert await rows(settings, changes) == moved


async def test_a_calendar_that_moves_no_deadline_is_only_noted(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "within", _FILES, "within")
    await give_duty(settings, MAY, "office_director")
    await started(api, "within", city)
    await _load(do, "2026-12-25,HOLIDAY,\n")
    assert await worked(database) == 1
    assert await rows(settings, "SELECT count(*) FROM deadline_change") == [(0,)]
    newest = """SELECT (deadline->>'calendar')::int = (SELECT max(version) FROM calendar_version)
                FROM task"""
    assert await rows(settings, newest) == [(True,)]
    assert await worked(database) == 0
