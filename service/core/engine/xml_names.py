"""Namespaces and names that the reader of BPMN files knows."""

from .extensions import DINGBIAN, ZEEBE

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

#: Namespaces of engines: what they say changes how a diagram runs, so it cannot be passed over.
ENGINES = {
    "http://camunda.org/schema/1.0/bpmn": "Camunda 7",
    "http://activiti.org/bpmn": "Activiti",
    "http://flowable.org/bpmn": "Flowable",
    "http://www.jboss.org/drools": "jBPM",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "SpiffWorkflow",
    ZEEBE: "Camunda 8",
    DINGBIAN: "Dingbian",
    BPMN: "BPMN",
}

#: Namespaces that only say how a diagram looks or which editor drew it.
APPEARANCE = frozenset(
    {
        XSI,
        "http://www.w3.org/XML/1998/namespace",
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://www.omg.org/spec/DD/20100524/DI",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://camunda.org/schema/modeler/1.0",
    }
)

#: Attributes of the editor's element templates.
TEMPLATES = frozenset({"modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon"})

#: Parts of what is drawn, beside event definitions, loops and expressions.
INNER = frozenset(
    {
        *("condition", "loopCardinality", "loopCondition", "completionCondition", "script"),
        *("timeDate", "timeDuration", "timeCycle", "activationCondition", "ioSpecification"),
        *("dataInput", "dataOutput", "dataInputAssociation", "dataOutputAssociation", "property"),
        *("inputDataItem", "outputDataItem", "transformation", "assignment", "from", "to"),
    }
)


def split_tag(tag: str) -> tuple[str, str]:
    """(namespace, local name) of `{namespace}name`."""
    namespace, _, name = tag.rpartition("}")
    return namespace[1:], name
