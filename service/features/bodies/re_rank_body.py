"""Re-rank a body: from a day on it has another institutional rank."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.features.bodies import rules
from service.features.bodies.codes import BodyAction, Rank
from service.features.bodies.guards import ask_guards
from service.features.bodies.versions import BodyChange, change, locked_body
from service.features.bodies.view import BodyView


class ReRankBody(BodyChange):
    """Give a body another rank (调整机构规格), never below what its posts require (I10).

    Whether it may have it is decided in its flow.
    """

    name = "bodies.re_rank_body"
    title_zh = "调整机构规格"
    title_en = "Re-rank a body"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "rank": "FUCHU",
    }
    refusals = (*BodyChange.refusals, rules.NothingChanges, rules.RankTooHigh)

    rank: Rank


@handles(ReRankBody)
async def re_rank_body(command: ReRankBody, context: Context) -> BodyView:
    """Keep a version with the new rank."""
    locked = await locked_body(context, command.body_id)
    rules.require_change(locked.body.rank, command.rank)
    await ask_guards(context, locked.body, command.effective_on, rank=command.rank)
    return change(context, locked, BodyAction.RE_RANK, command, rank=command.rank)
