"""A deployed model: read once, checked, and evaluated many times."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..feel import BudgetExceeded, Run, Value
from ..safe_xml import Refusal
from .checks import check
from .decode import decoded
from .explanation import Evaluation
from .faults import ERROR, Fault
from .graph import Graph, graph_of
from .instances import Instance
from .model import Definitions
from .state import State
from .units import DecisionUnit, KnowledgeUnit, Link, ServiceUnit, Unit


class UnknownName(KeyError):
    """The model has no decision, service or business knowledge of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.message = f"Expected a decision or service of the model, but it has no {name}."
        self.message_zh = f"模型中没有名为“{name}”的决策或决策服务。"

    def __str__(self) -> str:
        return self.message


class DmnModel:
    """A model that can be evaluated.

    Attributes:
        definitions: What its file says.
        faults: What is wrong with it, warnings among them, in the order of the file's lines.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.definitions = graph.definitions
        self.faults: tuple[Fault, ...] = tuple(sorted(graph.faults, key=lambda f: f.line))

    @property
    def is_sound(self) -> bool:
        """Whether it has no error; one that has some still evaluates, with nulls for the faulty."""
        return all(fault.severity != ERROR for fault in self.faults)

    @property
    def decisions(self) -> tuple[str, ...]:
        """The names of its decisions, in the order of the file."""
        return tuple(u.name for u in self._graph.units if isinstance(u, DecisionUnit))

    @property
    def services(self) -> tuple[str, ...]:
        """The names of its decision services, in the order of the file."""
        return tuple(u.name for u in self._graph.units if isinstance(u, ServiceUnit))

    def decode(self, given: Mapping[str, Any]) -> dict[str, Value]:
        """Inputs from parsed JSON: texts become dates and durations where their types say so.

        Raises:
            feel.border.BorderFault: A value is too large, or has more digits than 34.
        """
        return decoded(self._graph.units, given)

    def evaluate(
        self,
        names: str | Iterable[str],
        inputs: Mapping[str, Value],
        run: Run | None = None,
    ) -> Evaluation:
        """Make decisions.

        Args:
            names: Names or ids of decisions.
            inputs: Values of the input data by name; those of an imported model in a context
                under the name of the import.
            run: Clock, calendar and budget; a new one where there is none.

        Raises:
            UnknownName: There is no such decision.
            feel.BudgetExceeded: It needs more than the run has left.
            feel.EvaluationError: The run is strict, and a null would carry a warning.
        """
        state = State(run or Run())
        instance = Instance(self._graph, inputs, state)
        wanted = [names] if isinstance(names, str) else list(names)
        units = [self._unit(name, (DecisionUnit,)) for name in wanted]
        with _within_the_stack():
            links = [Link((), unit) for unit in units]
            outputs = {name: instance.value(link) for name, link in zip(wanted, links, strict=True)}
        return Evaluation(outputs, tuple(state.decisions), state.notices())

    def invoke(
        self, name: str, arguments: Mapping[str, Value], run: Run | None = None
    ) -> Evaluation:
        """Call a decision service, or the function of a business knowledge model.

        Args:
            name: Its name or id.
            arguments: The values of its parameters by name, and for a service those of the
                inputs of imported models, in a context under the name of the import.
            run: As of `evaluate`, as are the errors that are raised.
        """
        state = State(run or Run())
        instance = Instance(self._graph, arguments, state)
        unit = self._unit(name, (ServiceUnit, KnowledgeUnit))
        with _within_the_stack():
            is_service = isinstance(unit, ServiceUnit)
            value = (instance.serve if is_service else instance.call)(unit, arguments)
        return Evaluation({name: value}, tuple(state.decisions), state.notices())

    def _unit(self, name: str, kinds: tuple[type[Unit], ...]) -> Unit:
        units = [unit for unit in self._graph.units if isinstance(unit, kinds)]
        for unit in units:  # an id is one unit's; another may have it as its name
            if name == unit.element.id:
                return unit
        for unit in units:
            if name == unit.name:
                return unit
        raise UnknownName(name)


@contextmanager
def _within_the_stack() -> Iterator[None]:
    """Boxed functions that call each other end as the budget's depth ends."""
    try:
        yield
    except RecursionError:
        raise BudgetExceeded(
            "depth", "Expected less nesting, but the stack is full.", "嵌套过深,调用栈已满。"
        ) from None


def deploy(definitions: Definitions, libraries: Iterable[Definitions] = ()) -> DmnModel:
    """Compile and check a model; its faults are then in the result.

    Args:
        definitions: The model.
        libraries: Models that it may import.

    Raises:
        Refusal: Its types or expressions are too many, or nest too deep, to be compiled.
    """
    try:
        graph = graph_of(definitions, libraries)
    except RecursionError:
        raise Refusal(
            "Expected types and expressions that nest less deep, but they are too deep.",
            "类型或表达式嵌套过深。",
        ) from None
    check(graph)
    return DmnModel(graph)
