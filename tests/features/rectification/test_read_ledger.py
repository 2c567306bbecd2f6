"""The ledger as a table: the columns that the office keeps, on screen and in Excel."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from tests.features.rectification.conftest import OWNER, Ledger
from tests.people import NEVER


async def test_the_table_and_its_workbook_tell_the_same(ledger: Ledger) -> None:
    await ledger.find()
    await ledger.work()
    table = await ledger.done("GET", "/rectifications/ledger", who=OWNER)
    assert len(table["columns"]) == 21
    (line,) = table["lines"]
    assert (line["place"], line["number"], line["source"]) == (1, "QL-ZG-2026-0001", "监督检查")
    assert (line["body"], line["responsible_person"]) == ("青澜市第1局", OWNER)
    assert line["light"].startswith("GREEN")
    assert "启动整改2026-12-10" in line["times"]
    answer = await ledger.ask("GET", "/rectifications/ledger.xlsx", who=OWNER)
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    headings, first = sheet.to_python()[:2]
    assert headings[1] == "编号 number"
    assert first[1] == "QL-ZG-2026-0001"


async def test_another_unit_sees_no_line(ledger: Ledger) -> None:
    await ledger.register()
    assert (await ledger.done("GET", "/rectifications/ledger", who=NEVER))["lines"] == []
