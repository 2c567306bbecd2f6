"""Gathered facts are whole: the tables of the flow answer on them as they stand."""

from pathlib import Path
from typing import Any

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.decisions.evaluate_decision import EvaluateDecision
from service.features.matters.gather_facts import GatherFacts
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.on_disk import read_flow
from tests.builders import City, registration
from tests.conftest import Do, told
from tests.features.matters.conftest import Order, asking, draw, quota
from tests.features.quota.conftest import Ledger
from tests.people import MAY_READ

FOLDER = Path(__file__).parents[3] / "bpmn" / "matters"


async def install(database: Database) -> None:
    """Put the tables of the flow into force, as the start of the service does."""
    flow = read_flow(FOLDER)
    tables = tuple(each for each in flow.files if each.path.endswith(".dmn"))
    folder = InstalledFolder(flow="matter_tables", files=tables)
    installing = InstallRelease(folders=(folder,))
    answer = await Executor(database).execute(installing, Caller(is_process=True))
    assert told(answer)["items"][0]["state"] == "IN_FORCE", answer.body


async def test_the_tables_answer_on_what_is_gathered(
    ledger: Ledger, city: City, do: Do, order: Order, database: Database
) -> None:
    await ledger.grant(5)
    await draw(city.settings)
    await install(database)
    made = await do(asking(city, quota(city, 5, 12), type="M11"), who=MAY_READ)
    gathered = told(await order(GatherFacts(matter_id=told(made)["id"])))
    assert gathered["city"]["room"] == [{"kind": "ADMIN", "funding": "FULL", "left": 5}]

    async def decide(key: str, **inputs: Any) -> Any:
        answer = await order(EvaluateDecision(key=key, inputs=inputs))
        assert answer.status < 400, answer.body
        return told(answer)["output"]

    asked = {name: gathered[name] for name in ("matter", "deltas", "bodies", "city")}
    facts = await decide("matter_facts", **asked)
    assert (facts["is_increase"], facts["quota_up_sum"], facts["beyond_city_total"]) == (
        True,
        7,
        True,
    )
    assert facts["motion_missing"] is False
    hits = await decide(
        "prohibition_hits", facts=facts, filing=None, completeness=None, supplement_rounds=0
    )
    assert hits == []
    authority = await decide("authority", facts=facts)
    assert authority["final_authority"] == "SUPERIOR"
    complete = await decide("completeness", facts=facts, given=gathered["given"])
    assert (complete["is_complete"], complete["missing_statements"]) == (False, 5)
    filing = await decide("filing", applicant=gathered["applicant"], facts=facts, start="APPLICANT")
    assert filing["may_file"] is True


async def test_bodies_that_a_matter_changes_are_concerned_and_the_one_that_asks_is_not(
    do: Do, order: Order, city: City
) -> None:
    await draw(city.settings)
    other = str(city.other_body)
    moved = quota(city, 5, 4, source="INSIDE", to_body_id=other)
    function = {"ledger": "FUNCTION", "action": "ADD", "body_id": other, "text": "职责"}
    made = told(await do(asking(city, moved, function), who=MAY_READ))["id"]
    gathered = told(await order(GatherFacts(matter_id=made)))
    assert gathered["directory"] == [
        {"role": "CHANGED_DEPARTMENT", "body_ids": [other]},
        {"role": "BODIES_CONCERNED", "body_ids": [other]},
    ]


async def test_posts_of_a_court_are_not_for_the_city_to_decide(
    do: Do, order: Order, city: City, database: Database
) -> None:
    await draw(city.settings)
    await install(database)
    body = registration(
        "990081040907", "青澜市人民法院", system_category="COURT", document_id=city.document
    )
    court = told(await do(body))["id"]
    asked = quota(city, 68, 69, body_id=court, kind="POLITICAL_LEGAL")
    made = told(await do(asking(city, asked, type="M11"), who=MAY_READ))["id"]
    gathered = told(await order(GatherFacts(matter_id=made)))
    inputs = {name: gathered[name] for name in ("matter", "deltas", "bodies", "city")}
    facts = told(await order(EvaluateDecision(key="matter_facts", inputs=inputs)))["output"]
    assert (facts["is_court_or_procuratorate"], facts["rank_order"]) == (True, None)
    answer = await order(EvaluateDecision(key="authority", inputs={"facts": facts}))
    assert told(answer)["output"]["final_authority"] == "NOT_LOCAL"
