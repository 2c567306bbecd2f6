"""Functions of truth, existence and identity (DMN 1.5, tables 73 and 77; Camunda's additions)."""

from ..errors import EvaluationError
from ..run import Run
from ..temporal_arithmetic import is_temporal, same
from ..values import BOOLEAN, NULL, STRING, Value
from ..values import same as same_value
from .signature import Builtin, Signature, parameter


def _not(run: Run, negand: Value) -> Value:
    return None if negand is None else not negand


def _is(run: Run, left: Value, right: Value) -> Value:
    """Equal, and for temporal values also with the same zone and fraction of a second."""
    if is_temporal(left) and is_temporal(right):
        return same(left, right)
    return same_value(run, left, right)


def _is_defined(run: Run, value: Value) -> Value:
    return value is not None


def _get_or_else(run: Run, value: Value, default: Value) -> Value:
    return default if value is None else value


def _assert(run: Run, value: Value, condition: Value, cause: Value) -> Value:
    """The value where the condition is true.

    Raises:
        EvaluationError: It is not; the message is the cause, where one is given.
    """
    if condition is True:
        return value
    said = cause if isinstance(cause, str) else ""
    place = run.position
    raise EvaluationError(
        "assertion_failed",
        said or "Expected the asserted condition to be true, but it is not.",
        said or "断言的条件不成立。",
        line=place.line,
        column=place.column,
    )


_VALUE = parameter("value")

FUNCTIONS: tuple[Builtin, ...] = (
    Builtin("not", (Signature((parameter("negand", BOOLEAN, NULL),)),), _not),
    Builtin("is", (Signature((parameter("value1"), parameter("value2"))),), _is),
    Builtin("is defined", (Signature((_VALUE,)),), _is_defined),
    Builtin("get or else", (Signature((_VALUE, parameter("default"))),), _get_or_else),
    Builtin(
        "assert",
        (Signature((_VALUE, parameter("condition"), parameter("cause", STRING, optional=True))),),
        _assert,
    ),
)
