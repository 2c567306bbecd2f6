"""Set functions: give a body functions by its mandate, and end others, by one document."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.errors import InvalidInput
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.bodies import rules
from service.features.bodies.codes import FunctionAction
from service.features.bodies.division_tables import BodyFunction
from service.features.bodies.fields import EffectiveOn
from service.features.bodies.functions import FunctionView
from service.features.bodies.versions import LockedBody, locked_body

FunctionText = Annotated[Text, StringConstraints(min_length=1)]


class NewFunction(BaseModel):
    """A function to be given; `basis` is the law, rule or document that gives it."""

    content: FunctionText
    basis: Text = ""
    internal_body_id: UUID | None = None


class FunctionsView(BaseModel):
    """What one change gave and took; the rest of the body's functions stay."""

    body_id: UUID
    added: list[FunctionView]
    ended: tuple[UUID, ...]


class SetFunctions(Command[FunctionsView]):
    """Give a body functions and end others (调整职责), from one day on, by one document.

    A function that ends on its own first day never was: so one entered in error is taken back.
    """

    name = "bodies.set_functions"
    duties = LEDGER_WRITERS | {Duty.PROCESS}
    title_zh = "调整机构职责"
    title_en = "Set a body's functions"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "add": [{"content": "负责全市数据资源的统筹管理"}],
    }
    needs_version = True
    refusals = (rules.BodyClosed, rules.DayOutOfOrder, rules.FunctionEnded)

    body_id: UUID
    document_id: UUID
    effective_on: EffectiveOn
    add: Annotated[tuple[NewFunction, ...], Field(max_length=200)] = ()
    end: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _sets_something(self) -> "SetFunctions":
        if not (self.add or self.end) or len(set(self.end)) < len(self.end):
            raise ValueError("expected functions to add or to end, each once")
        return self


class FunctionsSet(Event):
    """A body has other functions now."""

    type: ClassVar[str] = "bodies.functions_set"
    title_zh = "机构职责已调整"
    title_en = "Functions set"

    body_id: UUID
    added: list[UUID]
    ended: tuple[UUID, ...]

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(SetFunctions)
async def set_functions(command: SetFunctions, context: Context) -> FunctionsView:
    """Append a row for each function given and each one ended; the body's ETag moves on."""
    locked = await locked_body(context, command.body_id)
    rules.require_day(command.effective_on, None, context.today)
    await _require_own_sections(context, command)
    ended = await _functions_to_end(context, command)
    added = [_row(command, context, locked, new.model_dump()) for new in command.add]
    for function in ended:
        told = {n: getattr(function, n) for n in ("content", "basis", "internal_body_id")}
        _row(command, context, locked, told, ends_id=function.id)
    context.tag(context.update(locked.body))
    context.announce(
        FunctionsSet(body_id=command.body_id, added=[row.id for row in added], ended=command.end)
    )
    return FunctionsView(
        body_id=command.body_id,
        added=[FunctionView(**row.model_dump(), true_until=None) for row in added],
        ended=command.end,
    )


def _row(
    command: SetFunctions,
    context: Context,
    locked: LockedBody,
    told: dict[str, Any],
    ends_id: UUID | None = None,
) -> BodyFunction:
    return context.insert(
        BodyFunction(
            id=new_id(),
            body_id=command.body_id,
            action=FunctionAction.ADD if ends_id is None else FunctionAction.END,
            document_id=command.document_id,
            true_from=command.effective_on,
            known_from=locked.known_from,
            command_id=context.command_id,
            ends_id=ends_id,
            **told,
        )
    )


async def _require_own_sections(context: Context, command: SetFunctions) -> None:
    """Refuse a function for a section that is not one of this body's."""
    asked = {new.internal_body_id for new in command.add} - {None}
    if not asked:
        return
    known = await context.connection.fetchval(
        """SELECT count(*) FROM internal_body
           WHERE id = ANY($1::uuid[]) AND body_id = $2 AND NOT is_abolished""",
        list(asked),
        command.body_id,
    )
    if known < len(asked):
        raise InvalidInput(
            "Expected existing internal bodies of this body, but one is none of them.",
            "应当为本机构现有的内设机构，但其中有的不是。",
        )


async def _functions_to_end(context: Context, command: SetFunctions) -> list[BodyFunction]:
    """The functions to be ended, each of this body and begun by then."""
    records = await context.connection.fetch(
        """SELECT * FROM body_function
           WHERE id = ANY($1::uuid[]) AND body_id = $2 AND action = 'ADD'""",
        command.end,
        command.body_id,
    )
    if len(records) < len(command.end):
        raise InvalidInput(
            "Expected functions of this body to be ended, but one is none of them.",
            "应当终止本机构的职责，但其中有的不是。",
        )
    functions = [BodyFunction.read(record) for record in records]
    for function in functions:
        rules.require_day(command.effective_on, function.true_from, context.today)
    return functions
