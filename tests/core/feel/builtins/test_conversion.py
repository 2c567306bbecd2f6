"""DMN 1.5, table 72: conversion functions, and 73 and 77: truth and identity."""

from decimal import Decimal

import pytest

from service.core.feel import EvaluationError, Run

from .evaluation import feel, holds, warned


@pytest.mark.parametrize(
    "claim",
    [
        'date("2012-12-25") - date("2012-12-24") = duration("P1D")',
        'date(date and time("2012-12-25T11:00:00Z")) = date("2012-12-25")',
        'date(2012, 12, 25) = date("2012-12-25")',
        'date and time("2012-12-24T23:59:00") = '
        'date and time(date("2012-12-24"), time("23:59:00"))',
        'date and time("2012-12-24T23:59:00") + duration("PT1M") = '
        'date and time("2012-12-25T00:00:00")',
        'time("23:59:00z") + duration("PT2M") = time("00:01:00@Etc/UTC")',
        'time(date and time("2012-12-25T11:00:00Z")) = time("11:00:00Z")',
        'time("23:59:00z") = time(23, 59, 0, duration("PT0H"))',
        'number("1 000,0", " ", ",") = number("1,000.0", ",", ".")',
        'string(1.1) = "1.1"',
        "string(null) = null",
        'date and time("2012-12-24T23:59:00") - date and time("2012-12-22T03:45:00") = '
        'duration("P2DT20H14M")',
        'duration("P2Y2M") = duration("P26M")',
        'years and months duration(date("2011-12-22"), date("2013-08-24")) = duration("P1Y8M")',
        'years and months duration(date("2013-08-24"), date("2011-12-22")) = duration("-P1Y8M")',
        "not(true) = false",
        "not(null) = null",
        'is(date("2012-12-25"), time("23:00:50")) = false',
        'is(date("2012-12-25"), date("2012-12-25"))',
        'is(time("23:00:50z"), time("23:00:50")) = false',
        'is(time("23:00:50z"), time("23:00:50+00:00"))',
    ],
)
def test_conversions_mean_what_the_standard_gives_as_examples(claim):
    assert holds(claim)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0.10 + 0.20", "0.30"),
        ("10 ** 20", "100000000000000000000"),
        ("-0", "0"),
        ("true", "true"),
        ('"a\\"b"', 'a"b'),
        ('[1, "a\\"b", null, [@"2020-01-01"]]', '[1, "a\\"b", null, [2020-01-01]]'),
        ('{a: 1, "b c": {d: "x"}, "{": 2}', '{a: 1, b c: {d: "x"}, "{": 2}'),
        ("[1..10)", "[1..10)"),
        ("(>= 5)", "(>=5)"),
        ('@"-0044-03-15T12:00:00@Europe/Rome"', "-0044-03-15T12:00:00@Europe/Rome"),
    ],
)
def test_every_value_has_one_text(text, shown):
    assert feel(f"string({text})") == shown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('number("1,000", ";", ".")', "out_of_range"),
        ('number("1,000", ",", ",")', "out_of_range"),
        ('number("1.5,0", " ", ",")', "not_convertible"),
        ('number("١")', "not_convertible"),
        ('number("1e9999")', "not_convertible"),
        ('date("2019-02-29")', "not_convertible"),
        ("date(2019.5, 1, 1)", "not_convertible"),
        ('time(12, 0, 0, duration("PT15H"))', "out_of_range"),
        ("time(12, 0, 60)", "not_convertible"),
        ('duration("P1Y1D")', "not_convertible"),
        ('date and time(@"2020-07-31T14:27:30Z", "Mars/Base")', "not_convertible"),
        ("date(true)", "wrong_arguments"),
        ("string()", "wrong_arguments"),
    ],
)
def test_what_cannot_be_converted_is_null_with_a_reason(text, code):
    assert warned(text) == [code]


def test_json_is_read_and_written_with_its_digits():
    assert holds(
        'from json("{\\"a\\": [1.50, null, true], \\"b\\": {}}") = {a: [1.5, null, true], b: {}}'
    )
    assert feel('to json({a: [0.10, 2E50, null], b c: "x\\"y", d: @"2023-06-14"})') == (
        '{"a":[0.10,2E+50,null],"b c":"x\\"y","d":"2023-06-14"}'
    )


@pytest.mark.parametrize(
    "text", ["", "{", "NaN", "[1,]", "1e99999", '"\\ud800"', "[" * 200 + "]" * 200, "{1: 2}"]
)
def test_what_is_no_json_is_null_with_a_reason(text):
    run = Run()
    assert feel("from json(t)", {"t": text}, run) is None
    assert [warning.code for warning in run.warnings] == ["not_convertible"]


def test_functions_and_ranges_have_no_json():
    assert warned("to json([1..2])") == ["not_convertible"]
    assert warned("to json({f: function(x) x})") == ["not_convertible"]


def test_a_date_time_is_shown_on_the_clocks_of_another_zone():
    berlin = 'date and time(@"2020-07-31T14:27:30@Europe/Berlin", "America/Los_Angeles")'
    assert feel(f"string({berlin})") == "2020-07-31T05:27:30@America/Los_Angeles"
    assert holds(
        'is(date and time(@"2020-07-31T12:27:30Z", "+08:00"), @"2020-07-31T20:27:30+08:00")'
    )


def test_camundas_functions_of_existence_answer_for_null():
    assert feel("is defined(null)") is False
    assert feel("is defined(0)") is True
    assert feel('get or else(null, "x")') == "x"
    assert feel("get or else(false, 1)") is False


def test_an_assertion_that_fails_ends_the_evaluation_with_its_own_words():
    assert feel("assert(4, 4 > 3)") == Decimal(4)
    with pytest.raises(EvaluationError, match="too small") as caught:
        feel('assert(2, 2 > 3, "too small")', run=Run())
    assert caught.value.code == "assertion_failed"
