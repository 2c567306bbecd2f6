"""The wall chart as it is drawn: rows of items by unit, weeks, bars, milestones, totals. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from pydantic import BaseModel

from service.features.rectification.codes import ItemState, Severity
from service.features.rectification.lights import Light
from service.features.rectification.tables import RectificationItem

_WEEK = timedelta(days=7)


class ChartMilestone(BaseModel):
    """A milestone, and the week of the chart that it lies in."""

    name: str
    on: date
    week: int
    reached_on: date | None


class ChartBar(BaseModel):
    """From the notice to the due day, or to the close-out.

    Attributes:
        first_week: The first week of the bar on the chart, counted from 0.
        last_week: The last one, at least the first.
    """

    from_on: date
    until_on: date
    first_week: int
    last_week: int


class ChartRow(BaseModel):
    """One item on the chart; what has no notice yet has no bar."""

    item_id: UUID
    number: str
    problem: str
    severity: Severity
    state: ItemState
    state_name: str
    responsible_leader: str | None
    percent: int
    due: date | None
    light: Light | None
    bar: ChartBar | None
    milestones: list[ChartMilestone]


class ChartUnit(BaseModel):
    """A unit with its items, by number."""

    body_id: UUID
    body_name: str
    items: list[ChartRow]


class ChartTotals(BaseModel):
    """The head of the chart.

    Attributes:
        close_rate: Percent of the registered that are closed, one decimal; null of none.
        average_days: Working days from the notice to the close-out, one decimal; null of none.
    """

    registered: int
    closed: int
    close_rate: float | None
    overdue: int
    reopened: int
    average_days: float | None


class ChartLeader(BaseModel):
    """What the items of one responsible leader have come to."""

    responsible_leader: str
    totals: ChartTotals


class WallChart(BaseModel):
    """The wall chart. `weeks` are their Mondays; `today_week` may lie outside of them."""

    today: date
    today_week: int
    weeks: list[date]
    totals: ChartTotals
    leaders: list[ChartLeader]
    units: list[ChartUnit]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> list[date]:
    """The Mondays of all weeks from that of one day to that of another."""
    start = monday_of(first)
    return [start + _WEEK * place for place in range((monday_of(last) - start).days // 7 + 1)]


def totals_of(
    items: Sequence[RectificationItem], days_between: Callable[[date, date], int]
) -> ChartTotals:
    """The totals of some registered items; `days_between` counts working days."""
    closed = [item for item in items if item.state is ItemState.CLOSED]
    spans = [
        days_between(item.issued_on, item.closed_on)
        for item in closed
        if item.issued_on and item.closed_on
    ]
    return ChartTotals(
        registered=len(items),
        closed=len(closed),
        close_rate=round(100 * len(closed) / len(items), 1) if items else None,
        overdue=sum(item.is_overdue for item in items),
        reopened=sum(item.reopenings > 0 for item in items),
        average_days=round(sum(spans) / len(spans), 1) if spans else None,
    )


def leaders_of(
    items: Iterable[RectificationItem], days_between: Callable[[date, date], int]
) -> list[ChartLeader]:
    """The totals of each responsible leader that a plan names, by name."""
    by_leader: dict[str, list[RectificationItem]] = {}
    for item in items:
        if item.responsible_leader:
            by_leader.setdefault(item.responsible_leader, []).append(item)
    return [
        ChartLeader(responsible_leader=leader, totals=totals_of(by_leader[leader], days_between))
        for leader in sorted(by_leader)
    ]


def span_of(item: RectificationItem) -> tuple[date, date] | None:
    """The days of an item's bar; None before its notice."""
    if item.issued_on is None or item.due is None:
        return None
    return item.issued_on, item.closed_on or max(item.due, item.issued_on)


def row_of(item: RectificationItem, weeks: Sequence[date], light: Light | None) -> ChartRow:
    """An item as a row of the chart; what lies outside of its weeks is cut off."""
    assert item.number is not None, "only registered items are on the chart"
    assert item.severity is not None, "registration has set it"
    return ChartRow(
        item_id=item.id,
        number=item.number,
        problem=item.problem,
        severity=item.severity,
        state=item.state,
        state_name=item.state.zh,
        responsible_leader=item.responsible_leader,
        percent=item.percent,
        due=item.due,
        light=light,
        bar=_bar(item, weeks),
        milestones=_milestones(item, weeks),
    )


def week_of(day: date, weeks: Sequence[date]) -> int:
    """The place of a day's week, counted from the first week; negative before it."""
    return (monday_of(day) - weeks[0]).days // 7


def _bar(item: RectificationItem, weeks: Sequence[date]) -> ChartBar | None:
    span = span_of(item)
    if span is None:
        return None
    first, last = (week_of(day, weeks) for day in span)
    if last < 0 or first >= len(weeks):
        return None
    return ChartBar(
        from_on=span[0],
        until_on=span[1],
        first_week=max(first, 0),
        last_week=min(last, len(weeks) - 1),
    )


def _milestones(item: RectificationItem, weeks: Sequence[date]) -> list[ChartMilestone]:
    placed: list[tuple[Mapping[str, str], date]] = [
        (each, date.fromisoformat(each["on"])) for each in item.milestones
    ]
    return [
        ChartMilestone(
            name=each["name"], on=on, week=week_of(on, weeks), reached_on=each["reached_on"]
        )
        for each, on in placed
        if 0 <= week_of(on, weeks) < len(weeks)
    ]
