"""Random and mutated texts: nothing but values and the language's own errors come of them."""

import random
import resource
import time
from decimal import Decimal

import pytest

from service.core.feel import FeelError, Run, compile, compile_unary_tests
from service.core.feel.border import from_state, to_state, to_wire
from service.core.feel.builtins import BUILTINS
from service.core.feel.printer import print_tree
from service.core.feel.temporal import Date

from .test_language import CASES, CELLS, NULLS

SECONDS_EACH, BYTES_IN_ALL = 0.5, 128 * 2**20
VALUES = {
    "n": Decimal("12.5"),
    "s": "编制 quota",
    "b": True,
    "l": [Decimal(n) for n in range(6)],
    "c": {"a": Decimal(1), "b c": [{"a": "x"}]},
    "d": Date(2026, 1, 31),
    "Monthly Salary": Decimal(3),
    "nothing": None,
}
OPERATORS = "( ) [ ] { } , : . .. + - * / ** < <= > >= = != -> @ ' \" \\ // /* */"
KEYWORDS = """and or not if then else for in return some every satisfies between instance of
function external true false null item partial ? number string list<Any> date"""
OPERANDS = """0 1 2 -1 1.5 1e9 1e6000 "a" "" "P1D" @"2026-01-31" @"P1Y" @"PT1H" @"10:00:00Z"
n s b l c d nothing Monthly 金额 🐎"""
TOKENS = " ".join((OPERATORS, KEYWORDS, OPERANDS)).split()
WORDS = [*TOKENS, "Monthly Salary", "\n", "\u3000", *BUILTINS, *(f"{name}(" for name in BUILTINS)]
SEEDS: list[str] = [
    str(text) for text in [case[0] for cases in (CASES, CELLS, NULLS) for case in cases]
]


def _random(chance: random.Random) -> str:
    if chance.random() < 0.1:
        return "".join(chr(chance.randrange(0x20, 0x2FFF)) for _ in range(chance.randrange(30)))
    return chance.choice(("", " ")).join(chance.choices(WORDS, k=chance.randrange(1, 25)))


def _mutated(chance: random.Random) -> str:
    text = chance.choice(SEEDS)
    for _ in range(chance.randrange(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randrange(6))
        other = chance.choice(SEEDS)
        piece = chance.choice((chance.choice(WORDS), "", text[start:end] * 3, f"({other})"))
        text = text[:start] + piece + text[end:]
    return text


def _lived_through(text: str) -> None:
    for compiled in (compile, compile_unary_tests):
        run = Run()
        try:
            expression = compiled(text, VALUES)
            print_tree(expression.tree)
            value = expression({**VALUES, "?": Decimal(5)}, run)
            to_wire(value)
            assert to_state(from_state(to_state(value))) == to_state(value)
        except FeelError:
            pass


@pytest.mark.parametrize(
    "count", [2_000, pytest.param(100_000, marks=pytest.mark.long)], ids=["some", "many"]
)
def test_no_text_brings_anything_but_values_and_the_language_s_errors(count):
    chance = random.Random(20260131)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(count):
        text = _random(chance) if chance.random() < 0.5 else _mutated(chance)
        started = time.process_time()
        try:
            _lived_through(text)
        except Exception as error:
            raise AssertionError(f"{text!r} brought {error!r}") from error
        seconds = time.process_time() - started
        assert seconds < 2 * SECONDS_EACH, f"{text!r} took {seconds:.2f} s"
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < BYTES_IN_ALL
