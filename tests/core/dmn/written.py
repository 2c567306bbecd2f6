"""Small models as texts, for tests."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from service.core.dmn import DmnModel, deploy, read

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(*parts: str, namespace: str = "urn:test", model: str = MODEL) -> bytes:
    """A whole file."""
    body = "".join(parts)
    head = f'<definitions xmlns="{model}" name="test" namespace="{namespace}">'
    return f"{head}{body}</definitions>".encode()


def deployed(*parts: str) -> DmnModel:
    return deploy(read(definitions(*parts)))


def literal(text: str, type_ref: str = "") -> str:
    return f"<literalExpression{_typed(type_ref)}><text>{escape(text)}</text></literalExpression>"


def input_data(name: str, type_ref: str = "") -> str:
    return (
        f"<inputData id={quoteattr(name)} name={quoteattr(name)}>"
        f"<variable name={quoteattr(name)}{_typed(type_ref)}/></inputData>"
    )


def decision(
    name: str,
    expression: str,
    *,
    inputs: Iterable[str] = (),
    decisions: Iterable[str] = (),
    knowledge: Iterable[str] = (),
    type_ref: str = "",
) -> str:
    """A decision whose id is its name, as are those of what it requires."""
    needs = [
        *(f'<informationRequirement><requiredInput href="#{i}"/>' for i in inputs),
        *(f'<informationRequirement><requiredDecision href="#{d}"/>' for d in decisions),
    ]
    required = "".join(f"{need}</informationRequirement>" for need in needs) + "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{k}"/></knowledgeRequirement>'
        for k in knowledge
    )
    return (
        f"<decision id={quoteattr(name)} name={quoteattr(name)}>"
        f"<variable name={quoteattr(name)}{_typed(type_ref)}/>{required}{expression}</decision>"
    )


def knowledge(
    name: str,
    parameters: Sequence[str],
    body: str,
    *,
    type_ref: str = "",
    needs: Iterable[str] = (),
) -> str:
    """A business knowledge model; a parameter may be written `name: type`."""
    formal = "".join(
        f"<formalParameter name={quoteattr(p.partition(':')[0])}"
        f"{_typed(p.partition(':')[2].strip())}/>"
        for p in parameters
    )
    required = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{k}"/></knowledgeRequirement>'
        for k in needs
    )
    return (
        f"<businessKnowledgeModel id={quoteattr(name)} name={quoteattr(name)}>"
        f"<variable name={quoteattr(name)}{_typed(type_ref)}/>{required}"
        f"<encapsulatedLogic>{formal}{body}</encapsulatedLogic></businessKnowledgeModel>"
    )


def table(
    inputs: Sequence[str],
    rules: Sequence[str],
    *,
    policy: str = "UNIQUE",
    aggregation: str = "",
    outputs: Sequence[str] = ("<output/>",),
    annotations: Sequence[str] = (),
    input_values: Sequence[str] = (),
    input_type: str = "",
) -> str:
    """A decision table; a rule is written `test | test -> output | output / annotation`."""
    columns = []
    for place, text in enumerate(inputs):
        values = input_values[place] if place < len(input_values) else ""
        allowed = f"<inputValues><text>{escape(values)}</text></inputValues>" if values else ""
        columns.append(
            f'<input id="in{place}"><inputExpression{_typed(input_type)}>'
            f"<text>{escape(text)}</text></inputExpression>{allowed}</input>"
        )
    noted = "".join(f"<annotation name={quoteattr(name)}/>" for name in annotations)
    by = f' aggregation="{aggregation}"' if aggregation else ""
    return (
        f'<decisionTable id="table" hitPolicy="{policy}"{by}>{"".join(columns)}'
        f"{''.join(outputs)}{noted}{''.join(map(_rule, rules))}</decisionTable>"
    )


def output(name: str, values: str = "", default: str = "", type_ref: str = "") -> str:
    allowed = f"<outputValues><text>{escape(values)}</text></outputValues>" if values else ""
    otherwise = (
        f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>"
        if default
        else ""
    )
    return f"<output name={quoteattr(name)}{_typed(type_ref)}>{allowed}{otherwise}</output>"


def _rule(written: str) -> str:
    tests, _, rest = written.partition("->")
    results, _, note = rest.partition(" / ")
    return (
        "<rule>"
        + "".join(_entry("inputEntry", cell) for cell in tests.split("|"))
        + "".join(_entry("outputEntry", cell) for cell in results.split("|"))
        + "".join(_entry("annotationEntry", cell) for cell in note.split("|") if note)
        + "</rule>"
    )


def _entry(tag: str, text: str) -> str:
    return f"<{tag}><text>{escape(text.strip())}</text></{tag}>"


def _typed(type_ref: str) -> str:
    return f" typeRef={quoteattr(type_ref)}" if type_ref else ""
