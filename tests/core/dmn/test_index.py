"""An indexed column lets through the very rules that evaluating its cells would."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from service.core import feel
from service.core.dmn.index import ColumnIndex
from service.core.dmn.regions import region_of
from service.core.feel import Value
from service.core.feel.syntax import UnaryTests

_NUMBERS = st.integers(-3, 3).map(str)
_NUMBER_TESTS = st.one_of(
    _NUMBERS,
    st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), _NUMBERS).map(" ".join),
    st.tuples(st.sampled_from("(["), _NUMBERS, _NUMBERS, st.sampled_from(")]")).map(
        lambda t: f"{t[0]}{t[1]}..{t[2]}{t[3]}"
    ),
)
_WORDS = st.sampled_from(['"a"', '"b"', '"c"'])
_FLAGS = st.sampled_from(["true", "false"])


def _cells(tests: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(tests, min_size=1, max_size=3).map(", ".join)
    return st.one_of(st.just("-"), joined, joined.map("not({})".format))


_COLUMNS = st.one_of(
    st.lists(_cells(_NUMBER_TESTS), min_size=1, max_size=8),
    st.lists(_cells(_WORDS), min_size=1, max_size=8),
    st.lists(_cells(_FLAGS), min_size=1, max_size=8),
    st.lists(_cells(st.one_of(_NUMBER_TESTS, _WORDS)), min_size=1, max_size=8),
)
_VALUES: st.SearchStrategy[Value] = st.one_of(
    st.integers(-8, 8).map(lambda n: Decimal(n) / 2),
    st.sampled_from(["a", "b", "c", "d"]),
    st.booleans(),
    st.none(),
)


@given(_COLUMNS, _VALUES)
def test_lookup_and_evaluation_agree(cells: list[str], value: Value) -> None:
    tests = [feel.compile_unary_tests(cell) for cell in cells]
    trees = [test.tree for test in tests]
    index = ColumnIndex([region_of(t) if isinstance(t, UnaryTests) else None for t in trees])
    candidates, slow = index.candidates(value)
    for n, test in enumerate(tests):
        passes = test({"?": value}) is True
        if slow >> n & 1:
            assert candidates >> n & 1
        else:
            assert bool(candidates >> n & 1) is passes, cells[n]
