"""Models with their imports: references are resolved, cycles found, and the order made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .faults import Faults
from .model import BusinessKnowledge as Knowledge
from .model import Decision, DecisionService, Definitions, Import, Requirement
from .types import TypeTable
from .units import (
    DecisionUnit,
    KnowledgeUnit,
    Link,
    Path,
    ServiceUnit,
    Unit,
    UnitCompiler,
    units_of,
)


@dataclass(slots=True, eq=False)
class Graph:
    """One model, compiled, with those that it imports.

    Attributes:
        imports: The imported models by the name of the import.
        units: Its nodes.
    """

    definitions: Definitions
    imports: "dict[str, Graph]"
    types: TypeTable
    faults: Faults
    units: list[Unit]
    by_id: dict[str, Unit]
    compiler: UnitCompiler


def graph_of(definitions: Definitions, libraries: Iterable[Definitions]) -> Graph:
    """The model with its imports found among the libraries, by namespace."""
    return _Builder({d.namespace: d for d in libraries}).graph(definitions)


class _Builder:
    def __init__(self, libraries: dict[str, Definitions]) -> None:
        self._libraries = libraries
        self._built: dict[str, Graph] = {}
        self._open: list[str] = []

    def graph(self, definitions: Definitions) -> Graph:
        faults = Faults()
        self._open.append(definitions.namespace)
        imports = {}
        for written in definitions.imports:
            imported = self._imported(written, faults)
            if imported is not None:
                imports[written.name] = imported
        self._open.pop()
        tables = {name: graph.types for name, graph in imports.items()}
        types = TypeTable(definitions, tables, faults)
        units = units_of(definitions)
        compiler = UnitCompiler(definitions, types, faults, units)
        by_id = {unit.element.id: unit for unit in units if unit.element.id}
        graph = Graph(definitions, imports, types, faults, units, by_id, compiler)
        for unit in units:
            _link(graph, unit)
        for unit in units:
            compiler.compile(unit)
        _check_cycles(graph)
        return graph

    def _imported(self, written: Import, faults: Faults) -> Graph | None:
        namespace = written.namespace
        if namespace in self._open:
            faults.add(
                "import_cycle",
                written,
                f"Expected imports without a cycle, but {written.name} leads back to {namespace}.",
                f"导入“{written.name}”形成循环({namespace})。",
            )
            return None
        if namespace in self._built:
            return self._built[namespace]
        library = self._libraries.get(namespace)
        if library is None:
            faults.add(
                "missing_import",
                written,
                f"Expected a model with the namespace {namespace}, but there is none.",
                f"找不到命名空间为 {namespace} 的模型。",
            )
            return None
        self._built[namespace] = self.graph(library)
        return self._built[namespace]


def _link(graph: Graph, unit: Unit) -> None:
    """Resolve what a unit requires."""
    element = unit.element
    wanted: tuple[Requirement, ...] = ()
    if isinstance(element, Decision):
        wanted = (*element.information, *element.knowledge)
    elif isinstance(element, Knowledge):
        wanted = element.knowledge
    elif isinstance(element, DecisionService):
        assert isinstance(unit, ServiceUnit)
        wanted = element.outputs
        given = (*element.input_data, *element.input_decisions)
        unit.parameters = list(_resolved(graph, given))
    unit.links = list(_resolved(graph, wanted))


def _resolved(graph: Graph, references: Iterable[Requirement]) -> Iterator[Link]:
    for reference in references:
        link = _find(graph, reference.href)
        if link is not None:
            yield link
            continue
        graph.faults.add(
            "broken_reference",
            reference,
            f"Expected a reference to a node of the model, but nothing is at {reference.href}.",
            f"引用 {reference.href} 没有指向任何元素。",
        )


def _find(graph: Graph, href: str) -> Link | None:
    namespace, _, identity = href.rpartition("#")
    if not namespace or namespace == graph.definitions.namespace:
        unit = graph.by_id.get(identity)
        return None if unit is None else Link((), unit)
    return _imported_unit(graph, namespace, identity)


def _imported_unit(graph: Graph, namespace: str, identity: str) -> Link | None:
    """The node in an imported model, by the shortest way there."""
    ways: list[tuple[Path, Graph]] = [((), graph)]
    seen = {graph}
    for path, here in ways:
        for name, imported in here.imports.items():
            way = (*path, name)
            if imported.definitions.namespace == namespace and identity in imported.by_id:
                return Link(way, imported.by_id[identity])
            if imported not in seen:
                seen.add(imported)
                ways.append((way, imported))
    return None


def _check_cycles(graph: Graph) -> None:
    for kind, rule in ((DecisionUnit, "decision_cycle"), (KnowledgeUnit, "knowledge_cycle")):
        for unit in _in_cycles([unit for unit in graph.units if isinstance(unit, kind)]):
            graph.faults.add(
                rule,
                unit.element,
                f"Expected requirements without a cycle, but {unit.name} requires itself.",
                f"“{unit.name}”直接或间接地依赖自身,形成循环。",
            )


def _in_cycles(units: list[Unit]) -> list[Unit]:
    """Those of the units that lie on a cycle, or between two of them.

    What stands on nothing is taken away again and again, then what nothing stands on.
    """
    below = {
        unit: {k.unit for k in unit.links if not k.path and type(k.unit) is type(unit)}
        for unit in units
    }
    above: dict[Unit, set[Unit]] = {unit: set() for unit in units}
    for unit, required in below.items():
        for other in required:
            above[other].add(unit)
    for edges, back in ((below, above), (above, below)):
        free = [unit for unit, others in edges.items() if not others]
        while free:
            unit = free.pop()
            for other in back.pop(unit):
                edges[other].discard(unit)
                if not edges[other]:
                    free.append(other)
            del edges[unit]
    return list(below)
