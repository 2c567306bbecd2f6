"""The load of a whole city, made small: it ends, and leaves a database that keeps every rule."""

import socket

import pytest

from bench.whole_city import measured, sizes

CASES = 20


@pytest.mark.long
def test_people_at_work_leave_a_city_that_keeps_its_rules() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    found = measured(CASES, CASES, port)
    assert [each.cases for each in found.rounds] == [CASES, CASES]
    assert found.whole.transitions > 10 * found.whole.cases
    assert found.whole.bytes_per_case > 0
    assert found.ratio > 0


def test_rounds_are_alike_and_hold_every_case() -> None:
    assert sizes(1_000, 1_000) == [(50, 50)] * 20
    assert sizes(20, 20) == [(10, 10)] * 2
    assert sum(sum(each) for each in sizes(35, 70)) == 105
