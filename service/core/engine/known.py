"""What a diagram may name that is not in its file: commands, forms, decisions, duties."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CommandFields:
    """The fields that a command takes, and those of them that it cannot do without."""

    all: frozenset[str]
    required: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What exists outside the file. None: it is not known here, and not checked.

    Attributes:
        processes: Ids of processes in other files.
        features: Names of features; a task type that begins with one and a dot is a command.
        commands: The registered commands by name.
        forms, decisions, duties: Ids.
        full_joins: Whether a join that can never be full is an error; else it is a warning.
    """

    processes: frozenset[str] | None = frozenset()
    features: frozenset[str] = frozenset()
    commands: Mapping[str, CommandFields] = field(default_factory=dict)
    forms: frozenset[str] | None = None
    decisions: frozenset[str] | None = None
    duties: frozenset[str] | None = None
    full_joins: bool = True
