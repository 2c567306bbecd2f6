import contextlib

import pytest
from hypothesis import HealthCheck, given, settings

from service.core.feel import FeelError, Run
from service.core.feel.border import to_wire
from service.core.feel.compile import compile_tree
from service.core.feel.parser import parse, parse_unary_tests
from service.core.feel.printer import print_tree

from .trees import NAMES, cells, nodes

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
_SLOW = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


@_SLOW
@given(nodes)
def test_a_printed_tree_is_read_as_the_same_tree(node):
    assert parse(print_tree(node), NAMES) == node


@_SLOW
@given(cells)
def test_the_printed_tests_of_a_cell_are_read_as_the_same_tests(tests):
    assert parse_unary_tests(print_tree(tests), NAMES) == tests


@_SLOW
@given(nodes)
def test_any_tree_has_a_value_or_the_language_s_own_error(node):
    known = {name: name for name in NAMES}
    for run in (Run(), Run(strict=True)):
        with contextlib.suppress(FeelError):
            to_wire(compile_tree("", node, NAMES)(known, run))
