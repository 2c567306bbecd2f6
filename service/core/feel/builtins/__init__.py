"""The built-in functions, by name."""

from collections.abc import Mapping

from .signature import Builtin

BUILTINS: Mapping[str, Builtin] = {}
