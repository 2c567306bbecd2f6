"""An evaluation's explanation as JSON: what each decision saw, which rules fired, and why."""

from typing import Any

from pydantic import BaseModel

from service.core.dmn import DecisionRun, Evaluation, TableRun
from service.core.feel import Value
from service.core.feel.border import BorderFault, to_wire

#: Characters of an id that an index takes.
RULE_ID_MAX = 200


class FiredRuleView(BaseModel):
    """A rule that counted in the result, with its annotation columns by name."""

    number: int
    id: str
    outputs: dict[str, Any]
    annotations: dict[str, str]


class TableView(BaseModel):
    """One evaluation of a decision table."""

    table: str
    hit_policy: str
    inputs: dict[str, Any]
    #: Numbers of all rules that matched; `fired` are those that count.
    matched: list[int]
    fired: list[FiredRuleView]
    is_default: bool


class DecisionExplained(BaseModel):
    """One decision: what it saw, what it said, and why a value is null."""

    id: str
    name: str
    inputs: dict[str, Any]
    output: Any
    tables: list[TableView]
    warnings: list[str]
    warnings_zh: list[str]


def explained(evaluation: Evaluation) -> list[DecisionExplained]:
    """Every decision that was made on the way, in order."""
    return [_decision(run) for run in evaluation.decisions]


def fired_rules(explanation: list[DecisionExplained]) -> list[str]:
    """The ids of all rules that fired, each once; too long ones cannot be searched by."""
    found = {
        rule.id: None
        for decision in explanation
        for table in decision.tables
        for rule in table.fired
        if 0 < len(rule.id) <= RULE_ID_MAX
    }
    return list(found)


def _decision(run: DecisionRun) -> DecisionExplained:
    return DecisionExplained(
        id=run.id,
        name=run.name,
        inputs={name: _shown(value) for name, value in run.inputs.items()},
        output=_shown(run.output),
        tables=[_table(table) for table in run.tables],
        warnings=[warning.message for warning in run.warnings],
        warnings_zh=[warning.message_zh for warning in run.warnings],
    )


def _table(run: TableRun) -> TableView:
    return TableView(
        table=run.table,
        hit_policy=run.hit_policy,
        inputs={name: _shown(value) for name, value in run.inputs.items()},
        matched=list(run.matched),
        fired=[
            FiredRuleView(
                number=rule.number,
                id=rule.id,
                outputs={name: _shown(value) for name, value in rule.outputs.items()},
                annotations=dict(rule.annotations),
            )
            for rule in run.fired
        ],
        is_default=run.is_default,
    )


def _shown(value: Value) -> Any:
    """A value as JSON; what has no form there, as a function in between, by a word."""
    try:
        return to_wire(value)
    except BorderFault as fault:
        return fault.message
