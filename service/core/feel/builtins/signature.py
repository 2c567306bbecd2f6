"""How a built-in function says which arguments it takes.

A call is matched against the signatures in order. An argument fits a parameter where its kind
is among the parameter's kinds; else a list with one element is tried as that element, and a
single value as a list of itself (the implicit conversions of DMN 1.5 §10.3.2.9.4). Where no
signature fits, the call is null with a warning.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

from ..values import Value


@final
class _NotGiven:
    """The kind of `NOT_GIVEN`, which is no value of the language."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NOT_GIVEN"


NOT_GIVEN: Final = _NotGiven()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    Attributes:
        name: As in the standard, for named calls; may hold spaces.
        kinds: Kinds it takes, as `kind_of` names them, with `null` where null is taken; empty
            where it takes anything.
        optional: Whether it may be left out; the function then gets NOT_GIVEN.
        variadic: Whether it takes all remaining positional arguments (only the last may).
    """

    name: str
    kinds: frozenset[str] = frozenset()
    optional: bool = False
    variadic: bool = False


def parameter(name: str, *kinds: str, optional: bool = False, variadic: bool = False) -> Parameter:
    """A parameter that takes these kinds, or anything where none is named."""
    return Parameter(name, frozenset(kinds), optional, variadic)


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of one form of a function.

    Attributes:
        parameters: In order.
        call: What to call for this form instead of the function's own `call`.
    """

    parameters: tuple[Parameter, ...]
    call: Callable[..., Value] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Builtin:
    """A built-in function: a value, like any other function.

    Attributes:
        name: As in the standard; may hold spaces.
        signatures: Its forms; the first that fits is used.
        call: Called as `call(run, *args)`: one argument for each parameter, NOT_GIVEN for one
            that is left out, and the arguments of a variadic one spread at the end.
    """

    name: str
    signatures: tuple[Signature, ...]
    call: Callable[..., Value]
