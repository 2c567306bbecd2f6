"""Regular expressions of XPath (F&O 7.6.1 and XML Schema Part 2, appendix F), bounded."""

import re
import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.feel import BudgetExceeded, Run
from service.core.feel.patterns import PatternError, pattern


def _matches(text: str, wanted: str, flags: str = "") -> bool:
    return pattern(wanted, flags).matches(Run(), text)


@pytest.mark.parametrize(
    ("text", "wanted", "flags"),
    [
        ("abracadabra", "bra", ""),
        ("abracadabra", "^a.*a$", ""),
        ("hello world", "hello world", ""),
        ("helloworld", "hello world", "x"),
        ("hello world", "hello[ ]world", "x"),
        ("a\nb", "a.b", "s"),
        ("a\nb", "^b$", "m"),
        ("aBc", "ABC", "i"),
        ("k", b"\\u212a".decode("unicode_escape"), "i"),
        ("a.b", "a.b", "q"),
        ("A.B", "a.b", "qi"),
        ("mamo mimi", "([md])[aeiou]\\1[aeiou]", ""),
        ("aA", "(a)\\1", "i"),
        ("bcd", "^[a-z-[aeiou]]+$", ""),
        ("Ω", "\\p{Lu}", ""),
        ("编制", "^\\p{IsCJKUnifiedIdeographs}{2}$", ""),
        ("x-1", "^\\c+$", ""),
        ("٣", "\\d", ""),
        ("aab", "^a{2}b$", ""),
        ("aaab", "^a{2,}b$", ""),
        ("a-b", "[a\\-b]-[-b]", ""),
        ("", "", ""),
    ],
)
def test_matching_texts_match(text, wanted, flags):
    assert _matches(text, wanted, flags)


@pytest.mark.parametrize(
    ("text", "wanted", "flags"),
    [
        ("a\nb", "a.b", ""),
        ("a\nb", "^b", ""),
        ("ab\n", "b$", ""),
        ("abc", "ABC", ""),
        ("axb", "a.b", "q"),
        ("Q", "[^q]", "i"),
        ("bad", "^[a-z-[aeiou]]+$", ""),
        ("_", "\\p{L}", ""),
        ("a", "\\P{L}", ""),
        ("1a", "^\\i", ""),
        ("aaaa", "^a{1,3}$", ""),
        ("ab", "(a)\\1", ""),
    ],
)
def test_other_texts_do_not_match(text, wanted, flags):
    assert not _matches(text, wanted, flags)


@pytest.mark.parametrize(
    "wanted",
    [
        *("a**", "(", ")", "[", "[a", "[]", "[z-a]", "[a-z-9]", "a{2,1}", "a{", "a{x}", "{", "}"),
        *("\\q", "\\", "\\1", "(\\1)", "(?=a)", "(?<n>a)", "(?i)a", "\\p{Foo}", "\\p{IsFoo}"),
        *("]", "a{9999999}", "(" * 100 + ")" * 100, "(a{1000}){1000}", "a" * 3000, "\\b"),
    ],
)
def test_what_is_no_pattern_of_xpath_is_refused(wanted):
    with pytest.raises(PatternError):
        pattern(wanted)


def test_unknown_flags_are_refused():
    with pytest.raises(PatternError):
        pattern("a", "g")


@pytest.mark.parametrize(
    ("text", "wanted", "replacement", "result"),
    [
        ("abracadabra", "bra", "*", "a*cada*"),
        ("abracadabra", "a.*a", "*", "*"),
        ("abracadabra", "a.*?a", "*", "*c*bra"),
        ("abracadabra", "a(.)", "a$1$1", "abbraccaddabbra"),
        ("AAAA", "A+?", "b", "bbbb"),
        ("darted", "^(.*?)d(.*)$", "$1c$2", "carted"),
        ("abcd", "(ab)|(a)", "[1=$1][2=$2]", "[1=ab][2=]cd"),
        ("a", "(a)", "$10", "a0"),
        ("a", "a", "$1", ""),
        ("a", "a", "\\$\\\\$0", "$\\a"),
    ],
)
def test_replacing_follows_xpath(text, wanted, replacement, result):
    assert pattern(wanted).replace(Run(), text, replacement) == result


_REPEATED = st.sampled_from(["*", "+", "?", "{0,2}", "*?", "+?", "{2,}"])


def _expressions(atoms: list[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(atoms),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map("".join),
            st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
            # A round that matches nothing ends differently from engine to engine.
            st.tuples(inner.filter(lambda body: not re.fullmatch(body, "")), _REPEATED).map(
                lambda pair: f"({pair[0]}){pair[1]}"
            ),
        ),
        max_leaves=6,
    )


@given(
    _expressions(["a", "b", ".", "[ab]", "[^a]", "a?", "b*", "a+?", "(?:)", "[a-b]{1,2}"]),
    st.text("abc", max_size=8),
)
def test_where_the_languages_agree_so_do_the_matches(wanted, text):
    model = re.compile(wanted)
    found = pattern(wanted)
    first = model.search(text)
    assert found.matches(Run(), text) is (first is not None)
    assert next(iter(found.find_all(Run(), text)), None) == (first and first.group())
    assert pattern(f"^({wanted})$").matches(Run(), text) is (model.fullmatch(text) is not None)


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("(a+)+$", "a" * 5_000 + "b"),
        ("(a|aa)+$", "a" * 5_000 + "b"),
        ("(a|a?)+$", "a" * 5_000 + "b"),
        ("(.*a){12}", "a" * 11 + "b" * 5_000),
        ("(.*)(.*)(.*)(.*)(.*)x", "a" * 5_000),
        ("((a*)*)*b", "a" * 5_000),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 5_000),
        ("((a{0,30}){0,30})b", "a" * 5_000),
        ("(a+)+\\1$", "a" * 60 + "b"),
        ("(a?){200}a{200}", "a" * 200),
        ("(.*)\\1(.*)\\2x", "ab" * 2_000),
        ("[ab]*c|" * 200 + "d", "ab" * 40_000),
        ("x*" * 300, "x" * 90_000 + "y"),
    ],
)
def test_patterns_that_explode_elsewhere_end_in_time_and_memory(wanted, text):
    tracemalloc.start()
    begun = time.process_time()
    with suppress(BudgetExceeded):
        pattern(wanted).replace(Run(), text, "$0$0")
    took = time.process_time() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # Tracing slows the work down several times; without it each stays below half a second.
    assert took < 2
    assert peak < 64 * 2**20
