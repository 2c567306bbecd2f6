"""Drawing a sample again, periods, and what answers must say."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from service.features.rectification import round_rules as rules

ITEMS = [UUID(int=n) for n in range(11)]


def test_a_seed_draws_the_same_sample_whatever_the_order() -> None:
    drawn = rules.sampled("a", ITEMS, Decimal("0.2"))
    assert drawn == rules.sampled("a", reversed(ITEMS), Decimal("0.2"))
    assert any(rules.sampled(seed, ITEMS, Decimal("0.2")) != drawn for seed in "bcdef")


@pytest.mark.parametrize(("share", "count"), [("1", 11), ("0.2", 3), ("0.01", 1)])
def test_a_share_is_rounded_up(share: str, count: int) -> None:
    assert len(rules.sampled("a", ITEMS, Decimal(share))) == count


def test_nothing_is_drawn_from_nothing() -> None:
    assert rules.sampled("a", [], Decimal(1)) == []


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2027, 4, 1), (date(2026, 10, 1), date(2027, 3, 31))),
        (date(2026, 10, 8), (date(2026, 4, 1), date(2026, 9, 30))),
        (date(2027, 1, 4), (date(2026, 7, 1), date(2026, 12, 31))),
    ],
)
def test_a_look_back_is_at_the_six_months_before(day: date, period: tuple[date, date]) -> None:
    assert rules.half_year_before(day) == period


def test_a_day_lies_in_its_quarter() -> None:
    assert rules.quarter_of(date(2026, 12, 25)) == (2026, 4, date(2026, 10, 1))
    assert rules.quarter_of(date(2027, 1, 1)) == (2027, 1, date(2027, 1, 1))


def test_whoever_accepted_does_not_look_back() -> None:
    rules.require_another(ITEMS[0], ITEMS[1:])
    with pytest.raises(rules.LookBackNotApart):
        rules.require_another(ITEMS[1], ITEMS[1:])


@pytest.mark.parametrize(
    ("is_right", "named"), [(True, ["A"]), (False, []), (False, ["A", "C"]), (True, ["C"])]
)
def test_a_confirmation_names_what_differs_and_only_its_own(
    is_right: bool, named: list[str]
) -> None:
    rules.require_stated(True, [], ["A", "B"])
    rules.require_stated(False, ["A"], ["A", "B"])
    with pytest.raises(rules.DifferenceUnclear):
        rules.require_stated(is_right, named, ["A", "B"])


def test_every_difference_is_settled() -> None:
    rules.require_settled(["A"], ["A", "B"])
    with pytest.raises(rules.DifferenceUnsettled):
        rules.require_settled(["A", "B"], ["A"])


@pytest.mark.parametrize(("has_problems", "listed"), [(True, 0), (False, 1)])
def test_an_answer_says_one_thing(has_problems: bool, listed: int) -> None:
    rules.require_clear(True, 1)
    rules.require_clear(False, 0)
    with pytest.raises(rules.AnswerUnclear):
        rules.require_clear(has_problems, listed)
