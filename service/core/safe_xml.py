"""Untrusted XML becomes a tree, or is refused: no DTD, no entities, bounded size and depth."""

from typing import Any
from xml.parsers import expat

from lxml import etree  # type: ignore[import-untyped]

#: Bytes of a file, elements in it, and how deep they nest.
BYTES_MAX = 5_000_000
ELEMENTS_MAX = 200_000
DEPTH_MAX = 100


class Refusal(Exception):
    """A file that is not read.

    Attributes:
        message, message_zh: Why, in English and Chinese.
        line: Where, from 1; 0 where no place is known.
    """

    def __init__(self, message: str, message_zh: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.message_zh = message_zh
        self.line = line


def tree_of(data: bytes) -> Any:
    """The root element, as lxml has it.

    Raises:
        Refusal: The file is too large or too deep, declares a DTD, or is not well-formed.
    """
    if len(data) > BYTES_MAX:
        raise Refusal(
            f"Expected a file of at most {BYTES_MAX} bytes, but it has {len(data)}.",
            f"文件不得超过 {BYTES_MAX} 字节,实际为 {len(data)} 字节。",
        )
    _Scan().passes(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(str(error), error.lineno or 0) from None


class _Scan:
    """A pass that counts before anything is built."""

    def __init__(self) -> None:
        self._depth = 0
        self._elements = 0
        self._parser = expat.ParserCreate()

    def passes(self, data: bytes) -> None:
        parser = self._parser
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise _not_well_formed(expat.errors.messages[error.code], error.lineno) from None
        except (LookupError, ValueError) as error:  # an encoding that nobody knows
            raise _not_well_formed(str(error), 1) from None

    def _doctype(self, *_: object) -> None:
        raise Refusal(
            "Expected a file without DTD, but it declares one.",
            "文件不得含有 DTD 声明。",
            self._parser.CurrentLineNumber,
        )

    def _start(self, *_: object) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > DEPTH_MAX or self._elements > ELEMENTS_MAX:
            raise Refusal(
                f"Expected at most {ELEMENTS_MAX} elements, nested at most {DEPTH_MAX} deep, "
                "but there are more.",
                f"元素最多 {ELEMENTS_MAX} 个、嵌套最多 {DEPTH_MAX} 层,实际超出。",
                self._parser.CurrentLineNumber,
            )

    def _end(self, *_: object) -> None:
        self._depth -= 1


def _not_well_formed(why: str, line: int) -> Refusal:
    return Refusal(
        f"Expected well-formed XML, but: {why}.", f"文件不是格式良好的 XML:{why}。", line
    )
