"""Read the wall chart (挂图作战): what every unit has to put right, week by week."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated, Final

from pydantic import Field

from service.core.errors import InvalidInput
from service.core.excel.sheet import Column, Download, Value
from service.core.excel.write import write_sheet
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.calendar.stored import stored_calendar
from service.features.rectification import rules
from service.features.rectification.finding import READERS, item_of
from service.features.rectification.lights import days_between, lights
from service.features.rectification.list_items import MATCHING, ItemFilter, parameters
from service.features.rectification.tables import RectificationItem
from service.features.rectification.wall_chart import (
    ChartRow,
    ChartTotals,
    ChartUnit,
    WallChart,
    leaders_of,
    row_of,
    span_of,
    totals_of,
    week_of,
    weeks_between,
)

ROWS_MAX: Final = 2_000
WEEKS_MAX: Final = 106
#: Weeks shown before and after today where nobody asks for others.
_AROUND: Final = timedelta(weeks=26)
_ITEMS = f"""
SELECT i.*, b.full_name {MATCHING} AND i.number IS NOT NULL AND i.state <> 'VOIDED'
ORDER BY b.full_name, b.id, i.number LIMIT {ROWS_MAX}
"""
_HEAD = (
    Column("body", "责任单位", 28),
    Column("number", "编号", 20),
    Column("problem", "问题", 40),
    Column("responsible_leader", "责任领导"),
    Column("percent", "进度(%)"),
    Column("light", "预警", 20),
    Column("due", "整改时限"),
)
_LIGHTS: Final = {"GREEN": "绿", "YELLOW": "黄", "ORANGE": "橙", "RED": "红"}


class ChartFilter(ItemFilter):
    """Which items, and which weeks: at most 106, by default those of the items within half a
    year before and after today."""

    from_on: Annotated[date | None, Field(description="A day of the first week.")] = None
    until_on: Annotated[date | None, Field(description="A day of the last week.")] = None


class ReadWallChart(ChartFilter, Query[WallChart]):
    """The wall chart (挂图作战): registered items by unit, weeks, bars, milestones, totals.

    At most 2,000 items, within reach; what was struck off is not on it.
    """

    name = "rectification.read_wall_chart"
    duties = READERS
    title_zh = "挂图作战"
    title_en = "Read the wall chart"
    refusals = (rules.LedgerRulesMissing,)


class ExportWallChart(ChartFilter, Query[Download]):
    """The wall chart as an Excel file (导出挂图): a column a week."""

    name = "rectification.export_wall_chart"
    duties = READERS
    title_zh = "导出挂图"
    title_en = "Export the wall chart"
    refusals = (rules.LedgerRulesMissing,)


@answers(ReadWallChart)
async def read_wall_chart(query: ReadWallChart, reading: Reading) -> WallChart:
    return await _chart(query, reading)


@answers(ExportWallChart)
async def export_wall_chart(query: ExportWallChart, reading: Reading) -> Download:
    chart = await _chart(query, reading)
    weeks = [Column(f"{day:%Y-%m-%d}", "周", 6) for day in chart.weeks]
    rows = [_line(unit, row, chart) for unit in chart.units for row in unit.items]
    note = _note(chart.totals, chart.today, is_demo=reading.settings.is_demo)
    content = await asyncio.to_thread(write_sheet, "挂图作战", [*_HEAD, *weeks], rows, note)
    return Download(filename="rectification-wall-chart.xlsx", content=content)


async def _chart(query: ChartFilter, reading: Reading) -> WallChart:
    records = await reading.connection.fetch(_ITEMS, *parameters(query, reading))
    items = [item_of(record) for record in records]
    lit = await lights(reading, items)
    calendar = await stored_calendar(reading.connection)
    weeks = _weeks(query, items, reading.today)

    def counted(after: date, until: date) -> int:
        return days_between(calendar, after, until)

    rows = [
        (record, row_of(item, weeks, lit.get(item.id)))
        for record, item in zip(records, items, strict=True)
    ]
    return WallChart(
        today=reading.today,
        today_week=week_of(reading.today, weeks),
        weeks=weeks,
        totals=totals_of(items, counted),
        leaders=leaders_of(items, counted),
        units=[
            ChartUnit(body_id=body, body_name=name, items=[row for _, row in group])
            for (body, name), group in groupby(
                rows, lambda each: (each[0]["body_id"], each[0]["full_name"])
            )
        ],
    )


def _weeks(query: ChartFilter, items: Sequence[RectificationItem], today: date) -> list[date]:
    """The weeks asked for, or those of the bars around today.

    Raises:
        InvalidInput: They end before they begin, or are more than the chart has.
    """
    spans = [span for span in map(span_of, items) if span is not None]
    earliest = min([first for first, _ in spans] + [today])
    latest = max([last for _, last in spans] + [today])
    first = query.from_on or max(earliest, today - _AROUND)
    last = query.until_on or max(min(latest, today + _AROUND), first)
    weeks = weeks_between(first, last)
    if not 1 <= len(weeks) <= WEEKS_MAX:
        raise InvalidInput(
            f"Expected 1 to {WEEKS_MAX} weeks, but there are {len(weeks)}.",
            f"应当为1至{WEEKS_MAX}周，但为{len(weeks)}周。",
        )
    return weeks


def _line(unit: ChartUnit, row: ChartRow, chart: WallChart) -> list[Value]:
    light = f"{_LIGHTS.get(row.light.light, '')} {row.light.reason}" if row.light else None
    head: list[Value] = [
        unit.body_name,
        row.number,
        row.problem,
        row.responsible_leader,
        row.percent,
        light,
        row.due,
    ]
    return head + [_cell(row, week, chart.today_week) for week in range(len(chart.weeks))]


def _cell(row: ChartRow, week: int, today_week: int) -> str | None:
    """Of a week: the bar, its milestones (◆ reached, ◇ open), and today's line."""
    on_bar = row.bar is not None and row.bar.first_week <= week <= row.bar.last_week
    marks = ["◆" if each.reached_on else "◇" for each in row.milestones if each.week == week]
    today = "│" if week == today_week else ""
    return f"{'━' if on_bar else ''}{''.join(marks)}{today}" or None


def _note(totals: ChartTotals, today: date, *, is_demo: bool) -> str:
    rate = "无" if totals.close_rate is None else f"{totals.close_rate}%"
    days = "无" if totals.average_days is None else f"{totals.average_days}个工作日"
    said = (
        f"{today}：登记{totals.registered}件，销号{totals.closed}件，销号率{rate}，"
        f"逾期{totals.overdue}件，重新挂账{totals.reopened}件，平均用时{days}。"
        "━为整改期，◆为已完成节点，◇为未完成节点，│为本周。"
    )
    return said + ("虚构示例城市数据 Fictitious sample data" if is_demo else "")
