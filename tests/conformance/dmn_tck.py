"""Run any checkout of the DMN TCK: `python -m tests.conformance.dmn_tck FOLDER [--json OUT]`.

FOLDER holds `compliance-level-2` and so on. The unit that is counted is a result node.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from service.core.dmn import DmnModel, Refusal, UnknownName, deploy, read
from service.core.feel.errors import FeelError
from service.core.feel.run import Run
from service.core.feel.values import Value

from .tck_values import TCK, matches, shown, value_of


@dataclass(frozen=True)
class Failure:
    test: str
    case: str
    node: str
    expected: str
    came: str
    why: str = ""


@dataclass
class Report:
    """Passed and total result nodes for each test folder, as `compliance-level-3/0016-some`."""

    folders: dict[str, list[int]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def count(self, folder: str, failure: Failure | None) -> None:
        tally = self.folders.setdefault(folder, [0, 0])
        tally[0] += failure is None
        tally[1] += 1
        if failure is not None:
            self.failures.append(failure)

    def levels(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for folder, (passed, total) in self.folders.items():
            tally = found.setdefault(folder.partition("/")[0], [0, 0])
            tally[0] += passed
            tally[1] += total
        return found

    def as_json(self) -> dict[str, Any]:
        def named(tallies: dict[str, list[int]]) -> dict[str, dict[str, int]]:
            return {name: {"passed": p, "total": t} for name, (p, t) in tallies.items()}

        return {
            "passed": sum(passed for passed, _ in self.folders.values()),
            "total": sum(total for _, total in self.folders.values()),
            "levels": named(self.levels()),
            "folders": named(self.folders),
        }


def run(root: Path, only: str = "") -> Report:
    """Run every test below the folder, or those whose folder's name contains `only`."""
    report = Report()
    for file in sorted(root.glob("compliance-level-*/**/*.xml")):
        folder = str(file.parent.relative_to(root))
        if only in folder:
            for failure in _results(file):
                report.count(folder, failure)
    return report


def _results(file: Path) -> Iterator[Failure | None]:
    tree = etree.parse(file).getroot()  # the judge's own files, not a stranger's
    if tree.tag != f"{TCK}testCases":
        return
    name = "".join(tree.find(f"{TCK}modelName").itertext()).strip()
    model: DmnModel | Refusal
    try:
        model = _deployed(file.parent, name)
    except Refusal as refusal:
        model = refusal
    for case in tree.findall(f"{TCK}testCase"):
        inputs = {node.get("name"): value_of(node) for node in case.findall(f"{TCK}inputNode")}
        for node in case.findall(f"{TCK}resultNode"):
            expected = value_of(node.find(f"{TCK}expected"))
            came, why = _outcome(model, case, node.get("name"), inputs)
            if why != _REFUSED and matches(expected, came):
                yield None
            else:
                names = (file.stem, case.get("id", ""), node.get("name"))
                yield Failure(*names, shown(expected), shown(came), why)


_REFUSED = "the model was refused, or has no such decision"


def _deployed(folder: Path, model: str) -> DmnModel:
    others = [read(p.read_bytes()) for p in sorted(folder.glob("*.dmn")) if p.name != model]
    return deploy(read((folder / model).read_bytes()), others)


def _outcome(
    model: DmnModel | Refusal, case: Any, node: str, inputs: dict[str, Value]
) -> tuple[Value, str]:
    """What came, and why it is null where it is."""
    if isinstance(model, Refusal):
        return None, _REFUSED
    surroundings = Run()
    try:
        kind = case.get("type", "decision")
        invocable = node if kind == "decision" else case.get("invocableName")
        ask = model.evaluate if kind == "decision" else model.invoke
        evaluation = ask(invocable, inputs, surroundings)
    except UnknownName:
        return None, _REFUSED
    except FeelError as error:
        return None, str(error)
    value = evaluation.outputs[invocable]
    if kind == "decisionService" and isinstance(value, dict) and node in value:
        value = value[node]
    return value, "; ".join(w.message for w in evaluation.warnings[:3])


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dmn_tck", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, help="write passed and total of everything here")
    parser.add_argument("--only", default="", help="run folders whose name contains this")
    options = parser.parse_args(arguments)
    report = run(options.folder, options.only)
    say = sys.stdout.write
    for f in report.failures:
        say(f"{f.test} {f.case} {f.node}: expected {f.expected}, came {f.came}  {f.why}\n")
    for folder, (passed, total) in {**report.folders, **report.levels()}.items():
        say(f"{folder}: {passed}/{total}\n")
    if options.json:
        options.json.write_text(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    return 0 if not report.failures else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
