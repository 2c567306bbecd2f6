"""Quota lines as lines of a sheet: the columns, what a line says, and how one is written."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from service.core.excel.sheet import Column, LineError, SheetLine, Value
from service.core.values import Posts
from service.features.bodies.fields import BodyCode
from service.features.quota.codes import Funding, QuotaKind

COLUMNS = (
    Column("body_code", "机构编码"),
    Column("full_name", "机构名称", 40),
    Column("kind", "编制类型"),
    Column("funding", "经费形式"),
    Column("authorised", "核定编制数"),
    Column("actual", "实有人数"),
    Column("reserved", "预占数"),
    Column("frozen", "冻结数"),
    Column("available", "空编数"),
    Column("over", "超编数"),
    Column("effective_on", "生效日期"),
)
HEADINGS = {column.name: column.heading for column in COLUMNS}
#: Follow from people, reservations and the register of bodies; an import looks past them.
SHOWN_ONLY = frozenset({"full_name", "actual", "reserved", "frozen", "available", "over"})


class QuotaLine(BaseModel):
    """A line to be opened: what a body is authorised to have of one kind, from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    body_code: BodyCode
    kind: QuotaKind
    funding: Funding
    authorised: Posts
    effective_on: date


def quota_line_of(line: SheetLine) -> QuotaLine | list[LineError]:
    """What a line says, or all that is wrong in it."""
    errors: list[LineError] = []
    told: dict[str, Any] = {}
    for name, cell in line.values.items():
        if name in SHOWN_ONLY:
            continue
        try:
            told[name] = _READ[name](cell)
        except ValueError as fault:
            errors.append(_error(line, name, str(fault)))
    try:
        return errors or QuotaLine(**told)
    except ValidationError as fault:
        return [_error(line, str(each["loc"][0]), each["msg"]) for each in fault.errors()]


def row_of(line: Mapping[str, Any], on: date) -> list[Value]:
    """A line as the cells of a row, as true on a day."""
    shown = {
        **line,
        "kind": QuotaKind(line["kind"]).zh,
        "funding": Funding(line["funding"]).zh,
        "effective_on": on,
    }
    return [shown[column.name] for column in COLUMNS]


def _error(line: SheetLine, name: str, en: str) -> LineError:
    cell = line.values.get(name)
    said = f"“{cell}”" if cell not in (None, "") else "空"
    return LineError(line.number, HEADINGS[name], en, f"{HEADINGS[name]} 不符合要求：{said}。")


def _day(cell: Value) -> date:
    return cell if isinstance(cell, date) else date.fromisoformat(str(cell))


_READ: Mapping[str, Callable[[Value], Any]] = {
    "body_code": str,
    "kind": lambda cell: QuotaKind.named(str(cell)),
    "funding": lambda cell: Funding.named(str(cell)),
    "authorised": lambda cell: cell,
    "effective_on": _day,
}
