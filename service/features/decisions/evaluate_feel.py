"""Evaluate an expression, to try it out."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field, StringConstraints

from service.core import feel
from service.core.auth.policy import OFFICE
from service.core.command import Context
from service.core.feel.border import to_wire
from service.core.operation import Command, handles
from service.features.decisions import rules
from service.features.decisions.evaluating import WORKING_DAYS, refusing, run_for, values_of
from service.features.processes.authors import AUTHORS

Expression = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


class FeelWarning(BaseModel):
    """Why a value is null, and where in the text, from 1."""

    code: str
    message: str
    message_zh: str
    line: int
    column: int


class FeelAnswer(BaseModel):
    """The value as JSON, the variables that the text reads, and why something is null."""

    value: Any
    reads: list[str]
    warnings: list[FeelWarning]


class EvaluateFeel(Command[FeelAnswer]):
    """Try a FEEL expression on some variables (试算表达式); nothing is kept.

    `is_unary` takes the text as the cell of a table, tested on the variable `?`. With `is_strict`
    a null that would carry a warning is refused, as the conditions of diagrams are.
    """

    name = "decisions.evaluate_feel"
    duties = AUTHORS | OFFICE
    title_zh = "试算表达式"
    title_en = "Evaluate FEEL"
    is_stored = False
    refusals = (rules.FeelSyntax, rules.FeelFault, rules.BudgetSpent, rules.ValueOutside)
    example: ClassVar = {
        "expression": "if posts > vacancies then posts - vacancies else 0",
        "variables": {"posts": 3, "vacancies": 1},
    }

    expression: Expression
    variables: Annotated[dict[str, Any], Field(max_length=1000, default_factory=dict)]
    is_unary: bool = False
    is_strict: bool = False


@handles(EvaluateFeel)
async def evaluate_feel(command: EvaluateFeel, context: Context) -> FeelAnswer:
    """Compile and run it within the budget of one evaluation."""
    context.require_city()
    compile_text = feel.compile_unary_tests if command.is_unary else feel.compile
    run = await run_for(
        context.connection,
        context.now,
        counts_days=WORKING_DAYS in command.expression,
        is_strict=command.is_strict,
    )
    with refusing():
        expression = compile_text(command.expression, command.variables)
        value = to_wire(expression(values_of(command.variables), run))
    return FeelAnswer(
        value=value,
        reads=sorted(expression.reads),
        warnings=[
            FeelWarning(
                code=warning.code,
                message=warning.message,
                message_zh=warning.message_zh,
                line=warning.line,
                column=warning.column,
            )
            for warning in run.warnings
        ],
    )
