"""Characters to tokens (DMN 1.5 §10.3.1.2, rules 21 to 66).

Names may hold spaces and symbols, so a token is only a *word* of a name; the parser puts words
together (`names.py`). Comments and white space separate tokens and vanish.
"""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from .errors import SyntaxFault
from .numbers import number
from .warnings import Position

WORD, NUMBER, TEXT, AT, SYMBOL, END = "word", "number", "text", "at", "symbol", "end"

KEYWORDS: Final = frozenset(
    {
        "and",
        "or",
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "between",
        "true",
        "false",
        "null",
        "function",
    }
)

# Rules 28 and 29: name start and name part characters.
_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd"
    "\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
# Rules 61 and 62: white space, here with the byte order mark and the vertical spaces.
_BLANK = "\t-\r \u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"

_TOKEN = re.compile(
    rf"""(?P<blank>[{_BLANK}]+|//[^\n\r]*|/\*(?:[^*]|\*(?!/))*\*/)
    |(?P<word>[{_START}][{_PART}]*)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<text>"(?:[^"\\\n\r]|\\.)*")
    |(?P<symbol>\.\.|\*\*|<=|>=|!=|->|[-()\[\]{{}},:.+*<>=@']|/(?!\*))
    """,
    re.VERBOSE | re.DOTALL,
)
_LINE_END = re.compile("\r\n|[\n\r\u0085\u2028\u2029]")
_ESCAPE = re.compile(r"""\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(["'\\nrt]))""")
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: `word`, `number`, `text`, `at`, `symbol` or `end`.
        text: As written; for texts and at-literals without quotes and with escapes read.
        value: The number of a number, else None.
        position: Where it stands.
    """

    kind: str
    text: str
    position: Position
    value: Decimal | None = None


class _Places:
    """Lines and columns of offsets that only grow."""

    def __init__(self, text: str) -> None:
        self._ends = [found.end() for found in _LINE_END.finditer(text)]
        self._line = 0
        self._begin = 0

    def position(self, start: int, end: int) -> Position:
        while self._line < len(self._ends) and self._ends[self._line] <= start:
            self._begin = self._ends[self._line]
            self._line += 1
        return Position(self._line + 1, start - self._begin + 1, start, end)


def tokens_of(text: str) -> list[Token]:
    """All tokens of a text, the last one of kind `end`.

    Raises:
        SyntaxFault: A character or an unclosed string or comment that begins no token.
    """
    found: list[Token] = []
    places = _Places(text)
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            raise _unreadable(text, places.position(offset, offset + 1))
        offset = match.end()
        if match.lastgroup != "blank":
            position = places.position(match.start(), offset)
            found.append(_token(str(match.lastgroup), match.group(), position))
    found.append(Token(END, "", places.position(len(text), len(text))))
    return _join_at_literals(found)


def _token(kind: str, text: str, position: Position) -> Token:
    if kind == TEXT:
        return Token(TEXT, unescape(text[1:-1], position), position)
    if kind == NUMBER:
        try:
            return Token(NUMBER, text, position, number(text))
        except ArithmeticError:
            raise SyntaxFault(
                "Expected a number of the range of decimal128, but it is too large.",
                "数字超出 decimal128 的范围。",
                line=position.line,
                column=position.column,
                expected="a smaller number",
            ) from None
    return Token(kind, text, position)


def _join_at_literals(tokens: list[Token]) -> list[Token]:
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if (
            before is not None
            and (before.kind, before.text) == (SYMBOL, "@")
            and token.kind == TEXT
        ):
            whole = Position(
                before.position.line,
                before.position.column,
                before.position.start,
                token.position.end,
            )
            joined[-1] = Token(AT, token.text, whole)
        else:
            joined.append(token)
    return joined


def unescape(text: str, position: Position) -> str:
    r"""The characters that a string means: \n \r \t \" \' \\ \uXXXX and \UXXXXXX are read.

    Two \u of a surrogate pair are one character; a backslash before anything else stays, as the
    grammar has it.

    Raises:
        SyntaxFault: A code that is no character.
    """
    if "\\" not in text:
        return text
    read = _ESCAPE.sub(_character, text)
    try:
        return read.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeError:
        raise _no_character(position) from None


def _character(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    if code is None:
        return _SIMPLE[match.group(3)]
    point = int(code, 16)
    # Beyond Unicode there is no character: a lone surrogate makes the decoder refuse it.
    return chr(point) if point <= 0x10FFFF else "\ud800"


def _no_character(position: Position) -> SyntaxFault:
    return SyntaxFault(
        "Expected the code of a Unicode character, but an escape names none.",
        "转义序列应为 Unicode 字符的编码,但没有这样的字符。",
        line=position.line,
        column=position.column,
        expected="the code of a character",
    )


def _unreadable(text: str, position: Position) -> SyntaxFault:
    rest = text[position.start : position.start + 2]
    if rest[0] == '"':
        expected, chinese = 'a closing quotation mark (")', '右引号(")'
    elif rest == "/*":
        expected, chinese = "the end of the comment (*/)", "注释的结尾(*/)"
    else:
        expected, chinese = "a name, a literal or an operator", "名称、字面量或运算符"
    return SyntaxFault(
        f"Expected {expected}, but found {rest[0]!r}.",
        f"此处应为{chinese},实际为 {rest[0]!r}。",
        line=position.line,
        column=position.column,
        expected=expected,
    )
