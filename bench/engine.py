"""`python -m bench.engine`: what the engine costs as an instance grows older or wider.

Times are CPU times of moves with their JSON: the state is read from text and written to text each
time. What matters are the ratios, which no machine changes: an old instance costs what a young one
costs, and a completion among twice as many parallel tasks hardly more.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from statistics import median
from time import process_time
from typing import Any

from service.core.engine import port
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.spiff.compile import Compiled
from service.core.engine.validate import is_sound, validate

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ROUNDS, SAMPLE = 10_000, 100
FORKS, CHAIN = 40, 2_000
AGED, DOUBLED, COMPLETION_MS, COMPLETION_KB, FORKS_S = 1.2, 1.2, 10.0, 100.0, 0.5

_FRAME = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="file"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">'
    '<process id="main" isExecutable="true"><startEvent id="s"/>{}<endEvent id="e"/></process>'
    "</definitions>"
)
_GATES = '<exclusiveGateway id="first"/><exclusiveGateway id="last" default="last_e"/>'
_COUNT = (
    '<scriptTask id="count"><extensionElements><zeebe:script expression="=n + 1"'
    ' resultVariable="n"/></extensionElements></scriptTask>'
)


def flows(*ends: str) -> str:
    """Sequence flows written `a > b`, or `a > b : condition`."""
    made = []
    for text in ends:
        path, _, condition = text.partition(" : ")
        source, target = path.split(" > ")
        inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        made.append(
            f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
            f"{inner}</sequenceFlow>"
        )
    return "".join(made)


def loop() -> str:
    """Four elements in a circle."""
    circle = flows("s > first", "first > t", "t > count", "count > last", "last > e")
    return f'{_GATES}{_COUNT}<userTask id="t"/>{circle}{flows("last > first : n &lt; 100000")}'


def loop_around_a_sub_process() -> str:
    inner = f'<startEvent id="ps"/>{_COUNT}<userTask id="t"/>{flows("ps > t", "t > count")}'
    circle = flows("s > first", "first > p", "p > last", "last > e")
    again = flows("last > first : n &lt; 100000")
    return f'{_GATES}<subProcess id="p">{inner}</subProcess>{circle}{again}'


def rounds(count: int, is_sequential: bool) -> str:
    """A multi-instance user task."""
    return (
        '<userTask id="t"><multiInstanceLoopCharacteristics'
        f' isSequential="{str(is_sequential).lower()}"><loopCardinality>{count}</loopCardinality>'
        f"</multiInstanceLoopCharacteristics></userTask>{flows('s > t', 't > e')}"
    )


def forks(count: int) -> str:
    """Pairs of fork and join in a row."""
    parts, before = [], "s"
    for n in range(count):
        parts += [f'<parallelGateway id="{x}{n}"/>' for x in ("f", "j")]
        parts += [f'<task id="{x}{n}"/>' for x in ("a", "b")]
        parts.append(flows(f"{before} > f{n}", f"f{n} > a{n}", f"f{n} > b{n}"))
        parts.append(flows(f"a{n} > j{n}", f"b{n} > j{n}"))
        before = f"j{n}"
    return "".join(parts) + flows(f"{before} > e")


def chain(count: int) -> str:
    names = [f"t{n}" for n in range(count)]
    path = ["s", *names, "e"]
    ends = (f"{a} > {b}" for a, b in pairwise(path))
    return "".join(f'<task id="{each}"/>' for each in names) + flows(*ends)


def deployed(body: str) -> Compiled:
    """Read, checked, made explicit and compiled.

    Raises:
        ValueError: The diagram has an error.
    """
    model = read(_FRAME.format(body).encode())
    found = validate(model)
    if not is_sound(found):
        raise ValueError(f"Expected a sound diagram, but got {found[0]}.")
    return port.compile(normalise(model))


def ageing(body: str) -> tuple[float, float, float]:
    """Milliseconds of a round: the median of the first and of the last hundred; bytes, likewise
    last to first."""
    diagram = deployed(body)
    outcome = port.start(diagram, "main", {"n": Decimal(0)}, NOW)
    text, times, sizes = json.dumps(outcome.state), [], []
    for _ in range(ROUNDS):
        opened = [each for each in outcome.effects if isinstance(each, port.TaskOpened)]
        begun = process_time()
        given = port.CompleteTask(opened[-1].instance)
        outcome = port.resume(diagram, json.loads(text), given, NOW)
        text = json.dumps(outcome.state)
        times.append((process_time() - begun) * 1_000)
        sizes.append(len(text))
    first, last = median(times[:SAMPLE]), median(times[-SAMPLE:])
    return first, last, sum(sizes[-SAMPLE:]) / sum(sizes[:SAMPLE])


class _Pages(Mapping[str, Any]):
    """Stored pages: texts, of which only those that are asked for are read."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.bytes = 0

    def __getitem__(self, key: str) -> Any:
        self.bytes += len(self.texts[key])
        return json.loads(self.texts[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def keep(self, changed: Mapping[str, Any]) -> None:
        for key, rows in changed.items():
            self.texts.pop(key, None)
            if rows is not None:
                self.texts[key] = json.dumps(rows)
                self.bytes += len(self.texts[key])


def completion(count: int) -> tuple[float, float]:
    """Milliseconds and kB, read and written, of completing one of so many parallel tasks."""
    diagram, pages = deployed(rounds(count, is_sequential=False)), _Pages()
    outcome = port.start(diagram, "main", {}, NOW, most=count * 10)
    opened = [each for each in outcome.effects if isinstance(each, port.TaskOpened)]
    pages.keep(outcome.changed)
    head, times, sizes = json.dumps(outcome.head), [], []
    for each in opened[:SAMPLE]:
        pages.bytes = 2 * len(head)
        begun = process_time()
        stored = json.loads(head) | {"pages": pages}
        outcome = port.resume(diagram, stored, port.CompleteTask(each.instance), NOW)
        head = json.dumps(outcome.head)
        pages.keep(outcome.changed)
        times.append((process_time() - begun) * 1_000)
        sizes.append(pages.bytes / 1_000)
    return median(times), max(sizes)


def seconds(body: str) -> tuple[float, float]:
    """Seconds to deploy a diagram, and to run it to its end.

    Raises:
        ValueError: It does not come to its end.
    """
    begun = process_time()
    diagram = deployed(body)
    deploying = process_time() - begun
    begun = process_time()
    outcome = port.start(diagram, "main", {}, NOW, most=100 * CHAIN)
    if outcome.head["ended"] != "completed":
        raise ValueError("Expected the diagram to run to its end, but it has not.")
    return deploying, process_time() - begun


def _told(name: str, figures: str, is_kept: bool) -> bool:
    sys.stdout.write(f"{name:38} {figures}{'' if is_kept else '   TOO MUCH'}\n")
    return is_kept


def main() -> int:
    kept = []
    bodies = {
        "a loop of four elements": loop(),
        "a loop around a sub-process": loop_around_a_sub_process(),
        "a sequential multi-instance": rounds(ROUNDS + 1, is_sequential=True),
    }
    for name, body in bodies.items():
        first, last, size = ageing(body)
        figures = f"{first:6.3f} ms → {last:6.3f} ms, × {last / first:4.2f}; bytes × {size:4.2f}"
        kept.append(_told(name, f"{figures} (at most {AGED})", max(last / first, size) <= AGED))
    before = 0.0
    for count in (500, 1_000, 2_000, 4_000):
        ms, kb = completion(count)
        ratio = ms / before if before else 1.0
        is_kept = ms <= COMPLETION_MS and kb <= COMPLETION_KB and ratio <= DOUBLED
        figures = f"{ms:6.3f} ms (at most {COMPLETION_MS}), × {ratio:4.2f}, {kb:5.1f} kB"
        kept.append(_told(f"one of {count} parallel tasks", figures, is_kept))
        before = ms
    deploying, running = seconds(forks(FORKS))
    figures = f"deployed {deploying:5.3f} s, run {running:5.3f} s (at most {FORKS_S})"
    kept.append(_told(f"{FORKS} forks and joins in a row", figures, running <= FORKS_S))
    deploying, running = seconds(chain(CHAIN))
    figures = f"deployed {deploying:5.3f} s, run {running:5.3f} s"
    kept.append(_told(f"a chain of {CHAIN} tasks", figures, True))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
