"""Models with their imports: references are resolved, cycles found, and the order made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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
    orders: dict[Unit, list[Link]] = field(default_factory=dict)

    def order(self, unit: Unit) -> list[Link]:
        """The decisions that a decision of this model stands on, each after its own, itself last.

        A cycle is cut where it closes.
        """
        found = self.orders.get(unit)
        if found is None:
            found = list(_in_order(Link((), unit)))
            self.orders[unit] = found
        return found


def _in_order(last: Link) -> Iterator[Link]:
    """Depth first without recursion, as a chain of decisions may be long."""
    seen = {(last.path, last.unit)}
    stack = [(last, iter(last.unit.links))]
    while stack:
        link, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            stack.pop()
            yield link
            continue
        step = Link(link.path + following.path, following.unit)
        if isinstance(step.unit, DecisionUnit) and (step.path, step.unit) not in seen:
            seen.add((step.path, step.unit))
            stack.append((step, iter(step.unit.links)))


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
    return next(_imported_unit(graph, namespace, identity, ()), None)


def _imported_unit(graph: Graph, namespace: str, identity: str, path: Path) -> Iterator[Link]:
    """The node in an imported model; one that is imported directly comes first."""
    for name, imported in graph.imports.items():
        if imported.definitions.namespace == namespace and identity in imported.by_id:
            yield Link((*path, name), imported.by_id[identity])
    for name, imported in graph.imports.items():
        yield from _imported_unit(imported, namespace, identity, (*path, name))


def _check_cycles(graph: Graph) -> None:
    for kind, rule in ((DecisionUnit, "decision_cycle"), (KnowledgeUnit, "knowledge_cycle")):
        for unit in _in_cycles([unit for unit in graph.units if isinstance(unit, kind)]):
            graph.faults.add(
                rule,
                unit.element,
                f"Expected requirements without a cycle, but {unit.name} requires itself.",
                f"“{unit.name}”直接或间接地依赖自身,形成循环。",
            )


def _in_cycles(units: list[Unit]) -> Iterator[Unit]:
    """Those of the units that can be reached from themselves through each other."""
    among = set(units)
    for unit in units:
        seen: set[Unit] = set()
        todo = [link.unit for link in unit.links if not link.path]
        while todo:
            reached = todo.pop()
            if reached is unit:
                yield unit
                break
            if reached in among and reached not in seen:
                seen.add(reached)
                todo.extend(link.unit for link in reached.links if not link.path)
