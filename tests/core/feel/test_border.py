import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.feel import Range, compile
from service.core.feel.border import BorderFault, from_state, from_wire, to_state, to_wire
from service.core.feel.numbers import number
from service.core.feel.temporal import Date, DaysDuration, MonthsDuration

numbers = st.decimals(allow_nan=False, allow_infinity=False).map(str).map(number)
dates = st.builds(Date.from_number, st.integers(-(10**8), 10**8))
durations = st.builds(DaysDuration, st.integers(-(10**18), 10**18)) | st.builds(
    MonthsDuration, st.integers(-(10**9), 10**9)
)
keys = st.text(max_size=4) | st.sampled_from(("$date", "$number", "$context", "$range"))
scalars = st.none() | st.booleans() | numbers | st.text(max_size=6) | dates | durations
values = st.recursive(
    scalars | st.builds(Range, numbers, st.booleans(), numbers, st.booleans(), st.just("")),
    lambda v: st.lists(v, max_size=4) | st.dictionaries(keys, v, max_size=3),
    max_leaves=15,
)
plain = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=6),
    lambda v: st.lists(v, max_size=4) | st.dictionaries(keys, v, max_size=3),
    max_leaves=15,
)


def _through_json(encoded):
    return json.loads(json.dumps(encoded))


def _exactly(value):
    """The value with the digits of its numbers, which == does not see."""
    if isinstance(value, Decimal):
        return ("number", str(value))
    if isinstance(value, list):
        return [_exactly(item) for item in value]
    if isinstance(value, dict):
        return {key: _exactly(item) for key, item in value.items()}
    return (type(value), value)


@settings(deadline=None, database=None)
@given(values)
def test_the_state_gives_back_every_value_with_its_digits(value):
    assert _exactly(from_state(_through_json(to_state(value)))) == _exactly(value)


def test_a_context_that_looks_like_a_tagged_value_stays_a_context():
    lookalike = {"$date": "2026-01-31"}

    assert from_state(_through_json(to_state(lookalike))) == lookalike
    assert from_state(_through_json(to_state({"$context": lookalike}))) == {"$context": lookalike}


@settings(deadline=None, database=None)
@given(plain)
def test_on_the_wire_no_digit_of_a_number_is_lost(value):
    def readable(item):
        if isinstance(item, Decimal):
            return item
        if isinstance(item, list):
            return [readable(part) for part in item]
        if isinstance(item, dict):
            return {key: readable(part) for key, part in item.items()}
        return item

    def equal(sent, got):
        if isinstance(sent, Decimal) and isinstance(got, str):
            return Decimal(got) == sent
        if isinstance(sent, list):
            return len(sent) == len(got) and all(map(equal, sent, got))
        if isinstance(sent, dict):
            return sent.keys() == got.keys() and all(equal(v, got[k]) for k, v in sent.items())
        return sent == got

    assert equal(readable(value), from_wire(_through_json(to_wire(value))))


def test_on_the_wire_temporal_values_are_iso_texts():
    value = compile('{d: @"2026-01-31", p: @"P1Y2M", r: [1..3)}')({})

    assert to_wire(value) == {"d": "2026-01-31", "p": "P1Y2M", "r": "[1..3)"}


def test_a_float_of_json_is_the_number_it_shows():
    assert from_wire(0.1) == Decimal("0.1")
    assert from_wire({"a": [1, 2.5]}) == {"a": [Decimal(1), Decimal("2.5")]}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1: "a"}, {"a": object()}])
def test_what_json_has_not_is_refused(value):
    with pytest.raises(BorderFault):
        from_wire(value)


def test_a_function_has_no_form():
    function = compile("function(a) a")({})

    with pytest.raises(BorderFault):
        to_state([function])
    with pytest.raises(BorderFault):
        to_wire(function)


def test_shared_parts_and_deep_values_end_with_a_refusal():
    shared: list[object] = []
    for _ in range(60):
        shared = [shared, shared]
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]

    for value in (shared, deep):
        with pytest.raises(BorderFault):
            to_state(value)


@pytest.mark.parametrize(
    "stored", [{"$date": "no"}, {"$number": "x"}, {"$other": 1}, {"$range": [1]}, 1.5]
)
def test_what_the_state_never_wrote_is_refused(stored):
    with pytest.raises(BorderFault):
        from_state(stored)
