"""The wall chart: what is registered, by unit and week, with its milestones and its totals."""

from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from tests.features.rectification.conftest import FINDER, OWNER, Ledger
from tests.people import NEVER

_PLACE = "/rectifications/wall-chart"


def _rows(chart: Any) -> list[Any]:
    return [row for unit in chart["units"] for row in unit["items"]]


async def test_an_item_is_a_bar_from_its_notice_to_its_due_day_with_its_milestones(
    ledger: Ledger,
) -> None:
    await ledger.find()
    item = await ledger.work(due="2027-01-15")
    await ledger.done("POST", f"/rectifications/{item}/milestones/1/reach", who=OWNER)
    chart = await ledger.done("GET", _PLACE, who=OWNER)
    assert (chart["today"], chart["weeks"][0]) == ("2026-11-24", "2026-11-23")
    assert (len(chart["weeks"]), chart["today_week"]) == (8, 0)
    assert [unit["body_name"] for unit in chart["units"]] == ["青澜市第1局"]
    (row,) = _rows(chart)
    assert (row["number"], row["state"]) == ("QL-ZG-2026-0001", "IN_PROGRESS")
    assert row["light"]["light"] == "GREEN"
    assert (row["bar"]["first_week"], row["bar"]["last_week"]) == (0, 7)
    seen = [(each["name"], each["week"], each["reached_on"]) for each in row["milestones"]]
    assert seen == [("启动整改", 2, "2026-11-24"), ("完成整改", 5, None)]


async def test_the_head_counts_what_is_registered_closed_late_and_reopened(ledger: Ledger) -> None:
    closed = await ledger.close()
    await ledger.work(due="2026-12-01")
    await ledger.wait(8)
    totals = (await ledger.done("GET", _PLACE))["totals"]
    assert totals == {
        "registered": 2,
        "closed": 1,
        "close_rate": 50.0,
        "overdue": 1,
        "reopened": 0,
        "average_days": 0.0,
    }
    await ledger.tell("ItemReopened", closed, item_id=closed, facts="又超编1名。")
    chart = await ledger.done("GET", _PLACE)
    totals = chart["totals"]
    assert (totals["closed"], totals["reopened"], totals["average_days"]) == (0, 1, None)
    assert [each["responsible_leader"] for each in chart["leaders"]] == ["局长"]
    assert chart["leaders"][0]["totals"]["registered"] == 2


async def test_the_chart_shows_what_its_filters_and_its_weeks_say(ledger: Ledger) -> None:
    await ledger.work()
    await ledger.register("GHOST_PAY")
    for asked, count in (
        ("", 2),
        ("?source_type=INSPECTION", 2),
        ("?source_type=AUDIT", 0),
        ("?category=4", 1),
        ("?responsible_leader=局长", 1),
    ):
        assert len(_rows(await ledger.done("GET", _PLACE + asked))) == count, asked
    chart = await ledger.done("GET", f"{_PLACE}?from_on=2026-12-07&until_on=2026-12-13")
    assert chart["weeks"] == ["2026-12-07"]
    assert chart["today_week"] == -2
    assert [len(row["milestones"]) for row in _rows(chart)] == [1, 0]
    for days in ("from_on=2020-01-01", "from_on=2026-12-07&until_on=2026-11-01"):
        assert await ledger.refused("GET", f"{_PLACE}?{days}") == "invalid_input"


async def test_the_workbook_draws_the_same_and_another_unit_sees_nothing(ledger: Ledger) -> None:
    await ledger.work(due="2027-01-15")
    answer = await ledger.ask("GET", "/rectifications/wall-chart.xlsx", who=FINDER)
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    headings, line = book.get_sheet_by_index(0).to_python()
    assert headings[7] == "周 2026-11-23"
    assert (line[1], line[7], line[9], line[14]) == ("QL-ZG-2026-0001", "━│", "━◇", "━")
    assert "登记1件" in str(book.get_sheet_by_index(1).to_python())
    assert (await ledger.done("GET", _PLACE, who=NEVER))["units"] == []
