"""Every diagram under `bpmn/` is drawn: an editor opens it as a picture that people can read."""

from itertools import combinations, pairwise
from pathlib import Path

import pytest

from tests.flows.drawn import Drawn, crosses, drawn

BPMN = Path(__file__).parents[2] / "bpmn"
FILES = sorted(path.relative_to(BPMN).as_posix() for path in BPMN.rglob("*.bpmn"))


@pytest.fixture(params=FILES)
def page(request: pytest.FixtureRequest) -> Drawn:
    return drawn(BPMN / str(request.param))


def test_everything_is_drawn_once_and_nothing_else(page: Drawn) -> None:
    assert page.nodes
    assert page.shapes.keys() >= page.nodes.keys() | page.frames.keys()
    assert page.lines.keys() == page.edges.keys()
    assert page.twice == set()


def test_every_element_lies_in_its_lane_and_every_lane_in_the_page(page: Drawn) -> None:
    for id_, box in page.shapes.items():
        assert min(box.x, box.y) >= 0, id_
        assert box.width > 0, id_
        assert box.height > 0, id_
    pools = [page.shapes[x] for x, e in page.frames.items() if e.get("processRef")]
    for node in page.nodes:
        box = page.shapes[node]
        if node in page.lanes:
            assert page.shapes[page.lanes[node]].holds(box), node
        if pools:
            assert any(pool.holds(box) for pool in pools), node
        if around := page.around[node]:
            assert page.shapes[around].holds(box) or page.hosts(node), node


def test_no_element_hides_another(page: Drawn) -> None:
    for one, other in combinations(page.nodes, 2):
        if other in (page.hosts(one), *_around(page, one)):
            continue
        if one in (page.hosts(other), *_around(page, other)):
            continue
        assert not page.shapes[one].overlaps(page.shapes[other]), (one, other)


def test_a_boundary_event_sits_on_the_border_of_its_activity(page: Drawn) -> None:
    for node in page.nodes:
        if host := page.hosts(node):
            assert page.shapes[host].has_on_border(page.shapes[node].centre), node


def test_a_line_runs_from_border_to_border_straight_or_around_corners(page: Drawn) -> None:
    for id_, (source, target) in page.edges.items():
        line = page.lines[id_]
        assert page.shapes[source].has_on_border(line[0]), id_
        assert page.shapes[target].has_on_border(line[-1]), id_
        for (ax, ay), (bx, by) in pairwise(line):
            assert ax == bx or ay == by, (id_, (ax, ay), (bx, by))


def test_no_line_runs_through_an_element(page: Drawn) -> None:
    for id_, source, target in page.flows():
        ends = {source, target, *_around(page, source), *_around(page, target)}
        for node in page.nodes.keys() - ends - {page.hosts(source), page.hosts(target)}:
            assert not crosses(page.lines[id_], page.shapes[node]), (id_, node)


def test_the_flow_goes_from_left_to_right_but_for_ways_back(page: Drawn) -> None:
    ways = page.ways()
    for id_, source, target in page.flows():
        if source not in _reached(ways, target):
            left, right = page.shapes[source].centre[0], page.shapes[target].centre[0]
            assert left <= right, id_


def test_names_of_events_gateways_and_flows_have_a_place_of_their_own(page: Drawn) -> None:
    outside = [x for x, (kind, _) in page.nodes.items() if kind.endswith(("Event", "Gateway"))]
    for id_ in [*outside, *page.edges]:
        if id_ in page.names:
            assert id_ in page.labels, id_
    for id_, label in page.labels.items():
        for node, (kind, _) in page.nodes.items():
            if not kind.endswith(("rocess", "transaction")):
                assert not label.overlaps(page.shapes[node]), (id_, node)


def _around(page: Drawn, node: str) -> list[str]:
    """The sub-processes that a node lies in, from the inside out."""
    found = []
    while node := page.around.get(node, ""):
        found.append(node)
    return found


def _reached(ways: dict[str, set[str]], start: str) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = ways[waiting.pop()] - found
        found |= new
        waiting += new
    return found
