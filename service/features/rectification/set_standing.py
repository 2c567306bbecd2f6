"""Set how a body stands: missing reports, exits, the list of the dishonest, its grade."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.documents.rules import DocumentMissing
from service.features.processes.rules import ProcessMissing
from service.features.rectification.gate_notice import tell_gate
from service.features.rectification.standing_tables import BodyStanding, Grade

_BODY = "SELECT lineage, full_name FROM body WHERE id = $1"


class StandingView(BaseModel):
    """How a body stands, since when, and who said so why."""

    id: UUID
    body_id: UUID
    report_due_on: date | None
    has_overdue_exits: bool
    is_dishonest: bool
    last_grade: Grade
    reason: str
    document_id: UUID | None
    set_at: datetime
    set_by_name: str


class SetStanding(Command[StandingView]):
    """Say how a body stands (登记单位状况): the violation gate reads it beside the ledger.

    Everything is said anew; what was said before stays on record. The suspended matters of the
    body are told.
    """

    name = "rectification.set_standing"
    duties = frozenset({Duty.INSPECTOR, Duty.OFFICE_LEGAL_REVIEWER, Duty.PROCESS})
    title_zh = "登记单位状况"
    title_en = "Set how a body stands"
    status = 201
    refusals = (DocumentMissing, ProcessMissing)
    example: ClassVar = {"is_dishonest": True, "reason": "列入事业单位失信名单。"}

    body_id: UUID
    report_due_on: date | None = None
    has_overdue_exits: bool = False
    is_dishonest: bool = False
    last_grade: Grade = Grade.NONE
    reason: Annotated[Text, Field(min_length=1)]
    document_id: UUID | None = None


@handles(SetStanding)
async def set_standing(command: SetStanding, context: Context) -> StandingView:
    body = await context.connection.fetchrow(_BODY, command.body_id)
    context.require_reach([] if body is None else body["lineage"], "a body with this id")
    assert body is not None, "an unknown body is within nobody's reach"
    known = "SELECT $1::uuid IS NULL OR EXISTS (SELECT FROM document WHERE id = $1)"
    if not await context.connection.fetchval(known, command.document_id):
        raise DocumentMissing(
            "Expected the paper on record, but there is no such document.",
            "应当有依据文件，但没有该文件。",
        )
    kept = context.insert(
        BodyStanding(
            **command.model_dump(),
            id=new_id(),
            set_at=context.now,
            set_by=context.actor.id,
            set_by_name=context.actor.name,
        )
    )
    await tell_gate(context, kept.body_id, f"单位状况变化：{body['full_name']}")
    return StandingView.model_validate(kept.model_dump())
