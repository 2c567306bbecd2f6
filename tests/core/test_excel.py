"""Excel files: what goes out comes back, formulas stay text, and bombs are refused unopened."""

import zipfile
from datetime import date
from io import BytesIO

import pytest

from service.core.excel import scan
from service.core.excel.read import read_sheet
from service.core.excel.sheet import Column, Value, WorkbookTooLarge, WorkbookUnreadable
from service.core.excel.write import write_sheet

COLUMNS = (Column("name", "名称"), Column("posts", "编制数"), Column("since", "起始日"))


def sheet_of(*rows: tuple[Value, ...]) -> bytes:
    return write_sheet("机构", COLUMNS, rows, note="虚构示例 Fictitious sample")


def rewritten(content: bytes, **parts: bytes) -> bytes:
    """A workbook with some parts replaced or added; their names in `parts` without .xml."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()} | parts
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in parts.items():
            new.writestr(name, text)
    return buffer.getvalue()


def worksheet(rows: str) -> dict[str, bytes]:
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    return {"xl/worksheets/sheet1.xml": xml.encode()}


def test_what_goes_out_comes_back_with_line_numbers_as_excel_shows_them() -> None:
    lines = read_sheet(
        sheet_of(
            ("青澜市审计局", 19, date(2019, 3, 1)), (None, None, None), ("青澜市总工会", 8, None)
        ),
        COLUMNS,
    )
    assert [(line.number, line.values) for line in lines] == [
        (2, {"name": "青澜市审计局", "posts": 19, "since": date(2019, 3, 1)}),
        (4, {"name": "青澜市总工会", "posts": 8}),
    ]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_a_text_that_looks_like_a_formula_stays_that_text(first: str) -> None:
    text = f'{first}HYPERLINK("http://example.invalid")'
    content = sheet_of((text, None, None))
    assert read_sheet(content, COLUMNS)[0].values["name"] == text
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")


@pytest.mark.parametrize("text", ["\t=1+1", "\r=1+1", "=1+1"])
def test_no_leading_blank_hides_a_formula(text: str) -> None:
    with zipfile.ZipFile(BytesIO(sheet_of((text, None, None)))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_columns_are_found_by_either_name_in_any_order() -> None:
    columns = (Column("posts", "编制数"), Column("name", "名称"))
    content = write_sheet("机构", (COLUMNS[0], COLUMNS[1]), [("青澜市审计局", 19)])
    assert read_sheet(content, columns)[0].values == {"name": "青澜市审计局", "posts": 19}


def test_an_unknown_column_is_named_in_the_refusal() -> None:
    with pytest.raises(WorkbookUnreadable, match="编制数 posts"):
        read_sheet(sheet_of(), COLUMNS[:1])


@pytest.mark.parametrize("content", [b"", b"name,posts\n", b"PK\x03\x04 but no zip"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(WorkbookUnreadable):
        read_sheet(content, COLUMNS)


def test_a_part_that_unpacks_to_too_much_is_refused_before_it_is_read() -> None:
    bomb = rewritten(sheet_of(), **{"xl/media/picture.png": bytes(scan.UNPACKED_MAX + 1)})
    assert len(bomb) < 100_000
    with pytest.raises(WorkbookTooLarge):
        read_sheet(bomb, COLUMNS)


def test_a_workbook_of_too_many_parts_is_refused() -> None:
    parts = {f"xl/extra{number}.xml": b"<a/>" for number in range(scan.MEMBERS_MAX)}
    with pytest.raises(WorkbookTooLarge):
        read_sheet(rewritten(sheet_of(), **parts), COLUMNS)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"/><c r="XFD1"/></row>',
        '<row r="1"><c r="A1"/></row><row r="1048576"><c r="A1048576"/></row>',
        "<row>" + "<c/>" * (scan.COLUMNS_MAX + 1) + "</row>",
        "<row/>" * (scan.ROWS_MAX + 1),
    ],
    ids=["far to the right", "far down", "uncounted cells", "uncounted lines"],
)
def test_a_rectangle_that_would_fill_memory_is_refused(rows: str) -> None:
    with pytest.raises(WorkbookTooLarge):
        read_sheet(rewritten(sheet_of(), **worksheet(rows)), COLUMNS)


def test_a_long_shared_text_repeated_in_every_cell_is_refused() -> None:
    shared = f"<sst><si><t>{'长' * 30_000}</t></si></sst>".encode()
    cells = '<c t="s"><v>0</v></c>' * 50
    rows = f"<row>{cells}</row>" * 100
    parts = {"xl/sharedStrings.xml": shared, **worksheet(rows)}
    with pytest.raises(WorkbookTooLarge):
        read_sheet(rewritten(sheet_of(), **parts), COLUMNS)


def test_entities_are_refused() -> None:
    xml = b'<!DOCTYPE a [<!ENTITY b "bb">]><worksheet>&b;</worksheet>'
    with pytest.raises(WorkbookUnreadable):
        read_sheet(rewritten(sheet_of(), **{"xl/worksheets/sheet1.xml": xml}), COLUMNS)


def test_a_spreadsheet_of_another_format_is_not_read_in_its_place() -> None:
    """An OpenDocument part beside a broken workbook would escape the scan of cells."""
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    broken = rewritten(sheet_of(), **parts, **{"xl/workbook.xml": b"not xml"})
    with pytest.raises(WorkbookUnreadable):
        read_sheet(broken, COLUMNS)
