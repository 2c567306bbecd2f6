"""Read a sheet whose first line names the columns.

An upload is hostile until it is checked. A workbook is a zip of XML: before the reader opens
it, every part is unpacked under a limit, must be well-formed and is scanned for how many cells
it holds, how far out they lie and how long its texts are, since a reader allocates the whole
rectangle and repeats a shared text in every cell. Only parts that passed are handed on.
"""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from service.core.excel.scan import (
    BYTES_MAX,
    MEMBERS_MAX,
    RATIO_MAX,
    UNPACKED_MAX,
    Scan,
    TooMuch,
    Unreadable,
)
from service.core.excel.sheet import (
    Column,
    SheetLine,
    Value,
    WorkbookTooLarge,
    WorkbookUnreadable,
)


def read_sheet(content: bytes, columns: Sequence[Column]) -> list[SheetLine]:
    """The lines of a workbook's first sheet, blank ones left out; formulas count as their value.

    The first line names the columns, in any order; columns without a line there are absent
    from every line.

    Raises:
        WorkbookUnreadable: It is no .xlsx file, it is damaged, a heading is unknown or twice.
        WorkbookTooLarge: It exceeds a limit of `scan`.
    """
    try:
        checked = _checked(content)
        rows = (
            CalamineWorkbook.from_filelike(BytesIO(checked))
            .get_sheet_by_index(0)
            .to_python(skip_empty_area=False)
        )
    except TooMuch as too_much:
        raise WorkbookTooLarge(
            f"Expected a workbook with {too_much.en}, but it has more.",
            f"工作簿应当{too_much.zh}，但超出限制。",
        ) from too_much
    except (Unreadable, CalamineError, zipfile.BadZipFile, NotImplementedError) as fault:
        raise WorkbookUnreadable(
            "Expected an Excel workbook (.xlsx), but the file cannot be read as one.",
            "应当为 Excel 工作簿（.xlsx），但文件无法读取。",
        ) from fault
    if not rows:
        raise WorkbookUnreadable(
            "Expected a first line that names the columns, but the sheet is empty.",
            "首行应当为列名，但工作表为空。",
        )
    return list(_lines(rows[1:], _named(rows[0], columns)))


def _checked(content: bytes) -> bytes:
    """The workbook, packed anew from those of its parts that passed the scan.

    So the reader opens exactly what was checked, whatever the original's directory claims.
    """
    if len(content) > BYTES_MAX:
        raise TooMuch(f"at most {BYTES_MAX:,} bytes", f"不超过{BYTES_MAX}字节")
    scan = Scan()
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as packed, zipfile.ZipFile(buffer, "w") as clean:
        members = packed.infolist()
        if len(members) > MEMBERS_MAX:
            raise TooMuch(f"at most {MEMBERS_MAX} parts", f"不超过{MEMBERS_MAX}个部分")
        unpacked = 0
        for member in members:
            if member.flag_bits & 1:
                raise Unreadable("encrypted")
            text = _unpack(packed, member, UNPACKED_MAX - unpacked)
            unpacked += len(text)
            if unpacked > RATIO_MAX * max(len(content), 10_000):
                raise TooMuch(f"a packing ratio up to {RATIO_MAX}", f"压缩比不超过{RATIO_MAX}")
            if _is_needed(member.filename) and scan.passes(text):
                clean.writestr(member.filename, text)
    scan.require_modest()
    return buffer.getvalue()


def _unpack(packed: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    with packed.open(member) as part:
        text = part.read(room + 1)
        if len(text) > room:
            raise TooMuch(
                f"at most {UNPACKED_MAX:,} bytes unpacked", f"解压后不超过{UNPACKED_MAX}字节"
            )
        return text


def _is_needed(name: str) -> bool:
    """Parts of a workbook proper; without the others no other format is read into the file."""
    return name in ("[Content_Types].xml", "_rels/.rels") or name.startswith("xl/")


def _named(headings: Sequence[Any], columns: Sequence[Column]) -> dict[int, str]:
    """Which place holds which column."""
    places: dict[int, str] = {}
    for place, heading in enumerate(headings):
        if heading == "":
            continue
        found = next((c for c in columns if c.is_named(str(heading))), None)
        if found is None or found.name in places.values():
            expected = "、".join(column.heading for column in columns)
            raise WorkbookUnreadable(
                f"Expected each column once and of {expected}, but one is “{heading}”.",
                f"列名应当为以下之一且不重复：{expected}，但有“{heading}”。",
                heading=str(heading),
            )
        places[place] = found.name
    return places


def _lines(rows: Sequence[Sequence[Any]], places: dict[int, str]) -> Iterable[SheetLine]:
    for number, row in enumerate(rows, start=2):
        cells = ((name, _value(row[place])) for place, name in places.items() if place < len(row))
        filled: dict[str, Value] = {name: value for name, value in cells if value not in ("", None)}
        if filled:
            yield SheetLine(number, filled)


def _value(cell: Any) -> Value:
    """A cell as its kind: whole numbers lose the fraction that Excel gives every number."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return cell
        case float() if cell.is_integer():
            return int(cell)
        case datetime() if cell.time() == time():
            return cell.date()
        case datetime() | time() | timedelta():
            return str(cell)
        case int() | float() | date() | None:
            return cell
        case _:
            return str(cell)
