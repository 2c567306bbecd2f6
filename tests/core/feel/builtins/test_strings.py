"""DMN 1.5, table 74: string functions, and those that Camunda adds."""

import pytest

from .evaluation import feel, holds, warned


@pytest.mark.parametrize(
    "claim",
    [
        'substring("foobar", 3) = "obar"',
        'substring("foobar", 3, 3) = "oba"',
        'substring("foobar", -2, 1) = "a"',
        'substring("\\U01F40Eab", 2) = "ab"',
        'string length("\\U01F40Eab") = 3',
        'upper case("aBc4") = "ABC4"',
        'lower case("aBc4") = "abc4"',
        'substring before("foobar", "bar") = "foo"',
        'substring before("foobar", "xyz") = ""',
        'substring after("foobar", "ob") = "ar"',
        'substring after("", "a") = ""',
        'replace("banana", "a", "o") = "bonono"',
        'replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") = "[1=ab][2=]cd"',
        'contains("foobar", "of") = false',
        'contains(["foobar"], "of") = false',
        'starts with("foobar", "fo")',
        'ends with("foobar", "r")',
        'matches("foobar", "^fo*b")',
        'split("John Doe", "\\\\s") = ["John", "Doe"]',
        'split("a;b;c;;", ";") = ["a", "b", "c", "", ""]',
        'string join(["a", null, "c"], "X") = "aXc"',
        'string join(["a", "b", "c"], null) = "abc"',
        'string join([], "X") = ""',
        'string join(["a", "b"], ", ", "[", "]") = "[a, b]"',
        'extract("references are 1234, 1256, 1378", "12[0-9]*") = ["1234", "1256"]',
        'trim("  hello  world ") = "hello  world"',
        'is blank(" \\t") and not(is blank("x"))',
        'to base64("FEEL") = "RkVFTA=="',
    ],
)
def test_string_functions_mean_what_their_documents_give_as_examples(claim):
    assert holds(claim)


@pytest.mark.parametrize("call", ["0", "7", "-7", "3, 5", "3, 0", "-2, 3", "0.5"])
def test_positions_outside_the_string_are_refused(call):
    assert warned(f'substring("foobar", {call})') == ["out_of_range"]


@pytest.mark.parametrize(
    "text",
    [
        'matches("a", "[a")',
        'matches("a", "a", "z")',
        'matches("a", "(?=a)a")',
        'replace("abc", "b*", "x")',
        'replace("abc", "b", "$")',
        'replace("abc", "b", "\\\\n")',
        'split("abc", "")',
    ],
)
def test_what_is_an_error_in_xpath_is_null_with_a_reason(text):
    assert warned(text) == ["bad_pattern"]


def test_joining_takes_strings_only():
    assert warned('string join(["a", 1])') == ["wrong_type"]


def test_a_uuid_is_new_every_time():
    first, second = feel("uuid()"), feel("uuid()")
    assert isinstance(first, str)
    assert len(first) == 36
    assert first != second
