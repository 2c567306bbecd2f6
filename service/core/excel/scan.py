"""What a workbook's parts hold, found out without opening it as a workbook.

Limits are what the largest honest register of a city needs, with room; they bound memory and
time of the reader whatever the file claims about itself.
"""

import re
from xml.parsers import expat

#: Bytes of an upload, and of all its parts unpacked.
BYTES_MAX = 10_000_000
UNPACKED_MAX = 50_000_000
#: Unpacked bytes for each packed one.
RATIO_MAX = 100
MEMBERS_MAX = 200
ROWS_MAX = 10_000
COLUMNS_MAX = 100
#: Filled cells of all sheets together.
CELLS_MAX = 300_000
#: Characters in all cells, each as long as the longest shared text could make it.
TEXT_MAX = 100_000_000

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")


class TooMuch(Exception):
    """A limit is passed; the sentences name it, to follow "with" and “应当”."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh


class Unreadable(Exception):
    """The file is not what it says it is."""


class Scan:
    """Counts over the parts of one workbook; `passes` takes them one by one."""

    def __init__(self) -> None:
        self._cells = 0
        self._longest = 0
        self._text = 0
        self._row = 0
        self._column = 0

    def passes(self, part: bytes) -> bool:
        """Whether a part is well-formed XML; anything else (a picture, a macro) is left out.

        Raises:
            TooMuch: Its cells are too many or lie too far out.
            Unreadable: It declares entities, or a cell's place is none.
        """
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(part, True)
        except expat.ExpatError:
            return False
        return True

    def require_modest(self) -> None:
        """Refuse texts that would fill memory once each cell has its own copy.

        Raises:
            TooMuch: Cells times the longest text are too many characters.
        """
        if self._cells * self._longest > TEXT_MAX:
            raise TooMuch("texts of ordinary length", "文本长度适中")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        match name.rpartition(":")[2]:
            case "sheetData":
                self._row = 0
            case "row":
                self._row, self._column = self._row + 1, 0
                if place is not None:
                    self._go_to(f"A{place}")
                    self._column = 0
                self._require_near()
            case "c":
                self._cells += 1
                self._column += 1
                if place is not None:
                    self._go_to(place)
                self._require_near()
            case "si" | "is":
                self._text = 0

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] in ("si", "is"):
            self._longest = max(self._longest, self._text)

    def _characters(self, text: str) -> None:
        self._text += len(text)

    def _entity(self, *_: object) -> None:
        raise Unreadable("entity declared")

    def _go_to(self, place: str) -> None:
        found = _PLACE.match(place)
        if found is None:
            raise Unreadable(f"a cell at {place}")
        letters, row = found.groups()
        self._row, self._column = int(row), 0
        for letter in letters:
            self._column = self._column * 26 + ord(letter) - 64

    def _require_near(self) -> None:
        if self._cells > CELLS_MAX:
            raise TooMuch(f"at most {CELLS_MAX:,} cells", f"不超过{CELLS_MAX}个单元格")
        if self._column > COLUMNS_MAX or self._row > ROWS_MAX:
            raise TooMuch(
                f"at most {ROWS_MAX:,} lines and {COLUMNS_MAX} columns",
                f"不超过{ROWS_MAX}行、{COLUMNS_MAX}列",
            )
