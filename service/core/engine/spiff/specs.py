"""The specs of SpiffWorkflow, told what they stand for in our model.

They carry the structure: which element follows which. SpiffWorkflow's own task tree is not used
(decision 10): the tokens are in `state.py`.
"""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.specs import WorkflowSpec

from ..model import (
    Activity,
    BoundaryEvent,
    CatchEvent,
    CompensateEvent,
    Element,
    EventDefinition,
    EventSubProcess,
    FlowNode,
    SequenceFlow,
    StartEvent,
)


class ElementSpec(BpmnTaskSpec):  # type: ignore[misc]
    """A flow node, or a process, within its body.

    Attributes:
        key: Its name in states: its id, with the process before it where two files share one.
        element: What it is.
        process: The id of the process it belongs to.
        body: What is inside, for containers.
        flows: What leaves it: (sequence flow, the element it leads to).
        incoming: The ids of the sequence flows that lead to it.
        boundaries: The boundary events attached to it, compensation apart.
        handler: The activity that compensates it, if there is one.
    """

    def __init__(self, owner: "BodySpec", key: str, element: Element, process: str) -> None:
        super().__init__(owner, key)
        self.bpmn_id = element.id
        self.key = key
        self.element: Any = element
        self.process = process
        self.inside: BodySpec | None = None
        self.container = owner
        self.flows: list[tuple[SequenceFlow, ElementSpec]] = []
        self.incoming: list[str] = []
        self.boundaries: list[ElementSpec] = []
        self.handler: ElementSpec | None = None

    @property
    def body(self) -> "BodySpec":
        """What is inside.

        Raises:
            TypeError: It is no container.
        """
        if self.inside is None:
            raise TypeError(f"Expected a container, but {self.key!r} has nothing inside.")
        return self.inside

    def lead_to(self, flow: SequenceFlow, target: "ElementSpec") -> None:
        self.flows.append((flow, target))
        target.incoming.append(flow.id)
        self.connect(target)

    @property
    def definitions(self) -> tuple[EventDefinition, ...]:
        element = self.element
        return element.definitions if hasattr(element, "definitions") else ()


class BodySpec(WorkflowSpec):  # type: ignore[misc]
    """The inside of a process or sub-process.

    Attributes:
        starts: Where tokens begin: none start events, else what nothing leads to.
        events: Its event sub-processes, each with its start event.
        links: The catching end of each link, by the link's name.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.starts: list[ElementSpec] = []
        self.events: list[tuple[ElementSpec, ElementSpec]] = []
        self.links: dict[str, ElementSpec] = {}

    def specs(self) -> Iterator[ElementSpec]:
        yield from self.task_specs.values()


def begins_by_itself(spec: ElementSpec) -> bool:
    """Whether a token appears here when the container is entered (BPMN 2.0.2, 13.3.4)."""
    element = spec.element
    if isinstance(element, StartEvent):
        return not element.definitions
    if spec.incoming or isinstance(element, BoundaryEvent | EventSubProcess):
        return False
    if isinstance(element, Activity) and element.is_for_compensation:
        return False
    return isinstance(element, FlowNode) and not is_link_target(spec)


def is_link_target(spec: ElementSpec) -> bool:
    from ..model import LinkEvent

    return isinstance(spec.element, CatchEvent) and any(
        isinstance(each, LinkEvent) for each in spec.definitions
    )


def is_compensation(spec: ElementSpec) -> bool:
    return any(isinstance(each, CompensateEvent) for each in spec.definitions)
