"""Reading one element of BPMN, and noting what of it nobody asked for: nothing is silently lost."""

from collections.abc import Iterator
from typing import Any

from .extensions import DINGBIAN, ZEEBE, Text
from .findings import Findings

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


class Xml:
    """One element; `finish` reports the attributes and children that were not asked for."""

    __slots__ = ("_asked", "_element", "_got", "findings", "line", "owner")

    def __init__(self, element: Any, findings: Findings, owner: str = "") -> None:
        self._element = element
        self._got: set[str] = set()
        self._asked: set[str] = set()
        self.findings = findings
        self.line: int = element.sourceline or 0
        own = str(element.get("id", "")).strip() if self.name else ""
        self.owner: str = owner if owner and self._is_inner else own or owner

    @property
    def _is_inner(self) -> bool:
        """Whether it is a part of what is drawn, so that an editor could not show it by its id."""
        name = self.name
        return name.endswith(("Definition", "Characteristics", "Expression")) or name in INNER

    @property
    def raw(self) -> Any:
        return self._element

    @property
    def name(self) -> str:
        """The local name, or "" where it is no element of BPMN."""
        namespace, name = split_tag(self._element.tag)
        return name if namespace == BPMN else ""

    @property
    def namespace(self) -> str:
        return split_tag(self._element.tag)[0]

    @property
    def local(self) -> str:
        return split_tag(self._element.tag)[1]

    # -- attributes ------------------------------------------------------------------------------

    def get(self, attribute: str) -> str:
        self._got.add(attribute)
        return str(self._element.get(attribute, "")).strip()

    def has(self, attribute: str) -> bool:
        return self._element.get(attribute) is not None

    def reference(self, attribute: str) -> str:
        """An id that may carry a prefix."""
        return self.get(attribute).rpartition(":")[2]

    def boolean(self, attribute: str, default: bool) -> bool:
        text = self.get(attribute)
        if text in ("", "true", "1", "false", "0"):
            return text in ("true", "1") if text else default
        self._no_value(attribute, text, "true or false", "true 或 false")
        return default

    def integer(self, attribute: str, default: int | None, least: int) -> int | None:
        text = self.get(attribute)
        if not text:
            return default
        if text.lstrip("+-").isdecimal() and len(text) < 10 and int(text) >= least:
            return int(text)
        wanted = f"a whole number of at least {least}"
        self._no_value(attribute, text, wanted, f"不小于 {least} 的整数")
        return default

    def one_of(self, attribute: str, values: tuple[str, ...], default: str) -> str:
        text = self.get(attribute)
        if text in ("", *values):
            return text or default
        self._no_value(attribute, text, " or ".join(values), "、".join(values) + " 之一")
        return default

    def expression(self, attribute: str) -> Text | None:
        text = self.get(attribute)
        return Text(text, self.owner, self.line) if text else None

    def _no_value(self, attribute: str, text: str, english: str, chinese: str) -> None:
        shown = text[:80]
        self.error(
            "bad_value",
            f"Expected {english} as {attribute}, but it is “{shown}”.",
            f"属性 {attribute} 应为{chinese},实际为“{shown}”。",
        )

    # -- children --------------------------------------------------------------------------------

    def children(self, *names: str) -> "Iterator[Xml]":
        """The BPMN elements right below of these names, in file order."""
        self._asked.update(names)
        for element in self._element:
            namespace, name = split_tag(element.tag)
            if namespace == BPMN and name in names:
                yield self._below(element)

    def _below(self, element: Any) -> "Xml":
        return Xml(element, self.findings, "" if self.name == "definitions" else self.owner)

    def child(self, name: str) -> "Xml | None":
        """The one child of this name; a second one is a finding."""
        found = list(self.children(name))
        for second in found[1:]:
            second.error(
                "more_than_one",
                f"Expected at most one {name}, but there is another.",
                f"元素 {name} 最多一个,此处出现了第二个。",
            )
        return found[0] if found else None

    def foreign(self) -> "Iterator[tuple[str, str, Xml]]":
        """(namespace, local name, element) of everything right below."""
        for element in self._element:
            yield *split_tag(element.tag), self._below(element)

    def content(self) -> str:
        return "".join(self._element.itertext()).strip()

    def text(self) -> Text:
        """This element as a formal expression."""
        text = Text(self.content(), self.owner, self.line, self.get("language"))
        self.skip("evaluatesToTypeRef")
        self.finish()
        return text

    def child_text(self, name: str) -> Text | None:
        child = self.child(name)
        return child.text() if child else None

    def child_reference(self, name: str) -> str:
        child = self.child(name)
        return child.content().rpartition(":")[2] if child else ""

    # -- what is left ----------------------------------------------------------------------------

    def skip(self, *names: str) -> None:
        """Attributes and children that have no effect in BPMN on how a diagram runs."""
        self._got.update(names)
        self._asked.update(names)

    def error(self, rule: str, english: str, chinese: str) -> None:
        self.findings.error(rule, self.owner, self.line, english, chinese)

    def finish(self) -> None:
        """Report what was not asked for."""
        self.finish_attributes()
        for element in self._element:
            namespace, name = split_tag(element.tag)
            child = self._below(element)
            if namespace != BPMN:
                child.left_out(namespace, name)
            elif name not in self._asked:
                child.error(
                    "not_supported",
                    f"Expected no {name} in a {self.name or 'file'}, but it has one.",
                    f"此处不支持元素 {name}。",
                )

    def finish_attributes(self) -> None:
        for attribute in self._element.attrib:
            self._left_attribute(*split_tag(attribute))

    def _left_attribute(self, namespace: str, name: str) -> None:
        always = ("id", "name") if self.name else ()
        if not namespace and name not in self._got and name not in always:
            self.error(
                "not_supported",
                f"Expected no attribute {name} on a {self.local}, but it has one.",
                f"元素 {self.local} 不支持属性 {name}。",
            )
        if namespace == ZEEBE and name in TEMPLATES:
            return
        if namespace:
            self.left_out(namespace, name)

    def left_out(self, namespace: str, name: str) -> None:
        """A foreign element or attribute that nothing reads."""
        if namespace in APPEARANCE:
            return
        engine = ENGINES.get(namespace)
        if engine:
            self.error(
                "unknown_extension",
                f"Expected extensions that are supported, but {name} of {engine} is none here.",
                f"此处不支持 {engine} 的扩展 {name}。",
            )
        else:
            self.findings.warn(
                "foreign_extension",
                self.owner,
                self.line,
                f"The extension {name} of {namespace or 'no namespace'} is kept and has no effect.",
                f"扩展 {name}({namespace or '无命名空间'})予以保留,但不起作用。",
            )
