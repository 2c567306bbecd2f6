"""Write a sheet: values, never formulas.

A text that Excel could take for a formula (`=`, `+`, `-`, `@` and their full-width forms, a
tab, a line end) is stored as text, and marked to stay text when somebody edits the cell.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from service.core.excel.sheet import Column, Value


def write_sheet(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], note: str = ""
) -> bytes:
    """A workbook with one sheet: headings, then the rows, written as they come.

    `title` names the sheet (at most 31 characters); `note`, where given, stands on a second
    sheet (whose figures these are, on which day).
    """
    buffer = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True})
        guarded = book.add_format({"quote_prefix": True})
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, bold)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                _write(sheet, number, place, value, guarded, dated)
        if note:
            about = book.add_worksheet("说明 About")
            _write(about, 0, 0, note, guarded, dated)
    return buffer.getvalue()


def looks_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def _write(sheet: Any, row: int, place: int, value: Value, guarded: Any, dated: Any) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, place, value)
        case int() | float() | Decimal():
            sheet.write_number(row, place, value)
        case date():
            sheet.write_datetime(row, place, value, dated)
        case _ if looks_like_a_formula(value):
            sheet.write_string(row, place, value, guarded)
        case _:
            sheet.write_string(row, place, value)
