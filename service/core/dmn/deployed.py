"""A deployed model: read once, checked, and evaluated many times."""

from collections.abc import Iterable, Mapping

from ..feel import Run, Value
from ..safe_xml import Refusal
from .checks import check
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
        outputs = {
            name: instance.value(Link((), unit)) for name, unit in zip(wanted, units, strict=True)
        }
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
        if isinstance(unit, ServiceUnit):
            value = instance.serve(unit, arguments)
        else:
            value = instance.call(unit, arguments)
        return Evaluation({name: value}, tuple(state.decisions), state.notices())

    def _unit(self, name: str, kinds: tuple[type[Unit], ...]) -> Unit:
        for unit in self._graph.units:
            if isinstance(unit, kinds) and name in (unit.name, unit.element.id):
                return unit
        raise UnknownName(name)


def deploy(definitions: Definitions, libraries: Iterable[Definitions] = ()) -> DmnModel:
    """Compile and check a model; its faults are then in the result.

    Args:
        definitions: The model.
        libraries: Models that it may import.

    Raises:
        Refusal: Its types or expressions nest too deep to be compiled.
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
