"""The rectification ledger as a table, as the office keeps it (domain §6.7)."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.excel.sheet import Column, Download, Value
from service.core.excel.write import write_sheet
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.rectification import rules
from service.features.rectification.finding import READERS, item_of
from service.features.rectification.lights import Light, lights
from service.features.rectification.list_items import MATCHING, ItemFilter, parameters
from service.features.rectification.tables import RectificationItem

LINES_MAX = 5_000
COLUMNS = (
    Column("place", "序号", 6),
    Column("number", "编号", 18),
    Column("problem", "问题", 40),
    Column("category", "类别", 24),
    Column("source", "来源"),
    Column("found_on", "发现时间"),
    Column("body", "责任单位", 28),
    Column("responsible_leader", "责任领导"),
    Column("responsible_person", "责任人"),
    Column("measures", "整改措施", 40),
    Column("times", "起始/节点/整改时限", 40),
    Column("percent", "进度(%)"),
    Column("light", "预警", 20),
    Column("close_standard", "销号标准", 40),
    Column("acceptance_method", "验收方式"),
    Column("officers", "验收人"),
    Column("accepted_on", "验收日期"),
    Column("result", "结果"),
    Column("closed_on", "销号日期"),
    Column("look_back", "回头看"),
    Column("remarks", "备注", 30),
)
_LINES = f"""
SELECT i.*, b.full_name, p.name AS person,
       (SELECT string_agg(DISTINCT o.name, '、') FROM item_acceptance a
        JOIN actor o ON o.id = a.officer_id
        WHERE a.item_id = i.id AND a.round = i.acceptance_round) AS officer_names,
       (SELECT c.checked_on || CASE WHEN c.holds THEN ' 保持' ELSE ' 未保持' END
        FROM look_back_check c WHERE c.item_id = i.id AND c.holds IS NOT NULL
        ORDER BY c.checked_on DESC LIMIT 1) AS look_back
{MATCHING.replace("WHERE", "LEFT JOIN actor p ON p.id = i.responsible_person WHERE", 1)}
AND i.number IS NOT NULL ORDER BY i.number LIMIT {LINES_MAX}
"""


class LedgerColumn(BaseModel):
    """A column of the ledger."""

    name: str
    zh: str


class LedgerTable(BaseModel):
    """The registered items that the filters match, at most 5,000, by number."""

    columns: list[LedgerColumn]
    lines: list[dict[str, Any]]


class ReadLedger(ItemFilter, Query[LedgerTable]):
    """The rectification ledger as a table (整改台账)."""

    name = "rectification.read_ledger"
    duties = READERS
    title_zh = "整改台账"
    title_en = "Read the rectification ledger"
    refusals = (rules.LedgerRulesMissing,)


class ExportLedger(ItemFilter, Query[Download]):
    """The rectification ledger as an Excel file (导出整改台账)."""

    name = "rectification.export_ledger"
    duties = READERS
    title_zh = "导出整改台账"
    title_en = "Export the rectification ledger"
    refusals = (rules.LedgerRulesMissing,)


@answers(ReadLedger)
async def read_ledger(query: ReadLedger, reading: Reading) -> LedgerTable:
    columns = [LedgerColumn(name=column.name, zh=column.zh) for column in COLUMNS]
    return LedgerTable(columns=columns, lines=await _lines(query, reading))


@answers(ExportLedger)
async def export_ledger(query: ExportLedger, reading: Reading) -> Download:
    lines = await _lines(query, reading)
    rows = [[line[column.name] for column in COLUMNS] for line in lines]
    note = "虚构示例城市数据 Fictitious sample data" if reading.settings.is_demo else ""
    content = await asyncio.to_thread(write_sheet, "整改台账", COLUMNS, rows, note)
    return Download(filename="rectification-ledger.xlsx", content=content)


async def _lines(query: ItemFilter, reading: Reading) -> list[dict[str, Value]]:
    records = await reading.connection.fetch(_LINES, *parameters(query, reading))
    items = [item_of(record) for record in records]
    lit: dict[UUID, Light] = await lights(reading, items)
    return [
        _line(place, item, record, lit.get(item.id))
        for place, (item, record) in enumerate(zip(items, records, strict=True), start=1)
    ]


def _line(
    place: int, item: RectificationItem, record: Record, light: Light | None
) -> dict[str, Value]:
    return {
        "place": place,
        "number": item.number,
        "problem": item.problem,
        "category": item.category_name,
        "source": item.source_type.zh,
        "found_on": item.found_on,
        "body": record["full_name"],
        "responsible_leader": item.responsible_leader,
        "responsible_person": record["person"],
        "measures": item.measures,
        "times": _times(item),
        "percent": item.percent,
        "light": f"{light.light} {light.reason}" if light else None,
        "close_standard": item.close_standard,
        "acceptance_method": item.acceptance_method,
        "officers": record["officer_names"],
        "accepted_on": item.accepted_on,
        "result": item.state.zh,
        "closed_on": item.closed_on,
        "look_back": record["look_back"],
        "remarks": _remarks(item),
    }


def _times(item: RectificationItem) -> str:
    days: list[tuple[date | str | None, str]] = [(item.issued_on, "起始")]
    days += [(each["on"], each["name"]) for each in item.milestones]
    days.append((item.due, "时限"))
    return "；".join(f"{name}{on}" for on, name in days if on is not None)


def _remarks(item: RectificationItem) -> str:
    flags = [
        (item.is_overdue, "逾期"),
        (item.reopenings > 0, f"重新挂账{item.reopenings}次"),
        (item.extensions > 0, f"延期{item.extensions}次"),
        (item.is_referred, "已移送"),
        (item.is_long_term, "长期整改"),
    ]
    return "、".join([word for is_set, word in flags if is_set] + [item.end_reason or ""]).strip(
        "、"
    )
