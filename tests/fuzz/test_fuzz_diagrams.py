"""Random diagrams run as whoever drew them knows they must, however their state is kept.

A failure tells its diagram and path; `python -m tests.fuzz SEED PATH` shows them again. `make fuzz`
judges other diagrams each time: `make fuzz DIAGRAMS=10000 SEED=7`.
"""

import os
import sys
import time

import pytest

from .draw import drawn
from .judge import Fault, judge
from .write import written

DIAGRAMS = int(os.environ.get("DIAGRAMS") or 200)
PATHS = 10


def test_fuzz_random_diagrams_run_as_the_oracle_knows_in_every_form():
    told = judge(range(15), 3)
    assert told.paths == 45
    assert told.moves > 300
    # No process has made two moves of one instance.
    assert told.processes > told.moves


def test_fuzz_the_diagram_of_a_number_is_always_the_same():
    assert written(drawn(11)) == written(drawn(11))
    assert written(drawn(11)) != written(drawn(12))


@pytest.mark.parametrize(
    ("place", "name", "wrong"),
    [
        ("flow", "_may_still_get", lambda *given: False),
        ("flow", "_swallow", lambda *given: None),
        ("events", "_again_or_end", lambda *given: None),
        ("containers", "put_result", lambda *given: None),
    ],
)
def test_fuzz_an_engine_with_a_fault_is_found_out(place, name, wrong, monkeypatch):
    monkeypatch.setattr(f"service.core.engine.spiff.{place}.{name}", wrong)
    with pytest.raises(Fault, match=r"python -m tests\.fuzz"):
        judge(range(60), 2, is_far=False)


@pytest.mark.long
def test_fuzz_many_random_diagrams_run_as_the_oracle_knows_in_every_form():
    first = int(os.environ.get("SEED") or time.time_ns() // 1_000_000_000)
    sys.stderr.write(f"\nrandom diagrams {first} to {first + DIAGRAMS - 1}\n")
    told = judge(range(first, first + DIAGRAMS), PATHS)
    sys.stderr.write(f"{told}\n")
    assert told.paths == DIAGRAMS * PATHS
