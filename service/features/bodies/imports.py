"""What an import of bodies would do: every line judged by the rules of a single registration.

The preview and the import ask the same function, so what the preview finds nothing wrong with
is what the import does, unless the register changes in between; then it is refused as a whole.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.errors import Refusal, RuleBroken
from service.core.excel.read import read_sheet
from service.core.excel.sheet import LineError, Workbook
from service.core.store.db import Connection
from service.features.bodies import rules
from service.features.bodies.codes import BodyStatus
from service.features.bodies.details import require_sound
from service.features.bodies.sheet import COLUMNS, HEADINGS, SUPERIORS, BodyLine, body_line_of

ERRORS_SHOWN = 200


class ImportRefused(RuleBroken):
    """Some line breaks a rule, so nothing of the file was taken; `facts.errors` name the lines."""

    code = "import_refused"
    title_zh = "导入文件有误"
    title_en = "Import refused"


class LineErrorView(BaseModel):
    """What is wrong in one line; `line` as Excel counts, the headings being line 1."""

    line: int
    column: str | None
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Known:
    """A body that is registered already."""

    id: UUID
    lineage: list[UUID]
    status: BodyStatus


@dataclass(slots=True)
class Plan:
    """Lines in the order in which they can be registered, superiors first; or what is wrong."""

    lines: list[tuple[int, BodyLine]] = field(default_factory=list)
    known: dict[str, Known] = field(default_factory=dict)
    errors: list[LineError] = field(default_factory=list)

    def shown_errors(self) -> list[LineErrorView]:
        """The first errors, by line."""
        first = sorted(self.errors, key=lambda error: error.number)[:ERRORS_SHOWN]
        return [
            LineErrorView(line=error.number, column=error.column, en=error.en, zh=error.zh)
            for error in first
        ]


async def planned(
    connection: Connection, workbook: Workbook, today: date, *, is_sample: bool
) -> Plan:
    """Read a workbook and judge it against itself and the register.

    `is_sample`: whether this is the sample city, whose division does not exist.

    Raises:
        WorkbookUnreadable, WorkbookTooLarge: It is not a workbook with these columns.
    """
    sheet = await asyncio.to_thread(read_sheet, workbook.content, COLUMNS)
    plan = Plan()
    lines: list[tuple[int, BodyLine]] = []
    for each in sheet:
        match body_line_of(each):
            case BodyLine() as line:
                lines.append((each.number, line))
            case wrong:
                plan.errors += wrong
    plan.known = await _known(connection, [line for _, line in lines])
    taken = await _taken(connection, [line for _, line in lines])
    for number, line in lines:
        plan.errors += _broken(number, line, today, is_sample)
    plan.errors += _taken_twice(lines, taken)
    plan.errors += _superiors_missing(lines, plan.known)
    plan.lines = _superiors_first(lines)
    if len(plan.lines) < len(lines):
        placed = {number for number, _ in plan.lines}
        plan.errors += [
            LineError(number, None, "Expected superiors not in a circle.", "隶属关系应当不成环。")
            for number, _ in lines
            if number not in placed
        ]
    return plan


async def _known(connection: Connection, lines: list[BodyLine]) -> dict[str, Known]:
    """Bodies of the register that the lines name as superiors, by body code."""
    codes = {getattr(line, column) for line in lines for column in SUPERIORS} - {None}
    records = await connection.fetch(
        "SELECT id, body_code, lineage, status FROM body WHERE body_code = ANY($1)", list(codes)
    )
    return {
        r["body_code"]: Known(r["id"], list(r["lineage"]), BodyStatus(r["status"])) for r in records
    }


async def _taken(connection: Connection, lines: list[BodyLine]) -> Mapping[str, set[str]]:
    """Codes, credit codes and living names that the register has already, of those asked for."""
    record = await connection.fetchrow(
        """SELECT
           ARRAY(SELECT body_code FROM body WHERE body_code = ANY($1)) AS body_code,
           ARRAY(SELECT uscc FROM body WHERE uscc = ANY($2)) AS uscc,
           ARRAY(SELECT full_name FROM body WHERE full_name = ANY($3)
                 AND status IN ('ACTIVE', 'IN_REFORM')) AS full_name""",
        [line.body_code for line in lines],
        [line.uscc for line in lines if line.uscc],
        [line.full_name for line in lines],
    )
    assert record is not None
    return {column: set(values) for column, values in record.items()}


def _broken(number: int, line: BodyLine, today: date, is_sample: bool) -> Iterator[LineError]:
    try:
        rules.require_day(line.effective_on, None, today)
        require_sound(line, is_sample=is_sample)
    except Refusal as refusal:
        yield LineError(number, None, refusal.en, refusal.zh)


def _taken_twice(
    lines: list[tuple[int, BodyLine]], taken: Mapping[str, set[str]]
) -> Iterator[LineError]:
    for name, borne in taken.items():
        times = Counter(getattr(line, name) for _, line in lines)
        for number, line in lines:
            value = getattr(line, name)
            if value is not None and (times[value] > 1 or value in borne):
                yield LineError(
                    number,
                    HEADINGS[name],
                    f"Expected a {name} that nobody bears, but {value} is borne already.",
                    f"{HEADINGS[name]} 应当未被使用，但“{value}”已被使用。",
                )


def _superiors_missing(
    lines: list[tuple[int, BodyLine]], known: Mapping[str, Known]
) -> Iterator[LineError]:
    own = {line.body_code for _, line in lines}
    for number, line in lines:
        for name in SUPERIORS:
            code = getattr(line, name)
            is_living = code in known and known[code].status.is_living
            if code is not None and code not in own and not is_living:
                yield LineError(
                    number,
                    HEADINGS[name],
                    f"Expected {name} to be the code of an existing body, but {code} is none.",
                    f"{HEADINGS[name]} 应当为现有机构的编码，但“{code}”不是。",
                )


def _superiors_first(lines: list[tuple[int, BodyLine]]) -> list[tuple[int, BodyLine]]:
    """Lines ordered so that each comes after its superiors in the file; those in a circle not."""
    waiting = {line.body_code: (number, line) for number, line in lines}
    placed: dict[str, tuple[int, BodyLine]] = {}
    while True:
        ready = {
            code: each
            for code, each in waiting.items()
            if not any(getattr(each[1], column) in waiting for column in SUPERIORS)
        }
        if not ready:
            return list(placed.values())
        placed |= ready
        for code in ready:
            del waiting[code]


def ids_of_superiors(line: BodyLine, ids: Mapping[str, UUID]) -> dict[str, Any]:
    """The superiors of a line by id, given the ids of all bodies that it can name."""
    return {
        name: None if (code := getattr(line, column)) is None else ids[code]
        for column, name in SUPERIORS.items()
    }
