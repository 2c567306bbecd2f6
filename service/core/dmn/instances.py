"""One evaluation of a model: values of its nodes, each made once."""

from collections.abc import Mapping

from ..feel import Function, Run, Value
from ..feel.invocation import apply_named
from .graph import Graph
from .state import Env, State, charged
from .texts import held
from .units import DecisionUnit, InputUnit, KnowledgeUnit, Link, Path, ServiceUnit, Unit


class Instance:
    """The nodes of one model with their values; imported models have instances of their own.

    Attributes:
        given: The inputs of the caller, by name; those of an import in a context of its name.
        values: The values made so far; one that is put here is not made.
    """

    def __init__(self, graph: Graph, given: Mapping[str, Value], state: State) -> None:
        self.graph = graph
        self.given = dict(given)
        self.values: dict[Unit, Value] = {}
        self._state = state
        self._children: dict[str, Instance] = {}
        self._open: set[Unit] = set()

    def at(self, path: Path) -> "Instance":
        """The instance of an imported model."""
        here = self
        for name in path:
            child = here._children.get(name)
            if child is None:
                given = _inputs_of_import(here.given, name)
                child = Instance(here.graph.imports[name], given, here._state)
                here._children[name] = child
            here = child
        return here

    def value(self, link: Link) -> Value:
        """The value of a node, made now unless it is there; decisions below it first."""
        unit = link.unit
        there = self.at(link.path)
        if unit in there.values:
            return there.values[unit]
        if isinstance(unit, DecisionUnit):
            there._decide_from_below(unit)
        elif isinstance(unit, InputUnit):
            there.values[unit] = there._input(unit)
        elif isinstance(unit, KnowledgeUnit):
            there._define(unit)
        else:
            assert isinstance(unit, ServiceUnit)
            there.values[unit] = there._service(unit)
        return there.values[unit]

    def _decide_from_below(self, unit: DecisionUnit) -> None:
        """Make what a decision stands on before it, without recursion: a chain may be long."""
        last = Link((), unit)
        seen = {(last.path, last.unit)}
        stack = [(last, iter(unit.links))]
        while stack:
            link, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                self.at(link.path)._decide(link.unit)
                continue
            step = Link(link.path + following.path, following.unit)
            if not isinstance(step.unit, DecisionUnit) or (step.path, step.unit) in seen:
                continue
            seen.add((step.path, step.unit))
            if step.unit not in self.at(step.path).values:
                stack.append((step, iter(step.unit.links)))

    def _input(self, unit: InputUnit) -> Value:
        for name in (unit.name, unit.key):
            if name in self.given:
                return held(self._state, self.given[name], unit.wanted, unit.element)
        return self._state.null(
            unit.element,
            "missing_input",
            f"Expected a value for the input {unit.name}, but there is none.",
            f"缺少输入“{unit.name}”的值。",
        )

    def _decide(self, unit: Unit) -> None:
        if unit in self.values or unit in self._open:
            return
        assert isinstance(unit, DecisionUnit)
        state = self._state
        self._open.add(unit)
        env, inputs = self._required(unit)
        since, outer = len(state.run.warnings), state.tables
        state.tables = []
        value = unit.code(env, state) if unit.has_logic else self.given.get(unit.name)
        value = held(state, value, unit.wanted, unit.element)
        self.values[unit] = value
        self._open.discard(unit)
        state.made(unit.element, unit.name, inputs, value, since)
        state.tables = outer

    def _required(self, unit: DecisionUnit) -> tuple[Env, dict[str, Value]]:
        """What the decision's texts may see, and those of it that are data."""
        env: Env = {}
        inputs: dict[str, Value] = {}
        for link in unit.links:
            value = self._cut(unit, link) if self._is_open(link) else self.value(link)
            _bind(env, link, value)
            if isinstance(link.unit, InputUnit | DecisionUnit):
                inputs[".".join((*filter(None, link.path), link.unit.key))] = value
        for name in unit.undeclared:
            if name in self.given:
                env[name] = inputs[name] = self.given[name]
        return env, inputs

    def _is_open(self, link: Link) -> bool:
        there = self.at(link.path)
        return link.unit in there._open and link.unit not in there.values

    def _cut(self, unit: DecisionUnit, link: Link) -> Value:
        return self._state.null(
            unit.element,
            "decision_cycle",
            f"Expected requirements without a cycle, but {link.unit.name} is not made yet.",
            f"依赖形成循环:“{link.unit.name}”尚未得出。",
        )

    def _define(self, unit: KnowledgeUnit) -> None:
        """Make a function; its variables come after it, as functions may require each other."""
        env: Env = {}
        self.values[unit] = unit.code(env, self._state)
        for link in unit.links:
            _bind(env, link, self.value(link))
        env.setdefault(unit.key, self.values[unit])

    def _service(self, unit: ServiceUnit) -> Function:
        names = tuple(link.unit.key for link in unit.parameters)

        def call(run: Run, args: list[Value]) -> Value:
            return self.serve(unit, dict(zip(names, args, strict=True)))

        return Function(names, (None,) * len(names), charged(call))

    def serve(self, unit: ServiceUnit, arguments: Mapping[str, Value]) -> Value:
        """The result of a service: the value of its output decision, or a context of several."""
        own = {name: self.given[name] for name in self.graph.imports if name in self.given}
        inner = Instance(self.graph, own, self._state)
        for link in unit.parameters:
            inner._give(link, arguments)
        results = {link.unit.key: inner.value(link) for link in unit.links}
        value = next(iter(results.values())) if len(results) == 1 else dict(results)
        return held(self._state, value, unit.wanted, unit.element)

    def call(self, unit: Unit, arguments: Mapping[str, Value]) -> Value:
        """The result of a business knowledge model's function, with arguments by name."""
        function = self.value(Link((), unit))
        return apply_named(self._state.run, function, dict(arguments))

    def _give(self, link: Link, arguments: Mapping[str, Value]) -> None:
        unit, there = link.unit, self.at(link.path)
        value = arguments.get(unit.name, arguments.get(unit.key))
        there.values[unit] = held(self._state, value, unit.wanted, unit.element)


def _inputs_of_import(given: Mapping[str, Value], name: str) -> Mapping[str, Value]:
    """A context of the import's name, else names that begin with it and a dot, else all."""
    own = given.get(name)
    if isinstance(own, dict):
        return own
    head = f"{name}."
    dotted = {key[len(head) :]: value for key, value in given.items() if key.startswith(head)}
    return dotted or given


def _bind(env: Env, link: Link, value: Value) -> None:
    here = env
    for name in filter(None, link.path):
        inner = here.setdefault(name, {})
        assert isinstance(inner, dict)
        here = inner
    here[link.unit.key] = value
