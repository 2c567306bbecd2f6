"""Reading scenario files, of tables and of diagrams: the YAML of strangers, and its faults."""

from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from service.features.decisions.finding import Finding

TEXT_MAX = 500_000
#: Characters of a value that a finding shows.
SHOWN = 200

_Model = TypeVar("_Model", bound=BaseModel)


class _Loader(yaml.SafeLoader):
    """YAML without aliases, which make a small file as large as they like, and without dates."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

#: A tag that does not fit its value makes PyYAML fail in whichever way.
UNREADABLE = (
    yaml.YAMLError,
    ValidationError,
    ValueError,
    RecursionError,
    AttributeError,
    LookupError,
)


def read_scenario(text: str, kind: type[_Model]) -> _Model:
    """A file as a model.

    Raises:
        Exception: One of `UNREADABLE`, where it is none.
    """
    if len(text) > TEXT_MAX:
        raise ValueError(f"it has more than {TEXT_MAX} characters")
    return kind.model_validate(yaml.load(text, _Loader))


def unreadable(path: str, fault: Exception, subject: str) -> Finding:
    """The finding of a file that could not be read; `subject` is the key that it begins with."""
    first, line = str(fault).partition("\n")[0], 0
    if isinstance(fault, ValidationError):
        error = fault.errors()[0]
        first = f"{'/'.join(map(str, error['loc']))}: {error['msg']}"
    elif isinstance(fault, yaml.MarkedYAMLError) and fault.problem_mark is not None:
        first, line = fault.problem or first, fault.problem_mark.line + 1
    message = f"Expected `{subject}` and `cases` in YAML, but {first[:SHOWN]}."
    message_zh = f"测试文件应当为含 {subject} 与 cases 的 YAML，但：{first[:SHOWN]}。"
    return Finding(
        path=path,
        rule="scenario_unreadable",
        severity="error",
        line=line,
        message=message,
        message_zh=message_zh,
    )


def shown(value: Any) -> str:
    """A value as a sentence shows it."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
