"""The executable features of betsy, run on this engine.

    python -m tests.conformance.betsy FOLDER CASES [--step] [--only NAME]

`--step` stores and reads the state after every single step. The last line is
`features N/68, cases N/M`. A feature passes when all its cases do: the trace is the expected
multiset of log tokens, also in a longer run than betsy's own, and no event is left unhandled.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from service.core.engine import port
from service.core.engine.findings import ERROR
from service.core.engine.known import Known
from service.core.engine.normalise import normalise
from service.core.engine.spiff.compile import Compiled
from service.core.engine.validate import validate

from .betsy_host import Host
from .betsy_models import model_of

LONGEST_DELAY = 120.0


@dataclass(frozen=True)
class Verdict:
    """What a case has come to.

    Attributes:
        passed: Whether the trace is the expected one, and nothing is left unhandled.
        trace: The log tokens, sorted.
        note: Incidents and unhandled events, for the reader.
    """

    passed: bool
    trace: list[str]
    note: str


class NotDeployed(Exception):
    """The file is refused; the text lists why."""


def deployed(data: bytes) -> Compiled:
    """The file as it would run: read, checked, made explicit, compiled.

    Joins that can never be full are let pass: betsy wants to see the run stop there.

    Raises:
        NotDeployed: The file has an error.
    """
    model = model_of(data)
    errors = [each for each in validate(model, Known(full_joins=False)) if each.severity == ERROR]
    if errors:
        raise NotDeployed("; ".join(f"{each.rule}: {each.message}" for each in errors))
    return port.compile(normalise(model))


def run_case(folder: Path, feature: dict[str, Any], case: dict[str, Any], most: int) -> Verdict:
    """Run one case in virtual time."""
    expected = sorted(case["expected"])
    try:
        compiled = deployed((folder / feature["file"]).read_bytes())
    except NotDeployed as refusal:
        is_expected = expected in (["ERROR_deployment"], ["ERROR"])
        return Verdict(is_expected, ["ERROR_deployment"], str(refusal))
    host = Host(compiled, most)
    variables: dict[str, Any] = {"integerVariable": Decimal(case["integerVariable"])}
    if case["input"] is not None:
        variables["test"] = case["input"]
    if case["parallel"]:
        host.start("ParallelProcess", dict(variables))
    host.start(feature["name"], variables)
    host.run_for(max(LONGEST_DELAY, case["delay_ms"] / 1000))
    trace = sorted(host.trace)
    if expected == ["ERROR"]:
        trace = sorted("ERROR" if each.startswith("ERROR_") else each for each in trace)
    note = "; ".join([*host.incidents, *host.unhandled])
    return Verdict(trace == expected and not host.unhandled, trace, note)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--step", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args(arguments)
    features = json.loads(options.cases.read_text(encoding="utf-8"))
    features = [each for each in features if options.only in each["name"]]
    most = 1 if options.step else port.MOST_STEPS
    passed_features = passed = total = 0
    for feature in features:
        verdicts = []
        for case in feature["cases"]:
            verdict = run_case(options.folder, feature, case, most)
            verdicts.append(verdict)
            if not verdict.passed:
                sys.stdout.write(
                    f"{feature['name']} {case['input']!r}: expected {sorted(case['expected'])},"
                    f" but got {verdict.trace}; {verdict.note}\n"
                )
        total += len(verdicts)
        passed += sum(each.passed for each in verdicts)
        passed_features += all(each.passed for each in verdicts)
    sys.stdout.write(f"features {passed_features}/{len(features)}, cases {passed}/{total}\n")
    return 0 if passed == total else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
