"""Gather the facts of the violation gate: what the ledger says of some bodies."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.rectification.standing_tables import Grade

_ITEMS = """
SELECT number AS no, body_id, problem, area, state NOT IN ('CLOSED', 'REFERRED_CLOSED') AS is_open,
       severity, is_overdue, state = 'DISPUTED' AS is_disputed, is_long_term, is_on_target,
       coalesce(closed_on > $2::date - interval '12 months', false) AS closed_within_12_months
FROM rectification_item
WHERE body_id = ANY ($1) AND state NOT IN ('DRAFT', 'MERGED', 'VOIDED') ORDER BY number
"""


_STANDINGS = """
SELECT wanted.id AS body_id, s.report_due_on, s.has_overdue_exits, s.is_dishonest, s.last_grade
FROM unnest($1::uuid[]) WITH ORDINALITY wanted (id, place) LEFT JOIN LATERAL (
    SELECT * FROM body_standing b WHERE b.body_id = wanted.id
    ORDER BY b.set_at DESC, b.id DESC LIMIT 1) s ON true ORDER BY wanted.place
"""


class GateFacts(BaseModel):
    """What the decision `gate` reads beside the request: members by the names of its table."""

    items: list[dict[str, Any]]
    standings: list[dict[str, Any]]


class GatherGateFacts(Command[GateFacts]):
    """Gather what the gate reads of some bodies (汇集关口事实): registered items, and standings."""

    name = "rectification.gather_gate_facts"
    duties = frozenset({Duty.PROCESS})
    title_zh = "汇集关口事实"
    title_en = "Gather the facts of the gate"

    body_ids: Annotated[list[UUID], Field(min_length=1, max_length=50)]


@handles(GatherGateFacts)
async def gather_gate_facts(command: GatherGateFacts, context: Context) -> GateFacts:
    context.require_city()
    return await gate_facts(context.connection, command.body_ids, context.today)


async def gate_facts(connection: Connection, body_ids: list[UUID], today: date) -> GateFacts:
    """The facts as they are on a day: the ledger's items, and how each body stands beside it."""
    records = await connection.fetch(_ITEMS, body_ids, today)
    items = [{**dict(record), "body_id": str(record["body_id"])} for record in records]
    standings = [
        {
            "body_id": str(record["body_id"]),
            # Calendar days, as the table of the gate counts them.
            "report_days_late": max((today - (record["report_due_on"] or today)).days, 0),
            "has_overdue_exits": bool(record["has_overdue_exits"]),
            "is_dishonest": bool(record["is_dishonest"]),
            "last_grade": Grade(record["last_grade"] or Grade.NONE).zh,
        }
        for record in await connection.fetch(_STANDINGS, body_ids)
    ]
    return GateFacts(items=items, standings=standings)
