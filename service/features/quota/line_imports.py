"""What an import of quota lines would do: every line judged by the rules of an opening.

The preview and the import ask the same function, so what the preview finds nothing wrong with
is what the import does, unless the ledger changes in between; then it is refused as a whole.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from service.core.errors import Refusal
from service.core.excel.read import read_sheet
from service.core.excel.sheet import LineError, Workbook
from service.core.store.db import Connection
from service.features.bodies.codes import BodyStatus
from service.features.bodies.imports import ERRORS_SHOWN, LineErrorView
from service.features.quota.accounts import AccountKey
from service.features.quota.decision import quota_key, require_pair
from service.features.quota.line_sheet import COLUMNS, HEADINGS, QuotaLine, quota_line_of


@dataclass(slots=True)
class LinePlan:
    """Lines that can be opened, with their bodies; or what is wrong."""

    lines: list[tuple[int, QuotaLine]] = field(default_factory=list)
    bodies: dict[str, UUID] = field(default_factory=dict)
    errors: list[LineError] = field(default_factory=list)

    def key_of(self, line: QuotaLine) -> AccountKey:
        return quota_key(self.bodies[line.body_code], line.kind, line.funding)

    def shown_errors(self) -> list[LineErrorView]:
        """The first errors, by line."""
        first = sorted(self.errors, key=lambda error: error.number)[:ERRORS_SHOWN]
        return [
            LineErrorView(line=error.number, column=error.column, en=error.en, zh=error.zh)
            for error in first
        ]


async def planned(connection: Connection, workbook: Workbook) -> LinePlan:
    """Read a workbook and judge it against itself and the ledger.

    Raises:
        WorkbookUnreadable, WorkbookTooLarge: It is not a workbook with these columns.
    """
    sheet = await asyncio.to_thread(read_sheet, workbook.content, COLUMNS)
    plan = LinePlan()
    for each in sheet:
        match quota_line_of(each):
            case QuotaLine() as line:
                plan.lines.append((each.number, line))
            case wrong:
                plan.errors += wrong
    records = await connection.fetch(
        "SELECT body_code, id, status FROM body WHERE body_code = ANY ($1)",
        [line.body_code for _, line in plan.lines],
    )
    plan.bodies = {r["body_code"]: r["id"] for r in records if BodyStatus(r["status"]).is_living}
    plan.errors += _broken(plan)
    plan.errors += await _opened_twice(connection, plan)
    return plan


def _broken(plan: LinePlan) -> Iterator[LineError]:
    """Lines of unknown or closed bodies, and kinds with a funding form they do not go with."""
    for number, line in plan.lines:
        if line.body_code not in plan.bodies:
            yield LineError(
                number,
                HEADINGS["body_code"],
                f"Expected the code of an existing body, but {line.body_code} is none.",
                f"{HEADINGS['body_code']} 应当为现有机构的编码，但“{line.body_code}”不是。",
            )
        try:
            require_pair(line.kind, line.funding)
        except Refusal as refusal:
            yield LineError(number, HEADINGS["funding"], refusal.en, refusal.zh)


async def _opened_twice(connection: Connection, plan: LinePlan) -> list[LineError]:
    """Lines that stand twice in the file, or whose account has entries already."""
    records = await connection.fetch(
        """SELECT b.body_code, a.kind, a.part FROM account a JOIN body b ON b.id = a.body_id
           WHERE a.ledger = 'QUOTA' AND a.body_id = ANY ($1) AND a.version > 1""",
        list(plan.bodies.values()),
    )
    used = {tuple(record) for record in records}
    times = Counter(_name_of(line) for _, line in plan.lines)
    return [
        LineError(
            number,
            None,
            f"Expected each line once and before all entries, but {line.body_code} has "
            f"{line.kind} {line.funding} already.",
            f"每个机构的每类编制应当只登记一次期初，但{line.body_code}的{line.kind.zh}"
            f"（{line.funding.zh}）已有。",
        )
        for number, line in plan.lines
        if times[_name_of(line)] > 1 or _name_of(line) in used
    ]


def _name_of(line: QuotaLine) -> tuple[str, str, str]:
    return line.body_code, line.kind, line.funding
