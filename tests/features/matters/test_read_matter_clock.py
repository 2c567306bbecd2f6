"""The clock of a matter: from its admission, standing still while others act, in working days."""

from datetime import date

from service.core.store.db import Database
from service.features.processes.resume_clock import ResumeClock
from service.features.processes.stop_clock import StopClock
from service.settings import Settings
from tests.conftest import Api
from tests.features.matters.conftest import Deciding
from tests.features.matters.test_gather_facts import install
from tests.features.matters.test_issue_notice import notice
from tests.features.matters.test_issue_notice import telling as telling
from tests.features.tasks.test_remind_task import set_day
from tests.people import MAY_READ, NEVER


async def read(api: Api, matter: str) -> tuple[str, int, int | None, str | None]:
    told = (await api("GET", f"/matters/{matter}/clock")).json()
    return told["state"], told["used"], told["left"], told["due_on"]


async def test_it_runs_from_the_admission_and_stands_still_while_others_act(
    telling: Deciding, api: Api, database: Database, settings: Settings
) -> None:
    await install(database)
    matter = await telling.filed()
    assert await read(api, matter) == ("NOT_STARTED", 0, 40, None)
    receipt = notice(telling, matter, "RECEIPT", content={"contact": "受理岗"}, days=40)
    await telling.done(receipt)
    # The day of the event is not counted: 40 working days after Tuesday, the 24th of November.
    assert await read(api, matter) == ("RUNNING", 0, 40, "2027-01-19")
    await set_day(settings, date(2026, 11, 27))
    assert await read(api, matter) == ("RUNNING", 3, 37, "2027-01-19")
    case = (await api("GET", f"/matters/{matter}")).json()["instance_id"]
    about = {"instance_id": case, "cause": "EXPERT", "reason": "等待专家意见"}
    await telling.done(StopClock.model_validate(about))
    await set_day(settings, date(2026, 12, 7))
    assert await read(api, matter) == ("STOPPED", 2, 38, None)
    await telling.done(ResumeClock.model_validate(about))
    assert await read(api, matter) == ("RUNNING", 3, 37, "2027-01-27")
    changes = (await api("GET", f"/matters/{matter}/clock")).json()["changes"]
    assert [(each["cause"], each["is_stop"], each["runs"]) for each in changes] == [
        ("EXPERT", True, False),
        ("EXPERT", False, True),
    ]
    await set_day(settings, date(2027, 1, 28))
    assert (await read(api, matter))[0] == "EXPIRED"


async def test_what_the_superior_decides_has_no_local_limit(
    telling: Deciding, api: Api, database: Database
) -> None:
    await install(database)
    matter = await telling.filed(authority="SUPERIOR")
    await telling.done(notice(telling, matter, "RECEIPT", content={"contact": "岗"}, days=40))
    assert await read(api, matter) == ("RUNNING", 0, None, None)


async def test_it_is_read_by_those_who_see_the_matter(api: Api, matter: str) -> None:
    for who, status in ((MAY_READ, 200), (NEVER, 404)):
        assert (await api("GET", f"/matters/{matter}/clock", who=who)).status_code == status
