"""Files of every version and editor are read, and hostile ones are refused with a sentence."""

import time
import tracemalloc
from decimal import Decimal

import pytest

from service.core.dmn import Refusal, deploy, read
from service.core.dmn.xml_cursor import NAMESPACES
from service.core.safe_xml import BYTES_MAX

from .written import decision, definitions, input_data, literal, output, table


@pytest.mark.parametrize("namespace", sorted(NAMESPACES))
def test_every_version_is_read(namespace: str) -> None:
    model = deploy(read(definitions(decision("d", literal("1 + 1")), model=namespace)))
    assert model.evaluate("d", {}).outputs["d"] == 2


# As Camunda Modeler saves a file: prefixes, a diagram, extensions, widths, annotations.
_SAVED = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
    xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"
    xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/"
    xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0"
    xmlns:camunda="http://camunda.org/schema/1.0/dmn"
    xmlns:modeler="http://camunda.org/schema/modeler/1.0"
    id="dish" name="Dish" namespace="http://camunda.org/schema/1.0/dmn"
    exporter="Camunda Modeler" modeler:executionPlatform="Camunda Cloud">
  <decision id="dishDecision" name="Dish">
    <extensionElements><camunda:note>ignored</camunda:note></extensionElements>
    <decisionTable id="dt" hitPolicy="FIRST" biodi:annotationsWidth="400">
      <input id="i1" label="Season" biodi:width="192" camunda:inputVariable="s">
        <inputExpression id="e1" typeRef="string"><text>season</text></inputExpression>
        <inputValues id="v1"><text>"Winter","Summer"</text></inputValues>
      </input>
      <input id="i2" label="Guests">
        <inputExpression id="e2" typeRef="integer"><text>guestCount</text></inputExpression>
      </input>
      <output id="o1" label="Dish" name="dish" typeRef="string" biodi:width="192"/>
      <rule id="r1">
        <description>large parties eat light</description>
        <inputEntry id="c1"><text>"Summer"</text></inputEntry>
        <inputEntry id="c2"><text>&gt; 8</text></inputEntry>
        <outputEntry id="x1"><text>"Salad"</text></outputEntry>
      </rule>
      <rule id="r2">
        <inputEntry id="c3"><text></text></inputEntry>
        <inputEntry id="c4"><text></text></inputEntry>
        <outputEntry id="x2"><text>"Stew"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <textAnnotation id="note"><text>a note</text></textAnnotation>
  <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="dishDecision">
    <dc:Bounds height="80" width="180" x="160" y="100"/></dmndi:DMNShape></dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>"""


def test_a_file_of_an_editor_works_as_it_was_saved() -> None:
    model = deploy(read(_SAVED.encode()))
    assert model.is_sound
    assert {f.rule for f in model.faults} == {"undeclared_input"}
    made = model.evaluate("dishDecision", {"season": "Summer", "guestCount": Decimal(9)})
    assert made.outputs["dishDecision"] == "Salad"
    (fired,) = made.decisions[0].tables[0].fired
    assert (fired.id, fired.annotations) == ("r1", {"description": "large parties eat light"})
    winter = model.evaluate("Dish", {"season": "Winter", "guestCount": Decimal(2)})
    assert winter.outputs["Dish"] == "Stew"


_ENTITY = "<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (f"<!DOCTYPE d [{_ENTITY}]><d>&j;</d>".encode(), "without DTD"),
        (b"<!DOCTYPE d SYSTEM 'file:///etc/passwd'><d/>", "without DTD"),
        ("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///x'>]><d>&x;</d>".encode("utf-16"), "DTD"),
        (b"<a>" * 100_000, "deep"),
        (b"<a>" + b"<b/>" * 300_000 + b"</a>", "elements"),
        (b" " * (BYTES_MAX + 1), "bytes"),
        (b"", "well-formed"),
        (b"\x00\xff\xfe", "well-formed"),
        (b"<a", "well-formed"),
        (b"<bpmn/>", "DMN model"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "well-formed"),
        (b'<?xml version="1.0" encoding="big5"?><a/>', "well-formed"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    tracemalloc.start()
    begin = time.perf_counter()
    with pytest.raises(Refusal, match=r"^Expected") as refused:
        read(data)
    assert time.perf_counter() - begin < 1
    assert tracemalloc.get_traced_memory()[1] < 64_000_000
    tracemalloc.stop()
    assert says in refused.value.message
    assert refused.value.message_zh


def test_types_that_double_at_every_step_stay_small() -> None:
    doubling = "".join(
        f'<itemDefinition name="t{n}"><itemComponent name="a"><typeRef>t{n - 1}</typeRef>'
        f'</itemComponent><itemComponent name="b"><typeRef>t{n - 1}</typeRef></itemComponent>'
        "</itemDefinition>"
        for n in range(1, 60)
    )
    base = '<itemDefinition name="t0"><typeRef>string</typeRef></itemDefinition>'
    model = deploy(read(definitions(base, doubling, decision("d", literal("1"), type_ref="t59"))))
    assert "type_too_large" in {fault.rule for fault in model.faults}
    assert model.evaluate("d", {}).outputs["d"] is None


def test_long_chains_of_types_are_refused() -> None:
    chain = "".join(
        f'<itemDefinition name="t{n}"><typeRef>t{n + 1}</typeRef></itemDefinition>'
        for n in range(20_000)
    )
    with pytest.raises(Refusal, match="nest less deep"):
        deploy(read(definitions(chain)))


def test_a_model_of_too_many_names_and_texts_is_refused_in_time() -> None:
    names = [f"n {n}" for n in range(1000)]
    rules = ["n 1 -> n 2"] * 100
    wide = decision("d", table(["n 3"], rules, outputs=[output("y")]), inputs=names)
    begin = time.perf_counter()
    with pytest.raises(Refusal, match="too large"):
        deploy(read(definitions(*map(input_data, names), wide)))
    assert time.perf_counter() - begin < 20


def test_thousands_of_decisions_are_checked_for_cycles_in_time() -> None:
    chain = [decision(f"d{n}", literal("1"), decisions=[f"d{(n + 1) % 8000}"]) for n in range(8000)]
    begin = time.perf_counter()
    model = deploy(read(definitions(*chain)))
    assert time.perf_counter() - begin < 20
    assert sum(fault.rule == "decision_cycle" for fault in model.faults) == 8000
