"""Countersigning: the rounds of a multi-instance user task are votes, and come to one outcome."""

from decimal import Decimal, InvalidOperation

from service.core.feel.border import from_state
from service.core.feel.values import Value

from ..countersigning import VOTES, Ballot, Tally, outcome
from ..extensions import Countersign, Text
from ..model import MultiInstance
from ..state import ElementInstance, Rounds
from .evaluate import Fault
from .move import Move

#: The weight of a round's vote, a variable of the round itself.
WEIGHT = "voteWeight"


def plan(move: Move, body: ElementInstance, rounds: Rounds) -> None:
    """Before the first round: how many may vote, and the weight of them all."""
    sign = _sign(move, body)
    if sign is None:
        return
    weights = [Decimal(1)] * rounds.total
    loop = move.spec(body).element.loop
    if sign.weight is not None and isinstance(loop, MultiInstance):
        items = [from_state(each) for each in reversed(rounds.items or [])]
        for n in range(rounds.total):
            extra: dict[str, Value] = {"loopCounter": Decimal(n + 1)}
            if items:
                extra[loop.input_element] = items[n]
            weights[n] = _weight(move, sign.weight, body.id, extra)
    rounds.votes = _row(Tally(rounds.total, sum(weights, Decimal(0))))


def give_weight(move: Move, body: ElementInstance, inner: ElementInstance) -> None:
    """A round knows what its vote weighs, where the diagram says that votes weigh differently."""
    sign = _sign(move, body)
    if sign is not None and sign.weight is not None:
        move.scopes.set_local(inner.id, WEIGHT, _weight(move, sign.weight, inner.id, {}))


def count(
    move: Move, body: ElementInstance, inner: ElementInstance, values: dict[str, Value]
) -> bool:
    """Count the vote that completes a round; whether the outcome is now certain.

    Raises:
        Fault: The action is no vote.
    """
    sign, rounds = _sign(move, body), body.rounds
    if sign is None or rounds is None or rounds.votes is None:
        return False
    vote = values.get("action")
    if not isinstance(vote, str) or vote not in VOTES:
        raise Fault(
            "vote",
            f"Expected one of the votes {', '.join(VOTES)} on {body.node!r}, but got {vote!r}.",
            f"“{body.node}”的表决应为 {'、'.join(VOTES)} 之一。",
        )
    weight = from_state(inner.variables.get(WEIGHT)) if WEIGHT in inner.variables else Decimal(1)
    assert isinstance(weight, Decimal)
    tally = _tally(rounds).with_vote(vote, weight)
    rounds.votes = _row(tally)
    return bool(outcome(_ballot(move, body, sign), tally))


def give_outcome(move: Move, body: ElementInstance) -> None:
    """The outcome and the votes go out as variables: `<result>` and `<result>_votes`."""
    sign, rounds = _sign(move, body), body.rounds
    if sign is None or rounds is None or rounds.votes is None:
        return
    tally = _tally(rounds)
    votes: dict[str, Value] = {"entitled": Decimal(tally.entitled), "cast": Decimal(tally.cast)}
    for vote, n, weight in zip(VOTES, tally.counts, tally.weights, strict=True):
        votes[vote] = Decimal(n)
        votes[f"{vote}_weight"] = weight
    name = sign.result_variable
    told = outcome(_ballot(move, body, sign), tally, is_over=True)
    move.scopes.merge(body.parent, {name: told, f"{name}_votes": votes})


def _sign(move: Move, body: ElementInstance) -> Countersign | None:
    sign: Countersign | None = move.spec(body).element.extensions.countersign
    return sign


def _ballot(move: Move, body: ElementInstance, sign: Countersign) -> Ballot:
    expressions = move.compiled.expressions
    quorum = 0
    if sign.quorum is not None:
        quorum = expressions.whole(sign.quorum, move.view(body.id), move.run())
    ratio = Decimal(0) if sign.ratio is None else _share(move, sign.ratio, body.id)
    return Ballot(sign.rule, ratio, sign.veto, quorum, sign.abstention == "ignored")


def _share(move: Move, text: Text, number: int) -> Decimal:
    value = move.value(text, number)
    try:
        share = Decimal(value) if isinstance(value, str | Decimal) else Decimal(0)
    except InvalidOperation:
        share = Decimal(0)
    if not 0 < share <= 1:
        raise Fault(
            "ratio",
            f"Expected a share above 0 and at most 1, but {text.text} is none ({text.element}).",
            f"比例应大于 0 且不超过 1：{text.text}（{text.element}）。",
        )
    return share


def _weight(move: Move, text: Text, number: int, extra: dict[str, Value]) -> Decimal:
    value = move.compiled.expressions.value(text, move.view(number, extra), move.run(), always=True)
    if isinstance(value, Decimal) and value >= 0:
        return value
    raise Fault(
        "weight",
        f"Expected a weight of at least 0, but {text.text} is none ({text.element}).",
        f"权重应为不小于 0 的数：{text.text}（{text.element}）。",
    )


# -- as it stands in the state: weights by their digits


def _row(tally: Tally) -> list[str | int]:
    weights = [str(each) for each in (tally.weight, *tally.weights)]
    return [tally.entitled, *tally.counts, *weights]


def _tally(rounds: Rounds) -> Tally:
    assert rounds.votes is not None
    entitled, *counts = rounds.votes[:4]
    weight, *weights = map(Decimal, rounds.votes[4:])
    return Tally(entitled, weight, tuple(counts), tuple(weights))  # type: ignore[arg-type]
