"""Decision models out of the document for diagram authors: tables in Markdown, boxes and files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from service.core.dmn import DmnModel, deploy, read
from service.core.feel import Value, compile
from service.features.processes.contents import File
from tests.core.dmn.written import decision, definitions, input_data, output, table

POLICIES = {
    "U": ("UNIQUE", ""),
    "A": ("ANY", ""),
    "F": ("FIRST", ""),
    "P": ("PRIORITY", ""),
    "O": ("OUTPUT ORDER", ""),
    "R": ("RULE ORDER", ""),
    "C": ("COLLECT", ""),
    "C+": ("COLLECT", "SUM"),
    "C<": ("COLLECT", "MIN"),
    "C>": ("COLLECT", "MAX"),
    "C#": ("COLLECT", "COUNT"),
}
_PART = re.compile(
    r"^(?P<table>\| \*\*(?P<policy>[A-Z][+<>#]?)\*\* \|.*?\n)(?=\n)"
    r"|^```(?P<kind>[^\n]*)\n(?P<body>.*?)^```$",
    re.M | re.S,
)


@dataclass
class Shown:
    """A table or a box with what the document says about it.

    Attributes:
        policy: The letter of a table; "" of a box.
        asked: Lines `{inputs}  → value  // rules or warnings`.
        findings: Lines `severity rule: sentence`.
    """

    text: str
    policy: str = ""
    asked: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def model(self) -> DmnModel:
        """It as the only decision `d`, with the inputs that the lines give."""
        names: list[str] = []
        for line in self.asked:
            names.extend(values(line.partition("  → ")[0]))
        if not names:
            names = re.findall(r"`(\w+)`", self.text)
        names = list(dict.fromkeys(names))
        box = _table(self.text, self.policy) if self.policy else self.text
        return deploy(read(definitions(*map(input_data, names), decision("d", box, inputs=names))))


def values(text: str) -> dict[str, Value]:
    """A context of FEEL."""
    value = compile(text)({})
    assert isinstance(value, dict), text
    return value


def shown(document: str) -> list[Shown]:
    """Tables and boxes in order, each with the blocks that follow it."""
    found: list[Shown] = []
    for part in _PART.finditer(document):
        if part["table"]:
            found.append(Shown(part["table"], part["policy"]))
        elif part["kind"] == "xml box":
            found.append(Shown(part["body"]))
        elif part["kind"] == "decision":
            found[-1].asked += part["body"].splitlines()
        elif part["kind"] == "findings":
            found[-1].findings += part["body"].splitlines()
    return found


def files(document: str) -> list[File]:
    """The files that a document shows, by the paths behind the language of their fences."""
    return [
        File(path=part["kind"].split()[1], content=part["body"])
        for part in _PART.finditer(document)
        if re.fullmatch(r"(xml|yaml) \S+\.\w+", part["kind"] or "")
    ]


def _table(text: str, policy: str) -> str:
    """Markdown to XML: `inputs`, → outputs, *annotations*, and rows for values and default."""
    head, _, *rows = map(_cells, text.splitlines())
    rules = [row for row in rows if row[0].isdigit()]
    special = {row[0]: row for row in rows if not row[0].isdigit()}
    assert set(special) <= {"values", "default"}, special
    assert [row[0] for row in rules] == [str(n) for n in range(1, len(rules) + 1)]
    ins, outs, notes = (list(_columns(head, mark)) for mark in ("`", "→", "*"))
    assert len(ins) + len(outs) + len(notes) + 1 == len(head), head
    pick = partial(_picked, special, len(head))
    name, aggregation = POLICIES[policy]
    return table(
        [head[n].strip("`") for n in ins],
        [_rule(row, ins, outs, notes) for row in rules],
        policy=name,
        aggregation=aggregation,
        outputs=[output(head[n][2:], pick("values", n), pick("default", n)) for n in outs],
        annotations=[head[n].strip("*") for n in notes],
        input_values=[pick("values", n) for n in ins],
    )


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _columns(head: list[str], mark: str) -> Iterator[int]:
    return (n for n, cell in enumerate(head) if n and cell.startswith(mark))


def _picked(special: dict[str, list[str]], width: int, row: str, place: int) -> str:
    return special.get(row, [""] * width)[place]


def _rule(row: list[str], ins: list[int], outs: list[int], notes: list[int]) -> str:
    tests, results, said = (" | ".join(row[n] for n in group) for group in (ins, outs, notes))
    return f"{tests} -> {results}" + (f" / {said}" if said else "")
