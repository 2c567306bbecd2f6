"""What all elements have: id, name, place, extensions; and the data of activities and events."""

from typing import Any

from .model import Data, DataAssociation, DataItem, Property
from .read_extensions import read_extensions
from .xml_cursor import Xml

#: Children that document, or that only repeat what is said elsewhere.
QUIET = ("documentation", "auditing", "monitoring", "categoryValueRef", "extensionElements")


def base(xml: Xml) -> dict[str, Any]:
    """The fields of `model.Element`."""
    documentation = "\n".join(x.content() for x in xml.children("documentation"))
    xml.skip(*QUIET)
    return {
        "id": xml.get("id"),
        "name": xml.get("name"),
        "line": xml.line,
        "documentation": documentation,
        "extensions": read_extensions(xml),
    }


def read_data(xml: Xml) -> Data:
    """Properties, inputs, outputs and associations of an activity, event or process."""
    inputs = [_item(x) for x in xml.children("dataInput")]
    outputs = [_item(x) for x in xml.children("dataOutput")]
    io = xml.child("ioSpecification")
    if io is not None:
        inputs += [_item(x) for x in io.children("dataInput")]
        outputs += [_item(x) for x in io.children("dataOutput")]
        for sets in io.children("inputSet", "outputSet"):
            _set(sets)
        base(io)
        io.finish()
    xml.skip("inputSet", "outputSet")
    properties = []
    for child in xml.children("property"):
        child.skip("itemSubjectRef")
        child.without_effect("dataState")
        properties.append(Property(**base(child)))
        child.finish()
    return Data(
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        properties=tuple(properties),
        incoming=tuple(_association(x) for x in xml.children("dataInputAssociation")),
        outgoing=tuple(_association(x) for x in xml.children("dataOutputAssociation")),
    )


def _item(xml: Xml) -> DataItem:
    xml.skip("itemSubjectRef", "isCollection")
    xml.without_effect("dataState")
    item = DataItem(**base(xml))
    xml.finish()
    return item


def _set(xml: Xml) -> None:
    """Sets that list all items say nothing; the finer ones would change when a task may begin."""
    base(xml)
    xml.skip("dataInputRefs", "dataOutputRefs", "inputSetRefs", "outputSetRefs")
    xml.finish()


def _association(xml: Xml) -> DataAssociation:
    assignments = []
    for child in xml.children("assignment"):
        pair = child.child_text("from"), child.child_text("to")
        if pair[0] is None or pair[1] is None:
            child.error(
                "missing_element",
                "Expected from and to in an assignment, but one is missing.",
                "assignment 缺少 from 或 to。",
            )
        else:
            assignments.append((pair[0], pair[1]))
        base(child)
        child.finish()
    association = DataAssociation(
        sources=tuple(x.content().rpartition(":")[2] for x in xml.children("sourceRef")),
        target=xml.child_reference("targetRef"),
        transformation=xml.child_text("transformation"),
        assignments=tuple(assignments),
        **base(xml),
    )
    xml.finish()
    return association
