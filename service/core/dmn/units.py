"""The nodes of a requirements graph, compiled: what each needs, and how its value is made."""

from dataclasses import dataclass, field
from typing import TypeAlias

from .boxed import Boxes, result_type
from .faults import Faults
from .model import (
    BusinessKnowledge,
    Decision,
    DecisionService,
    Definitions,
    Element,
    InputData,
    Node,
)
from .state import Code, null_code
from .texts import Scope, Texts
from .types import ANY_ITEM, ItemType, TypeTable

#: The names of the imports that lead from one model to another; () stays in the model.
Path: TypeAlias = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Unit:
    """A node of the graph, in the model that it is written in.

    Attributes:
        name: What callers call it.
        key: What texts call it: the name of its variable.
        wanted: The type of its value; of its results, where it is a function.
        links: What it requires.
    """

    element: Node
    name: str
    key: str
    wanted: ItemType = ANY_ITEM
    links: "list[Link]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class InputUnit(Unit):
    pass


@dataclass(slots=True, eq=False)
class DecisionUnit(Unit):
    """`undeclared` are the names that it reads without requiring them, taken from the inputs."""

    code: Code = null_code
    has_logic: bool = False
    undeclared: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class KnowledgeUnit(Unit):
    code: Code = null_code


@dataclass(slots=True, eq=False)
class ServiceUnit(Unit):
    """`links` are its output decisions, `parameters` what it is given, in order."""

    parameters: "list[Link]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Link:
    """A node that another requires, and the way there."""

    path: Path
    unit: Unit


_KINDS: dict[type[Node], type[Unit]] = {
    InputData: InputUnit,
    Decision: DecisionUnit,
    BusinessKnowledge: KnowledgeUnit,
    DecisionService: ServiceUnit,
}


def units_of(definitions: Definitions) -> list[Unit]:
    """A unit for every node, with nothing resolved yet."""
    nodes: list[Node] = [
        *definitions.inputs,
        *definitions.decisions,
        *definitions.knowledge,
        *definitions.services,
    ]
    return [_KINDS[type(node)](node, node.name, node.variable.name) for node in nodes]


class UnitCompiler:
    """Compiles the units of one model, once their links are there.

    Attributes:
        boxes: The compiler of their expressions.
    """

    def __init__(
        self, definitions: Definitions, types: TypeTable, faults: Faults, units: list[Unit]
    ) -> None:
        self.boxes = Boxes(Texts(definitions.language, types, faults))
        self._types = types
        self._faults = faults
        self._imports = {i.name for i in definitions.imports}
        self._drawn = {unit.key for unit in units} | self._imports

    def compile(self, unit: Unit) -> None:
        variable = unit.element.variable
        declared = self._types.get(variable.type_ref, variable)
        is_function = isinstance(unit, KnowledgeUnit | ServiceUnit)
        unit.wanted = result_type(declared) if is_function else declared
        if isinstance(unit, DecisionUnit):
            self._decision(unit)
        elif isinstance(unit, KnowledgeUnit):
            self._knowledge(unit)

    def _decision(self, unit: DecisionUnit) -> None:
        assert isinstance(unit.element, Decision)
        unit.has_logic = unit.element.expression is not None
        if not unit.has_logic:
            self._faults.warn(
                "no_logic",
                unit.element,
                f"Expected a decision with logic, but {unit.name} has none.",
                f"决策“{unit.name}”没有决策逻辑。",
            )
        scope = Scope(names_of(unit.links))
        unit.code = self.boxes.code(unit.element.expression, scope)
        unit.undeclared = self._undeclared(unit, scope.undeclared)

    def _knowledge(self, unit: KnowledgeUnit) -> None:
        assert isinstance(unit.element, BusinessKnowledge)
        if unit.element.function is None:
            return
        scope = Scope({unit.key, *names_of(unit.links)})
        unit.code = self.boxes.function(unit.element.function, scope, unit.wanted)
        for name, element in scope.undeclared.items():
            self._not_required(unit, name, element)

    def _undeclared(self, unit: Unit, read: dict[str, Element]) -> tuple[str, ...]:
        """The names that may be inputs which the model does not draw."""
        found = []
        for name, element in read.items():
            if name in self._drawn:
                self._not_required(unit, name, element)
                continue
            found.append(name)
            self._faults.warn(
                "undeclared_input",
                element,
                f"Expected {unit.name} to require {name} as an input, but the model has no such "
                "input; its value is taken from the caller's.",
                f"“{unit.name}”读取了“{name}”,但模型未声明该输入;其值取自调用方。",
            )
        return tuple(found)

    def _not_required(self, unit: Unit, name: str, element: Element) -> None:
        self._faults.add(
            "missing_requirement",
            element,
            f"Expected {unit.name} to require {name}, but it reads it without.",
            f"“{unit.name}”读取了“{name}”,但没有对应的依赖关系。",
        )


def names_of(links: list[Link]) -> set[str]:
    """The names under which texts see what is required: its own, or that of the import."""
    return {next((part for part in link.path if part), link.unit.key) for link in links}
