"""DMN 1.5, tables 75, 80 and 81: functions of lists and contexts."""

import pytest

from service.core.feel import BudgetExceeded

from .evaluation import feel, holds, warned


@pytest.mark.parametrize(
    "claim",
    [
        "list contains([1, 2, 3], 2)",
        "list contains([1, null], null)",
        "count([1, [2, 3]]) = 2",
        "min([1, 2, 3]) = 1 and min(1) = 1 and max(1, 2, 3) = 3 and max([]) = null",
        'min("b", "a") = "a" and max(@"2020-01-01", @"2021-01-01") = @"2021-01-01"',
        "sum([1, 2, 3]) = 6 and sum(1, 2, 3) = 6 and sum(1) = 1 and sum([]) = null",
        "mean([1, 2, 3]) = 2 and mean(1) = 1",
        "all([false, null, true]) = false and all(true) and all([]) and all(0) = null",
        "any([false, null, true]) and any(false) = false and any([]) = false and any(0) = null",
        "all([true, null]) = null and any([false, null]) = null",
        "sublist([4, 5, 6], 1, 2) = [4, 5] and sublist([4, 5, 6], -2) = [5, 6]",
        "append([1], 2, 3) = [1, 2, 3] and append([1], null) = [1, null]",
        "concatenate([1, 2], [3]) = [1, 2, 3]",
        "insert before([1, 3], 1, 2) = [2, 1, 3] and insert before([1, 3], -1, 2) = [1, 2, 3]",
        "remove([1, 2, 3], 2) = [1, 3] and remove([1, 2, 3], -1) = [1, 2]",
        "list replace([2, 4, 7, 8], 3, 6) = [2, 4, 6, 8]",
        "list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) = [5, 5, 7, 8]",
        "reverse([1, 2, 3]) = [3, 2, 1]",
        "index of([1, 2, 3, 2], 2) = [2, 4] and index of([1], null) = []",
        "union([1, 2], [2, 3]) = [1, 2, 3]",
        "distinct values([1, 2, 3, 2, 1]) = [1, 2, 3]",
        "count(distinct values([1, true, [1], [1], {a: 1}, {a: 1}, null, null])) = 5",
        "flatten([[1, 2], [[3]], 4]) = [1, 2, 3, 4]",
        "product([2, 3, 4]) = 24",
        "median(8, 2, 5, 3, 4) = 4 and median([6, 1, 2, 3]) = 2.5 and median([]) = null",
        "decimal(stddev(2, 4, 7, 5), 25) = 2.0816659994661327352822977",
        "stddev([47]) = null and stddev([]) = null",
        "mode(6, 3, 9, 6, 6) = [6] and mode([6, 1, 9, 6, 1]) = [1, 6] and mode([]) = []",
        "sort(list: [3, 1, 4, 5, 2], precedes: function(x, y) x < y) = [1, 2, 3, 4, 5]",
        "duplicate values([1, 2, 3, 2, 1, 1]) = [2, 1]",
        "partition([1, 2, 3, 4, 5], 2) = [[1, 2], [3, 4], [5]]",
        "is empty([]) and not(is empty([null]))",
    ],
)
def test_list_functions_mean_what_their_documents_give_as_examples(claim):
    assert holds(claim)


@pytest.mark.parametrize(
    "claim",
    [
        'get value({key1: "value1"}, "key1") = "value1"',
        'get value({key1: "value1"}, "unexistent-key") = null',
        'get value({x: {y: {z: 0}}}, ["x", "y"]) = {z: 0}',
        'get entries({a: 1, b: 2}) = [{key: "a", value: 1}, {key: "b", value: 2}]',
        'context([{key: "a", value: 1}, {key: "b", value: 2, more: 3}]) = {a: 1, b: 2}',
        'context([{key: "a", value: 1}, {key: "b"}]) = null',
        'context put({x: 1, y: 0}, "y", 2) = {x: 1, y: 2}',
        'context put({x: 1, y: {a: 0}}, ["y", "a"], 2) = {x: 1, y: {a: 2}}',
        "context put({x: 1}, [], 2) = null",
        "context merge([{x: 1, y: 0}, {y: 2}]) = {x: 1, y: 2}",
    ],
)
def test_context_functions_mean_what_the_standard_gives_as_examples(claim):
    assert holds(claim)


def test_putting_into_a_context_keeps_the_order_of_its_keys_and_the_original():
    text = 'string({o: {x: 1, y: 0, z: 0}, p: context put(o, "y", 2)})'
    assert feel(text) == "{o: {x: 1, y: 0, z: 0}, p: {x: 1, y: 2, z: 0}}"


def test_sorting_keeps_equal_elements_in_their_order():
    text = "sort([{k: 2, n: 1}, {k: 1, n: 2}, {k: 2, n: 3}], function(a, b) a.k < b.k).n"
    assert feel(f"{text} = [2, 1, 3]") is True


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('sum([1, "2"])', "wrong_type"),
        ('min([1, "2"])', "wrong_type"),
        ("mean([])", "empty_list"),
        ("product([])", "empty_list"),
        ("product([10 ** 6000, 10 ** 6000])", "out_of_range"),
        ("remove([1], 2)", "out_of_range"),
        ("insert before([], 1, 1)", "out_of_range"),
        ("partition([1], 0)", "out_of_range"),
        ("sort([2, 1], function(x, y) 1)", "wrong_type"),
        ("count(null)", "wrong_arguments"),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "repeated_key"),
        ('context put({x: 1}, ["y", "z"], 2)', "wrong_type"),
    ],
)
def test_lists_and_contexts_outside_the_domain_are_null_with_a_reason(text, code):
    assert warned(text) == [code]


def test_lists_that_share_their_parts_do_not_flatten_into_the_memory():
    shared = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"
    for _ in range(8):
        shared = f"for x in [{shared}] return [x, x, x, x, x, x, x, x, x, x]"
    with pytest.raises(BudgetExceeded):
        feel(f"count(flatten({shared}))")
