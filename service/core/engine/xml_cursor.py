"""Reading one element of BPMN, and noting what of it nobody asked for: nothing is silently lost."""

from collections.abc import Iterator
from typing import Any

from .extensions import ZEEBE, Text
from .findings import Findings
from .xml_names import APPEARANCE, BPMN, ENGINES, INNER, TEMPLATES, split_tag


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

    def without_effect(self, name: str, *meaningless: str) -> None:
        """A warning of what BPMN gives a meaning, and has none here.

        Args:
            name: An attribute or child.
            meaningless: Values of the attribute that say nothing.
        """
        self.skip(name)
        has_child = any(split_tag(each.tag) == (BPMN, name) for each in self._element)
        if has_child or self.get(name) not in ("", *meaningless):
            self.findings.warn(
                "no_effect",
                self.owner,
                self.line,
                f"The {name} of the {self.local} is read and has no effect.",
                f"{self.local} 的 {name} 予以读取,但不起作用。",
            )

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
