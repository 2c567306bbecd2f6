"""From the data of a paper to its text: sentences, points and tables, as its kind asks."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any

from service.core.codes import NamedCode
from service.features.documents.kinds.part import Kind, Part
from service.features.documents.paper import Block

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_NUMERALS = "〇一二三四五六七八九"


def composed(kind: Kind, data: Part) -> list[Block]:
    """The text of a paper: opening, what its data say in their order, closing."""
    said = {name for text in (kind.opening, kind.closing) for name in _named_in(text)}
    parts = [
        (str(field.title), value)
        for name, field in type(data).model_fields.items()
        if name not in said and (value := getattr(data, name)) not in (None, "", [])
    ]
    body = list(_numbered(parts))
    return [*_sentence(kind.opening, data), *body, *_sentence(kind.closing, data)]


def shown(value: Any) -> str:
    """One value as it is printed in Chinese."""
    match value:
        case None:
            return "—"
        case bool():
            return "是" if value else "否"
        case NamedCode():
            return value.zh
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case Decimal():
            return f"{value:f}"
        case list():
            return "、".join(shown(each) for each in value)
        case _:
            return printable(str(value))


def printable(text: str) -> str:
    """A text whose printed order is that of its characters, and that a Word file can hold.

    What XML has not, and what turns the direction of the text that follows, is shown as `�`.
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def _named_in(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _sentence(text: str, data: Part) -> Iterator[Block]:
    if text:
        values = {name: shown(getattr(data, name)) for name in _named_in(text)}
        yield Block(kind="paragraph", cells=[[text.format_map(values)]])


def _numbered(parts: list[tuple[str, Any]]) -> Iterator[Block]:
    """Short facts stand together in a table of two columns; all else under a heading each."""
    facts: list[list[str]] = []
    number = 0
    for title, value in parts:
        if not _is_long(value):
            facts.append([title, shown(value)])
            continue
        if facts:
            yield Block(kind="pairs", cells=facts)
            facts = []
        number += 1
        yield Block(kind="heading", cells=[[f"{_in_chinese(number)}、{title}"]])
        yield from _told(value)
    if facts:
        yield Block(kind="pairs", cells=facts)


def _is_long(value: Any) -> bool:
    is_text = isinstance(value, str) and not isinstance(value, NamedCode)
    return isinstance(value, list) or (is_text and (len(value) > 60 or "\n" in value))


def _told(value: Any) -> Iterator[Block]:
    if isinstance(value, str):
        for line in value.split("\n"):
            if line.strip():
                yield Block(kind="paragraph", cells=[[printable(line.strip())]])
    elif isinstance(value[0], Part):
        heads = [str(field.title) for field in type(value[0]).model_fields.values()]
        rows = [[shown(getattr(row, name)) for name in type(row).model_fields] for row in value]
        yield Block(kind="grid", cells=[heads, *rows])
    else:
        for place, point in enumerate(value, start=1):
            text = shown(point).replace("\n", " ")
            yield Block(kind="paragraph", cells=[[f"{place}．{text}"]])


def _in_chinese(number: int) -> str:
    """1 to 99 as Chinese numerals: 一, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMERALS[tens]}十")
    return before + (_NUMERALS[ones] if ones else "")
