"""What an element sees: its variables, as they go over the wire. Pure, for those who only look."""

from collections.abc import Mapping
from typing import Any

from service.core.feel.border import to_wire

from .pages import SIZE
from .scopes import Scopes
from .state import Json, opened, unpark


def page_of(number: int) -> str:
    """The page on which an element instance lies where it is not in the head of the state."""
    return f"parked {number // SIZE}"


def visible(state: Json, number: int, walls: frozenset[str]) -> Mapping[str, Any] | None:
    """The variables that an element instance can read, by name; None where it is gone.

    Args:
        state: The head with, under `pages`, at least the page `page_of(number)`.
        walls: Nodes beyond which nothing is seen: the processes (`Compiled.walls`).

    Raises:
        UnknownVersion: The state is of another version.
    """
    found = opened(state)
    if number not in found.instances and unpark(found, number) is None:
        return None
    view = Scopes(found, walls).view(number)
    return {name: to_wire(value) for name, value in view.items()}
