"""A diagram as an editor shows it: shapes, edges and labels on the page, told by its XML alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from service.core.safe_xml import tree_of

#: What a modeller draws without a shape of its own beside the nodes of a flow.
_FLAT = {"sequenceFlow", "messageFlow", "association", "dataInputAssociation"}
_NODES = ("Event", "Gateway", "Task", "task", "subProcess", "transaction", "callActivity")


class Box(NamedTuple):
    """A rectangle in pixels; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Box") -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def has_on_border(self, point: tuple[float, float], slack: float = 2.0) -> bool:
        """Whether a point lies on the outline; of a circle or rhombus within its box."""
        x, y = point
        inside = self.x - slack <= x <= self.right + slack
        inside &= self.y - slack <= y <= self.bottom + slack
        near = min(abs(x - self.x), abs(x - self.right), abs(y - self.y), abs(y - self.bottom))
        return inside and near <= slack


@dataclass
class Drawn:
    """One file.

    Attributes:
        nodes: The elements of flows by id: (kind, XML element).
        edges: What must be drawn as a line, by id: (source, target).
        around: For each node the sub-process that it lies in, "" for none.
        lanes: The lane of each node that has one; the innermost.
        shapes, lines, labels: What is drawn, by the id of what it shows.
        twice: Ids that are drawn more than once.
    """

    nodes: dict[str, tuple[str, Any]] = field(default_factory=dict)
    frames: dict[str, Any] = field(default_factory=dict)
    edges: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    around: dict[str, str] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    twice: set[str] = field(default_factory=set)

    def hosts(self, node: str) -> str:
        """What a boundary event is attached to; "" for everything else."""
        return str(self.nodes[node][1].get("attachedToRef") or "")

    def ways(self) -> dict[str, set[str]]:
        """Where flows lead to from each node, the way over a boundary event among them."""
        found: dict[str, set[str]] = {node: set() for node in self.nodes}
        for id_, (source, target) in self.edges.items():
            if self._is_flow(id_):
                found[source].add(target)
        for node in self.nodes:
            if host := self.hosts(node):
                found[host].add(node)
        return found

    def flows(self) -> Iterator[tuple[str, str, str]]:
        """Sequence flows with their ends."""
        for id_, (source, target) in self.edges.items():
            if self._is_flow(id_):
                yield id_, source, target

    def _is_flow(self, id_: str) -> bool:
        source, target = self.edges[id_]
        return source in self.nodes and target in self.nodes


def drawn(path: Path) -> Drawn:
    """Read a file."""
    found = Drawn()
    for element in tree_of(path.read_bytes()).iter("{*}*"):
        name, id_ = _name(element), str(element.get("id") or "")
        if name in ("BPMNShape", "BPMNEdge"):
            _shown(found, name, element)
        elif name in ("participant", "lane"):
            found.frames[id_] = element
        elif name in _FLAT and element.get("sourceRef"):
            found.edges[id_] = element.get("sourceRef"), element.get("targetRef")
        elif name.endswith(_NODES) and id_:
            found.nodes[id_] = name, element
            parent = element.getparent()
            found.around[id_] = str(parent.get("id")) if _name(parent) != "process" else ""
        if name == "lane":
            for reference in element.iterfind("{*}flowNodeRef"):
                found.lanes[reference.text.strip()] = id_
        if id_ and element.get("name"):
            found.names[id_] = element.get("name")
    return found


def crosses(line: list[tuple[float, float]], box: Box) -> bool:
    """Whether a line of horizontal and vertical pieces goes through a box, not along it."""
    for (ax, ay), (bx, by) in pairwise(line):
        piece = Box(min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by))
        if (
            piece.x < box.right - 1
            and box.x + 1 < piece.right + (piece.width == 0)
            and piece.y < box.bottom - 1
            and box.y + 1 < piece.bottom + (piece.height == 0)
        ):
            return True
    return False


def _shown(found: Drawn, name: str, element: Any) -> None:
    shows = str(element.get("bpmnElement"))
    if shows in found.shapes or shows in found.lines:
        found.twice.add(shows)
    if name == "BPMNShape":
        found.shapes[shows] = _box(element.find("{*}Bounds"))
    else:
        points = element.iterfind("{*}waypoint")
        found.lines[shows] = [(float(each.get("x")), float(each.get("y"))) for each in points]
    label = element.find("{*}BPMNLabel/{*}Bounds")
    if label is not None:
        found.labels[shows] = _box(label)


def _box(bounds: Any) -> Box:
    return Box(*(float(bounds.get(name)) for name in ("x", "y", "width", "height")))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
