"""A sheet as a table: columns with names, lines of values, and what may be wrong in a line."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, Field

from service.core.errors import InvalidInput, PayloadTooLarge
from service.core.excel.scan import BYTES_MAX
from service.core.upload import Upload

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Value = str | int | float | Decimal | bool | date | None


class WorkbookUnreadable(InvalidInput):
    """The file is not an Excel workbook (.xlsx), or lacks the columns that were asked for."""

    code = "workbook_unreadable"
    title_zh = "无法读取工作簿"
    title_en = "Unreadable workbook"


class WorkbookTooLarge(PayloadTooLarge):
    """The workbook holds more than one upload may."""

    code = "workbook_too_large"
    title_zh = "工作簿过大"
    title_en = "Workbook too large"


class Workbook(Upload):
    """An uploaded workbook."""

    content: bytes = Field(exclude=True, repr=False, max_length=BYTES_MAX)


class Download(BaseModel):
    """A file to be given out; it leaves as bytes, not as JSON."""

    filename: str
    media_type: str = MEDIA_TYPE
    content: bytes

    async def ready(self) -> "Download":
        """The file with its bytes. One that is dear to make is made here, without the database."""
        return self


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in programs, its heading in Chinese, its width in characters."""

    name: str
    zh: str
    width: int = 14

    @property
    def heading(self) -> str:
        return f"{self.zh} {self.name}"

    def is_named(self, heading: str) -> bool:
        """Whether a heading means this column: `规格 rank`, `规格` or `rank`."""
        return heading.strip() in (self.heading, self.zh, self.name)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a sheet by column name, empty cells left out; `number` as Excel shows it."""

    number: int
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong in one line, in words for the person who filled it in."""

    number: int
    column: str | None
    en: str
    zh: str
