"""The XML schema of BPMN 2.0, which SpiffWorkflow carries: whether a file has its shape.

Extensions are looked at by the rules of `validate`; here anything may stand where BPMN has room
for extensions. Nothing is loaded from outside the package.
"""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

#: Faults that are told of one file; more help nobody.
FAULTS_MAX = 50
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Misshapen:
    """A place where a file has not the shape of BPMN 2.0; `line` counts from 1."""

    line: int
    message: str
    message_zh: str


def misshapen(tree: Any) -> list[Misshapen]:
    """Where a tree of `safe_xml.tree_of` breaks the schema, in the order of its lines."""
    schema = _schema()
    if schema.validate(tree):
        return []
    found = {(entry.line, _plain(entry.message)): entry for entry in schema.error_log}
    return [
        Misshapen(
            line,
            f"Expected the shape of BPMN 2.0, but: {why}",
            f"{_chinese(entry.type_name)}（BPMN 2.0 XML 模式）：{why}",
        )
        for (line, why), entry in list(found.items())[:FAULTS_MAX]
    ]


@cache
def _schema() -> Any:
    package = find_spec("SpiffWorkflow")
    assert package is not None
    assert package.submodule_search_locations is not None
    folder = Path(package.submodule_search_locations[0]) / "bpmn" / "parser" / "schema"
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    return etree.XMLSchema(etree.parse(str(folder / "BPMN20.xsd"), parser))


def _plain(message: str) -> str:
    """The validator's words without namespaces, which nobody needs to find the place."""
    for namespace in ("MODEL", "DI"):
        message = message.replace(f"{{http://www.omg.org/spec/BPMN/20100524/{namespace}}}", "")
    return message if len(message) <= _SHOWN else f"{message[:_SHOWN]}…"


_CHINESE = {
    "SCHEMAV_ELEMENT_CONTENT": "元素的位置或内容不符合要求",
    "SCHEMAV_CVC_ELT_1": "没有这种元素",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "元素没有这个属性",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "元素没有这个属性",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "元素缺少必需的属性",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "元素中不得有文字",
}


def _chinese(type_name: str) -> str:
    return _CHINESE.get(type_name, "元素或属性的值不符合要求")
