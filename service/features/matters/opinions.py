"""An opinion that a body was asked for, under the lock of its matter."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.command import Context
from service.features.matters import rules
from service.features.matters.finding import locked_matter
from service.features.matters.opinion_tables import OpinionRequest
from service.features.matters.tables import Matter

_WHAT = "a request for an opinion with this id"
_WAITING = """
SELECT * FROM opinion_request
WHERE matter_id = $1 AND opinion IS NULL AND closed_at IS NULL ORDER BY id FOR UPDATE
"""
_OBJECTING = """
SELECT count(*) FROM (
  SELECT DISTINCT ON (body_id) opinion FROM opinion_request WHERE matter_id = $1
  ORDER BY body_id, asked_at DESC, id DESC) newest
WHERE opinion = 'OBJECT'
"""


async def open_request(context: Context, request_id: UUID) -> tuple[OpinionRequest, Matter]:
    """A request that waits for its answer, with its matter locked.

    Raises:
        NotFound: There is none.
        OpinionAnswered: It is answered already, stands as unanswered, or is asked no longer.
    """
    matter_id = await context.connection.fetchval(
        "SELECT matter_id FROM opinion_request WHERE id = $1", request_id
    )
    if matter_id is None:
        context.require_reach([], _WHAT)
        raise missing(_WHAT)
    matter = await locked_matter(context, matter_id)
    record = await context.connection.fetchrow(
        "SELECT * FROM opinion_request WHERE id = $1 FOR UPDATE", request_id
    )
    assert record is not None, "requests are never deleted"
    request = OpinionRequest.read(record)
    if request.opinion is not None:
        raise rules.OpinionAnswered(
            f"Expected a request without an answer, but the answer is {request.opinion.value}.",
            f"应当为尚未答复的征求意见，但已记为“{request.opinion.zh}”。",
            opinion=request.opinion.value,
        )
    if request.closed_at is not None:
        raise rules.OpinionAnswered(
            "Expected a request that waits for its answer, but it is asked no longer.",
            "应当为等待答复的征求意见，但本轮论证已结束。",
        )
    return request, matter


async def close_requests(context: Context, matter_id: UUID) -> None:
    """Ask nobody any longer who has not answered yet: the round is over."""
    waiting = await context.connection.fetch(_WAITING, matter_id)
    for record in waiting:
        context.update(OpinionRequest.read(record), closed_at=context.now)


async def objecting(context: Context, matter_id: UUID) -> int:
    """How many bodies object to a matter, each by the last that it said."""
    return int(await context.connection.fetchval(_OBJECTING, matter_id))
