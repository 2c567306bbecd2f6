"""What the diagrams that come along say of themselves, for the pages that list them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from service.core.safe_xml import tree_of

BPMN: Final = Path(__file__).parents[2] / "bpmn"
_BODIES: Final = ("process", "subProcess")


@dataclass
class Drawn:
    """One process.

    Attributes:
        flow: The folder that it lies in.
        root: Its XML element.
        messages: Names of the file's messages by id.
    """

    flow: str
    root: Any
    messages: dict[str, str]
    callers: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        return str(self.root.get("id"))

    @property
    def name(self) -> str:
        return str(self.root.get("name"))

    def all(self, *kinds: str) -> Iterator[Any]:
        """Elements of these kinds, in the order of the file."""
        for element in self.root.iter("{*}*"):
            if kind(element) in kinds:
                yield element

    def message(self, event: Any) -> str:
        """The name of the message of an event; "" without one."""
        found = event.find("{*}messageEventDefinition")
        return "" if found is None else self.messages[found.get("messageRef")]

    def duty(self, element: Any) -> str:
        """Who does a task: its assignment, or else the duty of its lane."""
        for assigned in inside(element, "assignmentDefinition"):
            for name in ("candidateGroups", "candidateUsers", "assignee"):
                if assigned.get(name):
                    return str(assigned.get(name))
        for lane in self.all("lane"):
            if element.get("id") in [each.text.strip() for each in lane.iterfind("{*}flowNodeRef")]:
                return next((str(each.get("id")) for each in inside(lane, "duty")), "")
        return ""

    def fields(self, element: Any) -> list[tuple[str, str, bool]]:
        """Name, title and whether it is required, of each member of a task's form."""
        for form in inside(element, "formDefinition"):
            path = BPMN / self.flow / "forms" / f"{form.get('formId')}.schema.json"
            schema = json.loads(path.read_text())
            required = schema.get("required", ())
            return [
                (name, str(each.get("title", "")), name in required)
                for name, each in schema["properties"].items()
            ]
        return []


def kind(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def inside(element: Any, *kinds: str) -> Iterator[Any]:
    """Extensions of an element."""
    for extensions in element.iterfind("{*}extensionElements"):
        for each in extensions.iter("{*}*"):
            if kind(each) in kinds:
                yield each


def every_process() -> dict[str, Drawn]:
    """All of them by id: by folder, then by file."""
    found: dict[str, Drawn] = {}
    for path in sorted(BPMN.glob("*/*.bpmn")):
        root = tree_of(path.read_bytes())
        messages = {each.get("id"): each.get("name") for each in root.iterfind("{*}message")}
        for process in root.iterfind("{*}process"):
            drawn = Drawn(path.parent.name, process, messages)
            found[drawn.id] = drawn
    for drawn in found.values():
        for call in drawn.all("callActivity"):
            for called in inside(call, "calledElement"):
                if called.get("processId") in found:
                    found[called.get("processId")].callers.add(drawn.id)
    return found
