"""The sentences in which built-in functions say why their result is null."""

from ..run import Run
from ..values import Value, kind_of


def wrong_item(run: Run, wanted: str, wanted_zh: str, found: Value) -> Value:
    """An element of a list is not of the kind the function works on."""
    kind = kind_of(found)
    return run.null(
        "wrong_type",
        f"Expected a list of {wanted}, but it has a {kind} in it.",
        f"列表的元素应为{wanted_zh},其中有 {kind}。",
    )


def out_of_range(run: Run, what: str, what_zh: str, wanted: str, found: Value) -> Value:
    """An argument is of the right kind, but outside the function's domain."""
    return run.null(
        "out_of_range",
        f"Expected {what} {wanted}, but it is {found}.",
        f"{what_zh}超出范围({wanted}):{found}。",
    )


def not_a(run: Run, what: str, what_zh: str, text: str) -> Value:
    """A text is not of the form that is asked for."""
    shown = text if len(text) <= 40 else text[:40] + "…"
    return run.null(
        "not_convertible", f'Expected {what}, but got "{shown}".', f"“{shown}”不是{what_zh}。"
    )


def empty(run: Run) -> Value:
    """A list has no element where at least one is needed."""
    return run.null("empty_list", "Expected a non-empty list, but it is empty.", "列表不得为空。")
