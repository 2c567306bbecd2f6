"""Decision tables out of XML."""

from .model import Aggregation, HitPolicy, Input, Output, Rule, Table, Text
from .xml_cursor import Xml


def read_table(xml: Xml) -> Table:
    """A `decisionTable`; cells that a rule leaves out are empty."""
    inputs = tuple(_input(column) for column in xml.children("input"))
    outputs = tuple(_output(column) for column in xml.children("output"))
    rules = tuple(_rule(rule, len(inputs), len(outputs)) for rule in xml.children("rule"))
    return Table(
        hit_policy=_hit_policy(xml),
        aggregation=_aggregation(xml),
        inputs=inputs,
        outputs=outputs,
        annotations=tuple(column.get("name") for column in xml.children("annotation")),
        rules=rules,
        type_ref=xml.get("typeRef"),
        **xml.place(),
    )


def _hit_policy(xml: Xml) -> HitPolicy:
    written = xml.get("hitPolicy") or "UNIQUE"
    try:
        return HitPolicy(written)
    except ValueError:
        known = ", ".join(policy.value for policy in HitPolicy)
        xml.slip(
            f"Expected a hit policy among {known}, but it is {written}.",
            f"命中策略应为 {known} 之一,实际为 {written}。",
        )
        return HitPolicy.UNIQUE


def _aggregation(xml: Xml) -> Aggregation | None:
    written = xml.get("aggregation")
    if not written:
        return None
    try:
        return Aggregation(written)
    except ValueError:
        known = ", ".join(aggregation.value for aggregation in Aggregation)
        xml.slip(
            f"Expected an aggregation among {known}, but it is {written}.",
            f"聚合方式应为 {known} 之一,实际为 {written}。",
        )
        return None


def _input(xml: Xml) -> Input:
    expression = xml.child("inputExpression")
    if expression is None:
        xml.slip("Expected an input expression, but there is none.", "输入列缺少输入表达式。")
    return Input(
        label=xml.get("label"),
        expression=expression.text() if expression else Text(text=""),
        type_ref=expression.get("typeRef") if expression else "",
        values=xml.text_of("inputValues"),
        **xml.place(),
    )


def _output(xml: Xml) -> Output:
    return Output(
        name=xml.get("name"),
        label=xml.get("label"),
        type_ref=xml.get("typeRef"),
        values=xml.text_of("outputValues"),
        default=xml.text_of("defaultOutputEntry"),
        **xml.place(),
    )


def _rule(xml: Xml, inputs: int, outputs: int) -> Rule:
    tests = tuple(entry.text() for entry in xml.children("inputEntry"))
    results = tuple(entry.text() for entry in xml.children("outputEntry"))
    if len(tests) != inputs or len(results) != outputs:
        xml.slip(
            f"Expected {inputs} input and {outputs} output cells in the rule, "
            f"but it has {len(tests)} and {len(results)}.",
            f"该规则应有 {inputs} 个输入单元格和 {outputs} 个输出单元格,"
            f"实际为 {len(tests)} 个和 {len(results)} 个。",
        )
    empty = Text(text="", **xml.place())
    return Rule(
        inputs=(*tests, *([empty] * inputs))[:inputs],
        outputs=(*results, *([empty] * outputs))[:outputs],
        annotations=tuple(entry.content("text") for entry in xml.children("annotationEntry")),
        description=xml.content("description"),
        **xml.place(),
    )
