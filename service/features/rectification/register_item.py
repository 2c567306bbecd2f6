"""Register an item: it gets its number, its class and its severity."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.documents.numbering import next_number
from service.features.rectification import rules
from service.features.rectification.codes import Area, Cause, ItemState, Severity
from service.features.rectification.finding import locked_item
from service.features.rectification.steps import ItemStep, moved

#: Numbers of the ledger are counted by year in this series.
SERIES = "QL-ZG"


class RegisterItem(Command[ItemStep]):
    """Register a confirmed problem in the ledger (登记整改事项).

    The number QL-ZG-year-NNNN is given here and leaves no gap. `days` are working days from the
    notice on."""

    name = "rectification.register_item"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记整改事项"
    title_en = "Register an item"
    refusals = (rules.ItemMoved,)

    item_id: UUID
    breach: Annotated[str, Field(max_length=60)]
    category: Annotated[int, Field(ge=1, le=99)]
    category_name: Line
    area: Area
    severity: Severity
    days: Annotated[int, Field(ge=1, le=1000)]
    cause: Cause
    problem: Line
    facts: Annotated[str, Field(min_length=1, max_length=5000)]
    article: Annotated[str | None, Field(max_length=200)] = None
    is_repeat: bool = False
    is_data_item: bool = False
    is_referred: bool = False
    drafted_by: UUID


@handles(RegisterItem)
async def register_item(command: RegisterItem, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.CONFIRMED)
    year = context.today.year
    number = await next_number(context, SERIES, year)
    return await moved(
        context,
        item,
        ItemState.CONFIRMED,
        moves_gate=True,
        number=f"{SERIES}-{year}-{number:04d}",
        registered_on=context.today,
        **command.model_dump(exclude={"item_id"}),
    )
