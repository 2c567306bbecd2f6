"""DMN files to models. Diagrams, extensions and everything of other namespaces is passed over."""

from ..safe_xml import tree_of
from .model import (
    BusinessKnowledge,
    Decision,
    DecisionService,
    Definitions,
    Import,
    InputData,
    ItemDefinition,
    Variable,
)
from .read_boxed import expression_in, read_function
from .xml_cursor import Xml, root_of


def read(data: bytes) -> Definitions:
    """A model out of its file.

    Raises:
        safe_xml.Refusal: It is no DMN model, is not well-formed, too large, too deep, or
            declares a DTD.
    """
    slips: list[tuple[str, int, str, str]] = []
    root = root_of(tree_of(data), slips)
    return Definitions(
        name=root.get("name"),
        namespace=root.get("namespace"),
        language=root.get("expressionLanguage"),
        prefixes=root.prefixes,
        imports=tuple(_import(x) for x in root.children("import")),
        types=tuple(_item_definition(x) for x in root.children("itemDefinition")),
        inputs=tuple(
            InputData(name=x.get("name"), variable=_own_variable(x), **x.place())
            for x in root.children("inputData")
        ),
        decisions=tuple(_decision(x) for x in root.children("decision")),
        knowledge=tuple(_knowledge(x) for x in root.children("businessKnowledgeModel")),
        services=tuple(_service(x) for x in root.children("decisionService")),
        slips=tuple(slips),
        **root.place(),
    )


def _import(xml: Xml) -> Import:
    return Import(
        name=xml.get("name"),
        namespace=xml.get("namespace"),
        kind=xml.get("importType"),
        **xml.place(),
    )


def _own_variable(xml: Xml) -> Variable:
    """The variable of a node; some editors leave it out, then the node's name stands for it."""
    if not xml.get("name"):
        xml.slip(
            f"Expected a name for this {xml.name}, but it has none.", f"元素 {xml.name} 缺少名称。"
        )
    child = xml.child("variable")
    variable = child.variable() if child else Variable(name="", **xml.place())
    name = variable.name or xml.get("name")
    return Variable(name=name, type_ref=variable.type_ref, id=variable.id, line=variable.line)


def _decision(xml: Xml) -> Decision:
    return Decision(
        name=xml.get("name"),
        variable=_own_variable(xml),
        information=xml.references("informationRequirement", "requiredInput", "requiredDecision"),
        knowledge=xml.references("knowledgeRequirement", "requiredKnowledge"),
        expression=expression_in(xml),
        **xml.place(),
    )


def _knowledge(xml: Xml) -> BusinessKnowledge:
    logic = xml.child("encapsulatedLogic")
    return BusinessKnowledge(
        name=xml.get("name"),
        variable=_own_variable(xml),
        knowledge=xml.references("knowledgeRequirement", "requiredKnowledge"),
        function=read_function(logic) if logic else None,
        **xml.place(),
    )


def _service(xml: Xml) -> DecisionService:
    return DecisionService(
        name=xml.get("name"),
        variable=_own_variable(xml),
        outputs=xml.references("outputDecision"),
        encapsulated=xml.references("encapsulatedDecision"),
        input_decisions=xml.references("inputDecision"),
        input_data=xml.references("inputData"),
        **xml.place(),
    )


def _item_definition(xml: Xml) -> ItemDefinition:
    function = xml.child("functionItem")
    parameters = None
    if function is not None:
        parameters = tuple(p.variable() for p in function.children("parameters"))
    return ItemDefinition(
        name=xml.get("name"),
        type_ref=xml.content("typeRef"),
        is_list=xml.is_true("isCollection"),
        components=tuple(_item_definition(x) for x in xml.children("itemComponent")),
        allowed=xml.text_of("allowedValues"),
        constraint=xml.text_of("typeConstraint"),
        parameters=parameters,
        result_ref=function.get("outputTypeRef") if function else "",
        **xml.place(),
    )
