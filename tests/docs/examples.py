"""Examples of FEEL out of the documents for diagram authors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "how-to"
_BLOCK = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)
_ROW = re.compile(r"^\| `(?P<call>[^`]+)` \| (?P<meaning>[^|]+) \| `(?P<example>[^`]+)` \|$", re.M)
_KINDS = ("feel", "feel cell", "feel strict")


@dataclass(frozen=True)
class Example:
    """One line that promises a value.

    Attributes:
        kind: `feel`, `feel cell` (tested on `on`) or `feel strict`.
        text: The expression, or the cell.
        on: What a cell is tested on; "" elsewhere.
        value: The promised value as FEEL, or `refused`.
        codes: The codes of the promised warnings, each once.
    """

    kind: str
    text: str
    on: str
    value: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A function in a table of built-in functions."""

    call: str
    meaning: str
    example: Example

    @property
    def name(self) -> str:
        return self.call.partition("(")[0]


def document(name: str) -> str:
    return (FOLDER / name).read_text()


def blocks(text: str, kind: str) -> list[str]:
    """The contents of the fences of a kind, in order."""
    return [found["body"] for found in _BLOCK.finditer(text) if found["kind"] == kind]


def given(text: str) -> str:
    """The context of FEEL with the variables of a document's examples."""
    (only,) = blocks(text, "feel given")
    return only


def examples(text: str) -> list[Example]:
    """All of them, those of the tables of functions among them."""
    return [*_fenced(text), *(row.example for row in rows(text))]


def _fenced(text: str) -> Iterator[Example]:
    for found in _BLOCK.finditer(text):
        if found["kind"] in _KINDS:
            yield from (_example(found["kind"], line) for line in found["body"].splitlines())


def rows(text: str) -> list[Row]:
    return [
        Row(found["call"], found["meaning"], _example("feel", found["example"]))
        for found in _ROW.finditer(text)
    ]


def _example(kind: str, line: str) -> Example:
    asked, arrow, promised = line.partition(" → ")
    assert arrow, f"no promise in {line!r}"
    value, _, codes = promised.partition("  // ")
    on = ""
    if kind == "feel cell":
        asked, _, on = asked.rpartition(" | ")
    told = tuple(code.strip() for code in codes.split(",") if code)
    return Example(kind, asked.strip(), on.strip(), value.strip(), told)
