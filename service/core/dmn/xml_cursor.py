"""Reading elements of DMN, whatever version's namespace they are in; all others are passed over."""

from collections.abc import Iterator
from typing import Any

from ..safe_xml import Refusal
from .model import Requirement, Text, Variable

#: The MODEL namespaces of DMN 1.1 to 1.6.
NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
        "https://www.omg.org/spec/DMN/20240513/MODEL/",
    }
)


class Xml:
    """One element of the file, with what the reader could not make sense of so far."""

    __slots__ = ("_element", "_slips")

    def __init__(self, element: Any, slips: list[tuple[str, int, str, str]]) -> None:
        self._element = element
        self._slips = slips

    @property
    def name(self) -> str:
        """The local name, or "" where it is no element of DMN."""
        namespace, _, local = str(self._element.tag)[1:].rpartition("}")
        return local if namespace in NAMESPACES else ""

    @property
    def prefixes(self) -> dict[str, str]:
        return {prefix or "": str(uri) for prefix, uri in self._element.nsmap.items()}

    def place(self) -> dict[str, Any]:
        """The id and the line, as every element of the model takes them."""
        return {"id": self.get("id"), "line": self._element.sourceline or 0}

    def get(self, attribute: str) -> str:
        return str(self._element.get(attribute, "")).strip()

    def children(self, *names: str) -> "Iterator[Xml]":
        """The DMN elements right below, of these names or of all."""
        for element in self._element:
            child = Xml(element, self._slips)
            if child.name and (not names or child.name in names):
                yield child

    def child(self, *names: str) -> "Xml | None":
        return next(self.children(*names), None)

    def content(self, name: str) -> str:
        """The text of a child, stripped; "" where there is none."""
        child = self.child(name)
        return "".join(child._element.itertext()).strip() if child else ""

    def text(self) -> Text:
        """The `text` child as a piece of FEEL."""
        return Text(
            text=self.content("text"), language=self.get("expressionLanguage"), **self.place()
        )

    def text_of(self, name: str) -> Text | None:
        """The same of a child, or None where it is missing or empty."""
        child = self.child(name)
        text = child.text() if child else None
        return text if text is not None and text.text else None

    def variable(self) -> Variable:
        """This element as a name with a type; an element `typeRef` is read like the attribute."""
        type_ref = self.get("typeRef") or self.content("typeRef")
        return Variable(name=self.get("name"), type_ref=type_ref, **self.place())

    def references(self, name: str, *inner: str) -> tuple[Requirement, ...]:
        """Children that refer to nodes, by themselves or through a child of their own."""
        found = []
        for child in self.children(name):
            target = child.child(*inner) if inner else child
            if target is not None:
                found.append(Requirement(href=target.get("href"), **child.place()))
        return tuple(found)

    def slip(self, english: str, chinese: str) -> None:
        """Note something that makes no sense; reading goes on."""
        place = self.place()
        self._slips.append((place["id"], place["line"], english, chinese))

    def is_true(self, attribute: str) -> bool:
        return self.get(attribute) in ("true", "1")


def root_of(tree: Any, slips: list[tuple[str, int, str, str]]) -> Xml:
    """The `definitions` of a file; what makes no sense below it is noted in `slips`.

    Raises:
        Refusal: The file is no DMN model.
    """
    root = Xml(tree, slips)
    if root.name != "definitions":
        raise Refusal(
            f"Expected a DMN model of version 1.1 to 1.6, but the file is a {tree.tag}.",
            f"文件应为 DMN 1.1 至 1.6 的模型,实际为 {tree.tag}。",
            tree.sourceline or 0,
        )
    return root
