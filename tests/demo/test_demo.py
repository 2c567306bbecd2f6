"""`dingbian demo`: what is planted in the sample city is as expected, and what differs is told."""

import os
import subprocess
import sys

import pytest

from service.demo.play import SITUATIONS, table
from service.demo.scene import Finding

#: The bodies of the situations that the flows of today cover, by their numbers in the city.
BODIES = {"02", "07", "08", "11", "13", "15", "16", "20", "25", "26", "28", "29", "30"}
_PATIENCE_S = 1_200


def demo(*options: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("DINGBIAN_")
    }
    return subprocess.run(
        [sys.executable, "-m", "service.cli", "demo", *options],
        env=environment,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
        check=False,
    )


@pytest.mark.long
def test_every_situation_that_is_planted_in_the_sample_city_is_seen_as_expected() -> None:
    done = demo()
    lines = done.stdout.splitlines()
    # The table comes last; the rows before it are steps, which are indented.
    rows = [each for each in lines if each.startswith(("✓ ", "✗ "))]
    assert [each for each in rows if each.startswith("✗")] == [], done.stderr
    assert done.returncode == 0, done.stderr
    assert {each.split()[1] for each in rows} == BODIES
    assert lines[-1] == f"{len(rows)}项，0项不符 · {len(rows)} points, 0 differ"


def test_each_situation_stands_in_the_list_once() -> None:
    assert sorted(each.no for each in SITUATIONS) == sorted(BODIES)


def test_without_a_demo_server_at_the_address_it_says_so_in_one_sentence() -> None:
    done = demo("--url", "http://127.0.0.1:9")
    assert done.returncode == 1
    assert done.stderr.startswith("Expected a demo server with the sample city at http://127")
    assert len(done.stderr.splitlines()) == 1


def test_what_differs_is_marked_and_counted() -> None:
    findings = [Finding("15", "关口", "BLOCK", "BLOCK"), Finding("13", "严重程度", "HIGH", "LOW")]
    head, first, second, last = table(findings)
    assert "应为 expected" in head
    assert first.split() == ["✓", "15", "关口", "BLOCK", "BLOCK"]
    assert second.split() == ["✗", "13", "严重程度", "HIGH", "LOW"]
    assert last == "2项，1项不符 · 2 points, 1 differ"
