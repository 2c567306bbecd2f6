"""Counting votes (会签): what has been cast so far, and the outcome as soon as it is certain. Pure.

An outcome is certain where it stays the same however those vote who have not yet.
"""

from dataclasses import dataclass
from decimal import Context, Decimal

AGREE, OPPOSE, ABSTAIN = VOTES = ("agree", "oppose", "abstain")
PASSED, REJECTED = "passed", "rejected"
# Shares are compared as FEEL divides: two of three are `2/3`.
_FEEL = Context(prec=34)
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Ballot:
    """By what the votes are counted.

    Attributes:
        rule: `all`, `any` or `ratio`: how much of the base must be in favour.
        ratio: The least share, for `ratio`.
        veto: Whether one vote against decides.
        quorum: The least number of votes cast before it can pass; 0 for none.
        ignores_abstentions: Whether abstentions leave the base.
    """

    rule: str
    ratio: Decimal = _NONE
    veto: bool = False
    quorum: int = 0
    ignores_abstentions: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes so far: how many of each, and their weights.

    Attributes:
        entitled: How many may vote.
        weight: Of all who may vote.
    """

    entitled: int
    weight: Decimal
    counts: tuple[int, int, int] = (0, 0, 0)
    weights: tuple[Decimal, Decimal, Decimal] = (_NONE, _NONE, _NONE)

    @property
    def cast(self) -> int:
        return sum(self.counts)

    def with_vote(self, vote: str, weight: Decimal) -> "Tally":
        """The tally after one more vote.

        Raises:
            ValueError: It is none of the votes.
        """
        place = VOTES.index(vote)
        counts = tuple(n + (i == place) for i, n in enumerate(self.counts))
        weights = tuple(w + weight * (i == place) for i, w in enumerate(self.weights))
        return Tally(self.entitled, self.weight, counts, weights)  # type: ignore[arg-type]


def outcome(ballot: Ballot, tally: Tally, *, is_over: bool = False) -> str:
    """`passed` or `rejected`; "" while either is still possible.

    Args:
        is_over: Whether nobody votes any more; who has not voted then is left out.
    """
    agree, oppose, abstain = tally.weights
    left = max(_NONE, tally.weight - agree - oppose - abstain)
    missing = tally.entitled - tally.cast
    if is_over or not missing:
        left, missing = _NONE, 0
    base = agree + oppose + left + (_NONE if ballot.ignores_abstentions else abstain)
    if ballot.veto and tally.counts[1]:
        return REJECTED
    if tally.cast + missing < ballot.quorum or not _is_enough(ballot, agree + left, base):
        return REJECTED
    is_certain = _is_enough(ballot, agree, base) and not (ballot.veto and missing)
    if is_certain and tally.cast >= ballot.quorum:
        return PASSED
    return ""


def _is_enough(ballot: Ballot, agree: Decimal, base: Decimal) -> bool:
    """Whether so much of the base in favour is enough; nothing in favour never is."""
    if agree <= 0:
        return False
    if ballot.rule == "any":
        return True
    if ballot.rule == "all":
        return agree >= base
    return _FEEL.divide(agree, base) >= ballot.ratio
