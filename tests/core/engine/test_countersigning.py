"""Votes come to one outcome, as soon as it is certain."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from service.core.engine.countersigning import VOTES, Ballot, Tally, outcome
from tests.core.engine.running import Case, compiled, flow

A, X, N = VOTES


def counted(ballot: Ballot, votes: list[str], entitled: int, weights: list[int]) -> str:
    """The first certain outcome, or the one at the end; with how many votes it came."""
    tally = Tally(entitled, Decimal(sum(weights)))
    for vote, weight in zip(votes, weights, strict=False):
        tally = tally.with_vote(vote, Decimal(weight))
        if told := outcome(ballot, tally):
            return f"{told} {tally.cast}"
    return outcome(ballot, tally)


TWO_THIRDS = Decimal("0.6666666666666666666666666666666667")


@pytest.mark.parametrize(
    ("ballot", "votes", "expected"),
    [
        (Ballot("all"), [A, A, A], "passed 3"),
        (Ballot("all"), [A, X, A], "rejected 2"),
        (Ballot("all"), [N, A, A], "rejected 1"),
        (Ballot("all", ignores_abstentions=True), [N, A, A], "passed 3"),
        (Ballot("all", ignores_abstentions=True), [N, N, N], "rejected 3"),
        (Ballot("any"), [X, A, X], "passed 2"),
        (Ballot("any"), [X, N, X], "rejected 3"),
        (Ballot("any", veto=True), [A, A, X], "rejected 3"),
        (Ballot("any", veto=True), [A, A, A], "passed 3"),
        (Ballot("any", quorum=2), [A, X, X], "passed 2"),
        (Ballot("any", quorum=4), [A, A, A], "rejected 1"),
        (Ballot("ratio", Decimal("0.5")), [A, X, A], "passed 3"),
        (Ballot("ratio", Decimal("0.3")), [A, X, A], "passed 1"),
        (Ballot("ratio", TWO_THIRDS), [A, A, X], "passed 2"),
        (Ballot("ratio", TWO_THIRDS), [X, X, A], "rejected 2"),
        (Ballot("ratio", TWO_THIRDS, veto=True), [A, X, A], "rejected 2"),
        (Ballot("ratio", Decimal("0.5"), ignores_abstentions=True), [N, A, X], "passed 2"),
        (Ballot("ratio", Decimal("0.5")), [N, A, X], "rejected 3"),
    ],
)
def test_the_outcome_is_told_with_the_vote_that_makes_it_certain(ballot, votes, expected):
    assert counted(ballot, votes, 3, [1, 1, 1]) == expected


def test_weights_decide_not_heads():
    half = Ballot("ratio", Decimal("0.5"))
    assert counted(half, [A, X, X], 3, [3, 1, 1]) == "passed 1"
    assert counted(half, [X, A, A], 3, [3, 1, 1]) == "rejected 1"


@pytest.mark.parametrize("rule", ["all", "any", "ratio"])
@pytest.mark.parametrize("veto", [False, True])
@pytest.mark.parametrize("quorum", [0, 2])
@pytest.mark.parametrize("ignores", [False, True])
def test_what_is_certain_stays_so_however_the_others_vote(rule, veto, quorum, ignores):
    ballot = Ballot(rule, TWO_THIRDS, veto, quorum, ignores)
    weights = [2, 1, 1, 1]
    for votes in product(VOTES, repeat=4):
        tally, told = Tally(4, Decimal(5)), ""
        for vote, weight in zip(votes, weights, strict=True):
            tally = tally.with_vote(vote, Decimal(weight))
            now = outcome(ballot, tally)
            assert not told or now in ("", told), (votes, told, now)
            told = told or now
        assert outcome(ballot, tally) == told != "", votes


# -- in a diagram

_VOTES = (
    '<d:actions><d:action id="agree" name="y"/><d:action id="oppose" name="n"/>'
    '<d:action id="abstain" name="a"/></d:actions>'
)


def vote(sign: str, *, sequential: bool = False, condition: str = "") -> Case:
    """A case in which the people in `members` vote, and one more task after them."""
    until = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    loop = (
        f'<multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        '<extensionElements><zeebe:loopCharacteristics inputCollection="=members"'
        f' inputElement="member"/></extensionElements>{until}</multiInstanceLoopCharacteristics>'
    )
    body = (
        '<startEvent id="s"/><userTask id="vote" xmlns:d="urn:dingbian:bpmn:1">'
        f"<extensionElements>{_VOTES}<d:countersign {sign}/></extensionElements>{loop}"
        '</userTask><userTask id="after"/><endEvent id="e"/>'
        + flow("s > vote", "vote > after", "after > e")
    )
    return Case(compiled(body))


def cast(case: Case, *actions: str) -> Any:
    """Vote in the order of the rounds; the outcome and the votes, once there are any."""
    for action in actions:
        case.complete("vote", action=action)
    if "after" not in case.open:
        return None
    return case.variables()["countersign"], case.variables()["countersign_votes"]


def test_the_rest_is_cancelled_once_the_outcome_is_certain():
    case = vote('rule="ratio" ratio="=1/2"').start(members=["a", "b", "c", "d"])
    assert cast(case, "agree") is None
    told, votes = cast(case, "agree")
    assert told == "passed"
    assert case.open == ["after"]
    assert (votes["entitled"], votes["cast"], votes["agree"], votes["oppose"]) == (4, 2, 2, 0)


@pytest.mark.parametrize("sequential", [False, True])
def test_weights_are_those_of_the_voters(sequential):
    members = [{"w": Decimal(3)}, {"w": Decimal(1)}, {"w": Decimal(1)}]
    case = vote('rule="ratio" ratio="0.6" weight="=member.w"', sequential=sequential)
    told, votes = cast(case.start(members=members), "agree")
    assert (told, votes["agree_weight"]) == ("passed", 3)


def test_nobody_to_vote_is_no_consent():
    case = vote('rule="all"').start(members=[])
    assert cast(case)[0] == "rejected"


def test_who_has_not_voted_when_it_ends_is_left_out():
    case = vote('rule="all"', condition="numberOfCompletedInstances >= 2")
    told, votes = cast(case.start(members=["a", "b", "c"]), "agree", "agree")
    assert (told, votes["cast"], votes["entitled"]) == ("passed", 2, 3)


def test_a_quorum_that_is_not_met_when_it_ends_does_not_pass():
    case = vote('rule="all" quorum="3"', condition="numberOfCompletedInstances >= 2")
    assert cast(case.start(members=["a", "b", "c"]), "agree", "agree")[0] == "rejected"


def test_what_is_no_vote_becomes_an_incident():
    case = vote('rule="all"').start(members=["a"])
    case.complete("vote", action="perhaps")
    assert case.incidents == ["vote"]
