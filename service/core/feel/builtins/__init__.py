"""The built-in functions, by name."""

from collections.abc import Mapping

from .signature import Builtin


def _registry() -> Mapping[str, Builtin]:
    # The functions need `values`, which needs this package's signatures.
    from . import (
        aggregates,
        booleans,
        calendar,
        contexts,
        conversion,
        json,
        lists,
        numbers,
        ranges,
        strings,
        temporal,
    )

    modules = (
        *(aggregates, booleans, calendar, contexts, conversion),
        *(json, lists, numbers, ranges, strings, temporal),
    )
    return {function.name: function for module in modules for function in module.FUNCTIONS}


BUILTINS: Mapping[str, Builtin] = _registry()
