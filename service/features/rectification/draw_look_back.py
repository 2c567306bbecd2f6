"""Draw a look-back: which closed items somebody looks at again."""

import secrets
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.rectification import rules
from service.features.rectification.by_table import decided
from service.features.rectification.codes import Severity
from service.features.rectification.round_rules import RoundTaken, half_year_before, sampled
from service.features.rectification.round_tables import LookBackCheck, LookBackRound

_CLOSED = """
SELECT i.id, i.number, i.body_id, i.severity, coalesce(array_agg(DISTINCT a.officer_id)
       FILTER (WHERE a.officer_id IS NOT NULL), '{}') AS officers
FROM rectification_item i LEFT JOIN item_acceptance a ON a.item_id = i.id
WHERE i.state = 'CLOSED' AND i.closed_on BETWEEN $1 AND $2
GROUP BY i.id ORDER BY i.severity, i.number
"""


class DrawnCheck(BaseModel):
    """One item to look at, and who may not."""

    check_id: UUID
    item_id: UUID
    number: str
    body_id: UUID
    barred: list[UUID]


class LookBackDrawn(BaseModel):
    """The round, and its sample in the order in which it was drawn."""

    round_id: UUID
    checks: list[DrawnCheck]


class DrawLookBack(Command[LookBackDrawn]):
    """Draw the sample of a half-yearly look-back (抽取回头看样本).

    From the items closed in the six whole months before, of each severity the share that the
    table `look_back_share` says, rounded up (domain §3.C). The seed is kept: with it anybody
    draws the same sample again. Whoever accepted an item is barred from its check.
    """

    name = "rectification.draw_look_back"
    duties = frozenset({Duty.PROCESS})
    title_zh = "抽取回头看样本"
    title_en = "Draw a look-back"
    refusals = (RoundTaken, rules.LedgerRulesMissing)

    instance_id: UUID


@handles(DrawLookBack)
async def draw_look_back(command: DrawLookBack, context: Context) -> LookBackDrawn:
    context.require_city()
    from_on, to_on = half_year_before(context.today)
    seed = secrets.token_hex(16)
    drawn: list[Record] = []
    shares: list[dict[str, Any]] = []
    records = await context.connection.fetch(_CLOSED, from_on, to_on)
    for severity, group in groupby(records, key=lambda record: record["severity"]):
        closed = {record["id"]: record for record in group}
        share = await decided(context, "look_back_share", severity=severity)
        chosen = sampled(seed, closed, Decimal(str(share)))
        drawn += [closed[item_id] for item_id in chosen]
        told = {"severity": severity, "closed": len(closed), "share": str(share)}
        shares.append({**told, "drawn": len(chosen)})
    kept = context.insert(
        LookBackRound(
            id=new_id(),
            from_on=from_on,
            to_on=to_on,
            seed=seed,
            shares=shares,
            instance_id=command.instance_id,
            drawn_at=context.now,
        )
    )
    await context.flush()
    return LookBackDrawn(
        round_id=kept.id, checks=[_check(context, kept.id, record) for record in drawn]
    )


def _check(context: Context, round_id: UUID, record: Record) -> DrawnCheck:
    check = context.insert(
        LookBackCheck(
            id=new_id(),
            round_id=round_id,
            item_id=record["id"],
            number=record["number"],
            body_id=record["body_id"],
            severity=Severity(record["severity"]),
            barred=record["officers"],
            evidence=[],
        )
    )
    return DrawnCheck(
        check_id=check.id,
        item_id=check.item_id,
        number=check.number,
        body_id=check.body_id,
        barred=check.barred,
    )
