"""Paths: members of contexts, of the elements of lists, of temporal values and of ranges."""

from .run import Run
from .temporal import Missing
from .temporal_members import member as temporal_member
from .values import TEMPORAL_TYPES, Range, Value, kind_of
from .warnings import Position


def member_of(run: Run, at: Position, value: Value, member: str) -> Value:
    """`value.member`, for a list the list of its elements' members (DMN 1.5 table 45).

    Null with a warning where the value has no such member.
    """
    if type(value) is dict:
        return value[member] if member in value else _no_member(run, at, value, member)
    if type(value) is list:
        return _of_elements(run, at, value, member)
    if type(value) in TEMPORAL_TYPES:
        found = temporal_member(value, member)  # type: ignore[arg-type]
        return _no_member(run, at, value, member) if isinstance(found, Missing) else found
    if type(value) is Range:
        return _of_range(run, at, value, member)
    return _no_member(run, at, value, member)


def _of_elements(run: Run, at: Position, elements: list[Value], member: str) -> list[Value]:
    budget = run.budget
    budget.step(len(elements))
    budget.size(len(elements))
    budget.enter(3)
    found = []
    for element in elements:
        if type(element) is dict and member in element:
            found.append(element[member])
        else:
            found.append(member_of(run, at, element, member))
    budget.leave(3)
    return found


def _of_range(run: Run, at: Position, value: Range, member: str) -> Value:
    members: dict[str, Value] = {
        "start": value.start,
        "start included": value.start_included,
        "end": value.end,
        "end included": value.end_included,
    }
    return members[member] if member in members else _no_member(run, at, value, member)


def _no_member(run: Run, at: Position, value: Value, member: str) -> Value:
    kind = kind_of(value)
    return run.null_at(
        at,
        "no_such_member",
        f"Expected a value with the member `{member}`, but this {kind} has none.",
        f"此处的 {kind} 没有成员“{member}”。",
    )
