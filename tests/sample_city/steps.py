"""Who a diagram lets do each of its steps, and which steps one person must not do both."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.core.auth.actor import Duty
from service.core.safe_xml import tree_of

_WORD = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")
#: Of expressions that say who is kept out, what is no variable.
_FEEL = {"get", "or", "else", "null", "item"}
_QUOTED = re.compile(r'"([a-z_]+)@?"')


@dataclass
class Step:
    """A user task.

    Attributes:
        offers: The duties it is offered to, one set for each way that the case can go; none
            where it is only for a person who is named.
        named: The variable with the person who is named for it; "" for none.
        kept_out: Variables with people who must not do it.
        kept_apart: Tasks of its own process whose doer must not do it.
        says: Variables in which it keeps who did it.
        ends_alone: Whether the case goes on without it after a time.
    """

    key: str
    process: str
    offers: tuple[frozenset[Duty], ...]
    named: str
    kept_out: frozenset[str]
    kept_apart: frozenset[str]
    says: frozenset[str]
    ends_alone: bool


@dataclass
class Flow:
    """What the diagrams of one folder say together."""

    steps: dict[str, Step] = field(default_factory=dict)
    #: What each process calls.
    calls: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    #: Under which names one variable is handed on.
    handed_on: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    #: The duties that the results of decisions name, by decision.
    decided: dict[str, list[Duty]] = field(default_factory=dict)

    def chains_with(self, process: str) -> set[str]:
        """All processes that stand in one case with this one."""
        below = {each: self._below(each) for each in {*self.calls, process}}
        roots = below.keys() - {called for all_ in self.calls.values() for called in all_}
        return {process}.union(*(below[each] for each in roots if process in below[each]))

    def _below(self, process: str) -> set[str]:
        found, left = {process}, [process]
        while left:
            new = self.calls.get(left.pop(), set()) - found
            found |= new
            left.extend(new)
        return found

    def doers(self, variable: str, process: str) -> set[str]:
        """The steps whose doer a variable holds; none where no diagram of its cases sets it."""
        chains = self.chains_with(process)
        said = {
            key
            for key, step in self.steps.items()
            if variable in step.says and step.process in chains
        }
        return said or {
            key for each in self.handed_on[variable] for key in self.doers(each, process)
        }


def flow_of(folder: Path) -> Flow:
    """Read the diagrams and tables of a folder."""
    flow = Flow()
    for path in sorted(folder.glob("*.dmn")):
        for decision in tree_of(path.read_bytes()).iterfind("{*}decision"):
            words = {word for text in _results(decision) for word in _QUOTED.findall(text)}
            flow.decided[str(decision.get("id"))] = [Duty(each) for each in sorted(words & _DUTIES)]
    for path in sorted(folder.glob("*.bpmn")):
        for process in tree_of(path.read_bytes()).iterfind("{*}process"):
            _read(process, flow)
    return flow


_DUTIES = {duty.value for duty in Duty}


def _results(decision: Any) -> Iterator[str]:
    for entry in (*decision.iter("{*}outputEntry"), *decision.iter("{*}literalExpression")):
        yield str(entry.findtext("{*}text") or "")


def _read(process: Any, flow: Flow) -> None:
    name, lanes = str(process.get("id")), _lanes(process)
    for called in process.iter("{*}calledElement"):
        flow.calls[name].add(str(called.get("processId")))
    for given in process.iter("{*}input"):
        source, target = str(given.get("source")).removeprefix("="), str(given.get("target"))
        if _WORD.fullmatch(source) and source != target:
            flow.handed_on[target].add(source)
    waits = {
        str(event.get("attachedToRef"))
        for event in process.iter("{*}boundaryEvent")
        if event.find("{*}timerEventDefinition") is not None
    }
    for task in process.iter("{*}userTask"):
        id_ = str(task.get("id"))
        flow.steps[f"{name}.{id_}"] = _step(
            task, name, lanes.get(id_), flow, ends_alone=id_ in waits
        )


def _step(task: Any, process: str, lane: str | None, flow: Flow, *, ends_alone: bool) -> Step:
    extensions = task.find("{*}extensionElements")
    assigned = extensions.find("{*}assignmentDefinition")
    groups, named = ("", "") if assigned is None else _assigned(assigned)
    apart = extensions.find("{*}separation")
    recused = "" if apart is None else str(apart.get("recuse") or "")
    elements = "" if apart is None else str(apart.get("elements") or "")
    return Step(
        key=f"{process}.{task.get('id')}",
        process=process,
        offers=_offers(groups, None if named else lane, flow),
        named=named,
        kept_out=frozenset(set(_WORD.findall(recused)) - _FEEL),
        kept_apart=frozenset(f"{process}.{each}" for each in elements.replace(",", " ").split()),
        says=frozenset(
            str(given.get("target"))
            for given in extensions.iter("{*}output")
            if given.get("source") == "=action_by"
        ),
        ends_alone=ends_alone,
    )


def _assigned(assigned: Any) -> tuple[str, str]:
    """The groups, and the variable with the person who is named."""
    words = _WORD.findall(str(assigned.get("assignee") or ""))
    return str(assigned.get("candidateGroups") or ""), words[-1] if words else ""


def _offers(groups: str, lane: str | None, flow: Flow) -> tuple[frozenset[Duty], ...]:
    if not groups:
        return (frozenset({Duty(lane)}),) if lane else ()
    if not groups.startswith("="):
        return (frozenset(Duty(each.strip()) for each in groups.split(",")),)
    said = [Duty(each) for each in _QUOTED.findall(groups)]
    if not said:
        variable = groups.removeprefix("=").partition(".")[0]
        said = flow.decided[_DECIDED_BY_COMMANDS.get(variable, variable)]
    return tuple(frozenset({each}) for each in dict.fromkeys(said))


#: Where a command asks the decision, and not the diagram itself.
_DECIDED_BY_COMMANDS = {"extension_duty": "extension_check"}


def _lanes(process: Any) -> dict[str, str]:
    found = {}
    for lane in process.iter("{*}lane"):
        duty = lane.find("{*}extensionElements/{*}duty")
        for reference in lane.iterfind("{*}flowNodeRef"):
            if duty is not None:
                found[str(reference.text).strip()] = str(duty.get("id"))
    return found
