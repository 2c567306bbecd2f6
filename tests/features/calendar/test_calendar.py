"""The calendar over the API: loaded year by year in versions, counted with, never overwritten."""

import asyncpg
import pytest

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import give_duty
from tests.conftest import Api
from tests.people import MAY, MAY_READ, NEVER

YEAR_2027 = "day,kind,holiday\n2027-01-01,HOLIDAY,元旦\n2027-01-02,MAKE_UP,元旦\n"
LOADING = {"source": "国务院办公厅通知", "csv": YEAR_2027}


@pytest.fixture(autouse=True)
async def intake(settings: Settings, city: object) -> None:
    """The officer also works at the front desk, who loads calendars."""
    await give_duty(settings, MAY, "office_intake")


async def test_2026_is_seeded_with_its_make_up_days(api: Api) -> None:
    year = (await api("GET", "/calendar/2026")).json()
    days = {day["day"]: day for day in year["days"]}
    assert sum(day["is_working"] for day in days.values()) == 248
    assert days["2026-02-14"]["kind"] == "MAKE_UP"
    assert (days["2026-10-01"]["kind"], days["2026-10-01"]["holiday"]) == ("HOLIDAY", "国庆节")
    assert year["warning"] is None


async def test_a_year_not_loaded_follows_the_weekend_rule_with_a_warning(api: Api) -> None:
    year = (await api("GET", "/calendar/2027")).json()
    assert (year["version"], len(year["days"])) == (None, 365)
    assert "2027" in year["warning"]
    added = (await api("GET", "/calendar/working-days/add?day=2026-12-31&n=1")).json()
    assert added["day"] == "2027-01-01"
    assert "2027" in added["warning"]


async def test_a_loaded_year_counts_at_once_and_old_versions_still_answer(api: Api) -> None:
    loaded = await api("POST", "/calendar/2027/load", LOADING)
    assert (loaded.status_code, loaded.json()["version"]) == (201, 2)
    add = "/calendar/working-days/add?day=2026-12-31&n=1"
    newest = (await api("GET", add)).json()
    assert (newest["day"], newest["due_at"]) == ("2027-01-02", "2027-01-02T16:00:00Z")
    assert (newest["calendar_version"], newest["warning"]) == (2, None)
    assert (await api("GET", f"{add}&version=1")).json()["day"] == "2027-01-01"


async def test_every_wrong_line_is_named_and_nothing_is_loaded(
    api: Api, database: Database
) -> None:
    csv = (
        "day,kind,holiday\n2027-01-01,HOLIDAY,元旦\n2027-01-04,MAKE_UP,x\n"
        "2026-01-01,HOLIDAY,x\nsoon,HOLIDAY,x\n2027-01-01,HOLIDAY,x\n2027-05-01,FREE,x\n"
    )
    refused = await api("POST", "/calendar/2027/load", LOADING | {"csv": csv})
    assert (refused.status_code, refused.json()["code"]) == (422, "calendar_unreadable")
    assert [error["line"] for error in refused.json()["facts"]["errors"]] == [3, 4, 5, 6, 7]
    assert await database.reading.fetchval("SELECT max(version) FROM calendar_version") == 1


async def test_working_days_between_two_days(api: Api) -> None:
    asked = "/calendar/working-days/count?from_on=2026-01-01&until_on=2027-01-01"
    assert (await api("GET", asked)).json()["working_days"] == 248
    far = "/calendar/working-days/count?from_on=0001-01-01&until_on=9999-01-01"
    assert (await api("GET", far)).json()["code"] == "calendar_too_far"


async def test_everybody_reads_the_calendar_but_only_the_office_loads_it(api: Api) -> None:
    people = (MAY, MAY_READ, NEVER, None)
    read = [(await api("GET", "/calendar/2026", who=who)).status_code for who in people]
    load = [
        (await api("POST", "/calendar/2027/load", LOADING, who=who)).status_code for who in people
    ]
    assert read == [200, 200, 200, 401]
    assert load == [201, 403, 403, 401]


async def test_the_clock_moves_in_a_demo_only(api: Api, settings: Settings, city: object) -> None:
    await give_duty(settings, MAY, "system_admin")
    asked = {"now": "2027-03-01T09:00:00+08:00"}
    assert (await api("POST", "/clock/set", asked)).status_code == 200
    again = await api("POST", "/clock/set", {"now": "2020-01-01T09:00:00+08:00"})
    assert again.json()["moved_s"] < 0
    assert (await api("POST", "/clock/set", asked, who=NEVER)).status_code == 403

    owner = await asyncpg.connect(settings.migration_database_url)
    await owner.execute("DELETE FROM demo_clock")
    await owner.close()
    refused = await api("POST", "/clock/set", asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_a_demo")
