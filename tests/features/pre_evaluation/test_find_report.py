"""A matter finds the report that it could rest on, and what is open of it can be ended."""

from datetime import date
from typing import Any
from uuid import UUID

import orjson
import pytest

from service.core.ids import new_id
from service.features.pre_evaluation.codes import EndReason
from service.features.pre_evaluation.end_evaluation import EndEvaluation
from service.features.pre_evaluation.find_report import FindReport
from service.settings import Settings
from tests.builders import City
from tests.conftest import Do, told
from tests.features.matters.conftest import Order, order, quota
from tests.features.matters.conftest import drawn as drawn
from tests.features.matters.conftest import matter as matter
from tests.features.processes.cases import rows, run
from tests.people import MAY

__all__ = ["order"]

_KEEP = """
INSERT INTO evaluation (id, version, matter_id, body_id, title, deltas, statement, state, end_text,
    needs_experts, discussion, is_short, result, returns, requested_at, completed_on, valid_until)
VALUES ($1, 1, $2, $3, '评估', $4::jsonb, '', $5, '', false, '', false, $6, 0, now(), $7, $8)
"""


async def keep(city: City, state: str, *deltas: dict[str, Any], on: date, **more: Any) -> str:
    """An evaluation as an earlier case left it."""
    number = new_id()
    is_done = state == "COMPLETED"
    await run(
        city.settings,
        _KEEP,
        number,
        more.get("matter_id"),
        more.get("body", city.body),
        orjson.dumps(deltas).decode(),
        state,
        "RECOMMEND" if is_done else None,
        on if is_done else None,
        on if is_done else None,
    )
    return str(number)


async def test_a_report_on_the_same_changes_comes_before_a_newer_one(
    matter: str, city: City, order: Order
) -> None:
    nothing = told(await order(FindReport(matter_id=UUID(matter))))
    assert nothing == {"report": None, "same_deltas": False, "asked_on": "2026-11-24"}
    other = quota(city, 5, 9)
    await keep(city, "COMPLETED", quota(city, 5, 7), on=date(2026, 11, 20), body=city.other_body)
    newer = await keep(city, "COMPLETED", other, on=date(2026, 11, 1))
    found = told(await order(FindReport(matter_id=UUID(matter))))
    assert (found["report"]["evaluation_id"], found["same_deltas"]) == (newer, False)
    same = await keep(
        city, "COMPLETED", quota(city, 5, 7, source="INSIDE", action="CHANGE"), on=date(2026, 7, 1)
    )
    found = told(await order(FindReport(matter_id=UUID(matter))))
    assert (found["report"]["evaluation_id"], found["same_deltas"]) == (same, True)
    assert found["report"]["completed_on"] == "2026-07-01"


async def test_only_a_diagram_finds_reports(matter: str, do: Do) -> None:
    assert (await do(FindReport(matter_id=UUID(matter)), who=MAY)).outcome == "not_allowed"


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("parent_ended", "TERMINATED"),
        ("false_materials", "TERMINATED"),
        ("overdue", "LAPSED"),
        ("declined", "DECLINED"),
    ],
)
async def test_what_is_open_of_a_matter_ends_and_what_is_over_stays(
    city: City, order: Order, settings: Settings, reason: str, state: str
) -> None:
    parent, on = new_id(), date(2026, 11, 1)
    going = await keep(city, "IN_WORK", quota(city, 5, 7), on=on, matter_id=parent)
    await keep(city, "COMPLETED", quota(city, 5, 7), on=on, matter_id=parent)
    end = EndEvaluation(matter_id=parent, reason=EndReason(reason), text="理由")
    assert told(await order(end)) == {"ended": [going]}
    assert told(await order(end)) == {"ended": []}
    kept = await rows(settings, "SELECT state, end_reason FROM evaluation ORDER BY id")
    assert kept == [(state, reason), ("COMPLETED", None)]


async def test_what_is_not_there_is_not_ended(order: Order) -> None:
    refused = await order(EndEvaluation(evaluation_id=new_id(), reason=EndReason.WITHDRAWN))
    assert refused.outcome == "not_found"
