"""Bodies as lines of a sheet: the columns, what a line says, and how a body is written."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from service.core.codes import NamedCode
from service.core.excel.sheet import Column, LineError, SheetLine, Value
from service.features.bodies.codes import (
    BodyClass,
    BodyStatus,
    BodyType,
    Funding,
    InstClass,
    Nature,
    Rank,
    SystemCategory,
)
from service.features.bodies.fields import BodyCode
from service.features.bodies.registration import Registration

COLUMNS = (
    Column("body_code", "机构编码"),
    Column("full_name", "机构名称", 40),
    Column("short_name", "简称"),
    Column("other_names", "其他名称", 30),
    Column("uscc", "统一社会信用代码", 20),
    Column("body_type", "机构类型"),
    Column("system_category", "系统类别"),
    Column("nature", "机构性质"),
    Column("body_class", "机构类别"),
    Column("rank", "机构规格"),
    Column("inst_class", "事业单位分类"),
    Column("funding", "经费形式"),
    Column("civil_servant_law_ref", "参公"),
    Column("parent_code", "上级机构编码"),
    Column("competent_code", "主管部门编码"),
    Column("sponsor_code", "举办单位编码"),
    Column("setup_date", "设立日期"),
    Column("main_functions", "主要职责", 40),
    Column("domain_name", "网站域名"),
    Column("address", "地址", 30),
    Column("phone", "电话"),
    Column("legal_rep", "法定代表人"),
    Column("secrecy", "密级"),
    Column("status", "状态"),
    Column("effective_on", "生效日期"),
)
#: Superiors are told by their body codes; they may stand in the same file.
SUPERIORS = {
    "parent_code": "parent_id",
    "competent_code": "competent_body_id",
    "sponsor_code": "sponsor_body_id",
}
HEADINGS = {column.name: column.heading for column in COLUMNS}
_CODES: Mapping[str, type[NamedCode]] = {
    "body_type": BodyType,
    "system_category": SystemCategory,
    "nature": Nature,
    "body_class": BodyClass,
    "rank": Rank,
    "inst_class": InstClass,
    "funding": Funding,
    "status": BodyStatus,
}
_YES, _NO = "是", "否"


class BodyLine(Registration):
    """A line to be registered. A body that is closed already cannot come in by a file."""

    parent_code: BodyCode | None = None
    competent_code: BodyCode | None = None
    sponsor_code: BodyCode | None = None


def body_line_of(line: SheetLine) -> BodyLine | list[LineError]:
    """What a line says, or all that is wrong in it."""
    errors: list[LineError] = []
    told: dict[str, Any] = {}
    for name, cell in line.values.items():
        try:
            told[name] = _READ.get(name, _plain)(name, cell)
        except ValueError as fault:
            errors.append(_error(line, name, cell, str(fault)))
    if told.pop("status", BodyStatus.ACTIVE) is not BodyStatus.ACTIVE:
        errors.append(_error(line, "status", line.values["status"], "Expected 正常."))
    try:
        return errors or BodyLine(**told)
    except ValidationError as fault:
        return [
            _error(line, str(each["loc"][0]), line.values.get(str(each["loc"][0])), each["msg"])
            for each in fault.errors()
        ]


def row_of(body: Mapping[str, Any]) -> list[Value]:
    """A body as the cells of a row; `body` has its facts and the codes of its superiors."""
    return [_WRITTEN.get(column.name, _as_it_is)(column.name, body) for column in COLUMNS]


def _error(line: SheetLine, name: str, cell: Value, en: str) -> LineError:
    said = f"“{cell}”" if cell not in (None, "") else "空"
    return LineError(
        line.number, HEADINGS.get(name), en, f"{HEADINGS.get(name, name)} 不符合要求：{said}。"
    )


def _plain(name: str, cell: Value) -> Any:
    """Excel keeps a code of digits as a number, where nobody made the cell a text."""
    return str(cell) if isinstance(cell, int | float) else cell


def _code(name: str, cell: Value) -> NamedCode:
    return _CODES[name].named(str(cell))


def _names(name: str, cell: Value) -> list[str]:
    return [each.strip() for each in str(cell).replace("；", "、").split("、") if each.strip()]


def _yes_or_no(name: str, cell: Value) -> bool:
    match cell:
        case bool():
            return cell
        case "是" | "否":
            return cell == _YES
        case _:
            raise ValueError(f"Expected {_YES} or {_NO}, but it is {cell}.")


def _day(name: str, cell: Value) -> date:
    return cell if isinstance(cell, date) else date.fromisoformat(str(cell))


_READ: Mapping[str, Callable[[str, Value], Any]] = {
    **dict.fromkeys(_CODES, _code),
    "other_names": _names,
    "civil_servant_law_ref": _yes_or_no,
    "setup_date": _day,
    "effective_on": _day,
}


def _as_it_is(name: str, body: Mapping[str, Any]) -> Value:
    value: Value = body[name]
    return value


def _word(name: str, body: Mapping[str, Any]) -> Value:
    return None if body[name] is None else _CODES[name](body[name]).zh


_WRITTEN: Mapping[str, Callable[[str, Mapping[str, Any]], Value]] = {
    **dict.fromkeys(_CODES, _word),
    "other_names": lambda name, body: "、".join(body[name]),
    "civil_servant_law_ref": lambda name, body: _YES if body[name] else _NO,
    "effective_on": lambda name, body: body["true_from"],
}
