"""Table tests: files beside a model that say what it must answer.

decision: level
cases:
  - name: 六个职数报编委
    inputs: {posts: 6}
    expect: commission
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.core.dmn import DmnModel
from service.core.feel import FeelError, Run
from service.core.feel.border import from_wire, to_wire
from service.features.decisions.finding import Finding
from service.features.decisions.model_files import CheckedModel

_TEXT_MAX = 500_000


class Case(BaseModel):
    """One test: these inputs must give this value."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]
    inputs: dict[str, Any] = {}
    expect: Any


class Scenario(BaseModel):
    """The tests of one decision."""

    model_config = ConfigDict(extra="forbid")

    decision: str
    cases: Annotated[list[Case], Field(min_length=1, max_length=1000)]


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


def check_scenarios(
    texts: Mapping[str, str], models: Mapping[str, CheckedModel]
) -> Iterator[Finding]:
    """Run every test; an unreadable file is an error, a test that fails is its own severity."""
    by_key = {
        key: checked.model
        for checked in models.values()
        for key in checked.keys
        if checked.model is not None and checked.model.is_sound
    }
    for path, text in texts.items():
        try:
            if len(text) > _TEXT_MAX:
                raise ValueError(f"it has more than {_TEXT_MAX} characters")
            scenario = Scenario.model_validate(yaml.load(text, _Loader))
        except (yaml.YAMLError, ValidationError, ValueError, RecursionError) as fault:
            yield _finding(path, "error", "scenario_unreadable", *_unreadable(fault))
            continue
        model = by_key.get(scenario.decision)
        if model is None:
            yield _finding(path, "error", "scenario_without_decision", *_unknown(scenario.decision))
            continue
        for case in scenario.cases:
            if failed := _run(model, scenario.decision, case):
                yield _finding(path, "test", "scenario", *failed)


def _run(model: DmnModel, key: str, case: Case) -> tuple[str, str] | None:
    """Why a test fails, in two languages; None where it holds."""
    try:
        inputs = model.decode(case.inputs)
        expected = to_wire(from_wire(case.expect))
        got = to_wire(model.evaluate(key, inputs, Run()).outputs[key])
    except FeelError as fault:
        return f"{case.name}: {fault.message}", f"{case.name}：{fault.message_zh}"
    if got == expected:
        return None
    return (
        f"{case.name}: Expected {key} to be {expected!r}, but it is {got!r}.",
        f"{case.name}：{key}应当为{expected!r}，但结果为{got!r}。",
    )


def _unreadable(fault: Exception) -> tuple[str, str]:
    first = str(fault).splitlines()[0]
    return (
        f"Expected `decision` and `cases` in YAML, but {first}.",
        f"测试文件应当为含 decision 与 cases 的 YAML，但：{first}。",
    )


def _unknown(key: str) -> tuple[str, str]:
    return (
        f"Expected the id of a sound decision of this release, but {key} is not one.",
        f"应当为本版本中无误的决策标识，但{key}不是。",
    )


def _finding(path: str, severity: Any, rule: str, message: str, message_zh: str) -> Finding:
    return Finding(path=path, rule=rule, severity=severity, message=message, message_zh=message_zh)
