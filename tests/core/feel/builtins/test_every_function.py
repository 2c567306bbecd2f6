"""What holds for all built-in functions alike."""

import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.core.feel import BudgetExceeded, FeelError, Limits, Range, Run, Value, compile
from service.core.feel.builtins import BUILTINS
from service.core.feel.values import kind_of

from .test_temporal_text import VALUES

_TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["2020-01-31", "P1D", "P1Y", "10:00:00@Europe/Paris", "(a+)+", "$1", ",", "."]),
    st.text("abc()[]{}*+?|\\^$-.,0123456789pPdsIX", max_size=12),
)
_NUMBERS = st.one_of(
    st.integers(-12, 12).map(Decimal),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-99, max_value=99),
    st.sampled_from([Decimal("1E+6144"), Decimal("-1E-6143"), Decimal("0.5"), Decimal("-0")]),
)
_PLAIN = st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXTS, VALUES)
_ANY = st.recursive(
    st.one_of(_PLAIN, st.builds(lambda end: Range(None, False, end, True), _NUMBERS)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text("ab key value", max_size=5), inner, max_size=3),
    ),
    max_leaves=8,
)
_KINDS = {
    "null",
    "boolean",
    "number",
    "string",
    "list",
    "context",
    "range",
    "function",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
}


@pytest.mark.parametrize("name", sorted(BUILTINS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arguments=st.lists(_ANY, max_size=4))
def test_any_arguments_give_a_value_or_a_refusal_of_the_language(name, arguments):
    run = Run(limits=Limits(seconds=1.0))
    try:
        value = run.apply(BUILTINS[name], arguments)
    except FeelError:
        return
    assert kind_of(value) in _KINDS


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_named_parameters_are_unique_in_every_form(name):
    function = BUILTINS[name]
    assert function.name == name
    for signature in function.signatures:
        names = [parameter.name for parameter in signature.parameters]
        assert len(names) == len(set(names))
        assert not any(parameter.variadic for parameter in signature.parameters[:-1])


@pytest.mark.parametrize(
    "call",
    [
        'replace(t, "a", t)',
        'split(t, "a")',
        "string join([t, t, t, t, t, t, t, t, t, t, t], t)",
        'count(for i in 1..1000 return replace("a", "(|){20}\\\\1x|a", "b"))',
        "upper case(t)",
        "to base64(t)",
        "union(l, l, l, l, l)",
        "distinct values(for i in 1..3000 return [i])",
        "index of(l, [1])",
        "flatten(for i in 1..1000 return l)",
        "string(for i in 1..100 return l)",
        "sort(l, function(a, b) a < b)",
        "list replace(l, function(a, b) a < b, 1)",
        "count(for i in 1..100000 return modulo(10 ** 6144, 10 ** -6000 + i))",
        "count(for i in 1..100000 return exp(i / 7))",
        "count(for i in 1..100000 return string(10 ** 6000))",
        "count(for i in 1..100000 return stddev(l))",
        "count(for i in 1..100000 return median(l))",
        'count(for i in 1..100000 return contains(t, "b"))',
        'count(for i in 1..100000 return substring before(t, "b"))',
        "count(for i in 1..100000 return mode(l))",
    ],
)
def test_large_work_ends_within_half_a_second(call):
    values: dict[str, Value] = {
        "t": "a" * 90_000,
        "l": [Decimal(number % 977) for number in range(20_000)],
    }
    expression = compile(call, values)
    begun = time.process_time()
    with suppress(BudgetExceeded):
        expression(values, Run())
    assert time.process_time() - begun < 0.5
