"""Where a parser stands in its tokens, what names it knows there, and how it refuses."""

from .budget import Limits
from .builtins import BUILTINS
from .errors import SyntaxFault
from .lexer import AT, END, SYMBOL, TEXT, WORD, Token, tokens_of
from .names import KnownNames
from .warnings import Position

_BUILTIN_NAMES = KnownNames(BUILTINS)
_ALWAYS_KNOWN = KnownNames(("date and time", "years and months duration"))


class Cursor:
    """Reading of tokens from left to right."""

    def __init__(self, text: str, limits: Limits) -> None:
        if len(text) > limits.text:
            raise SyntaxFault(
                f"Expected a text of at most {limits.text} characters, but it has {len(text)}.",
                f"表达式文本最多 {limits.text} 个字符,实际 {len(text)} 个。",
                line=1,
                column=1,
                expected="a shorter text",
            )
        self._tokens = tokens_of(text)
        self._place = 0
        self._levels_left = limits.nesting

    # -- tokens

    @property
    def token(self) -> Token:
        return self._tokens[self._place]

    def ahead(self, n: int = 1) -> Token:
        return self._tokens[min(self._place + n, len(self._tokens) - 1)]

    def advance(self) -> Token:
        token = self._tokens[self._place]
        if token.kind != END:
            self._place += 1
        return token

    def at_symbol(self, *symbols: str) -> bool:
        token = self._tokens[self._place]
        return token.kind == SYMBOL and token.text in symbols

    def at_word(self, *words: str) -> bool:
        token = self._tokens[self._place]
        return token.kind == WORD and token.text in words

    def symbol_ahead(self, n: int) -> str:
        """The symbol that stands n tokens ahead, or nothing."""
        token = self.ahead(n)
        return token.text if token.kind == SYMBOL else ""

    def take_symbol(self, symbol: str) -> bool:
        """Go past this symbol where it stands here."""
        if not self.at_symbol(symbol):
            return False
        self._place += 1
        return True

    def expect(self, text: str) -> Token:
        """Go past this symbol or keyword.

        Raises:
            SyntaxFault: Something else stands here.
        """
        token = self.token
        if token.kind not in (SYMBOL, WORD) or token.text != text:
            raise self.fault(f"`{text}`", f"“{text}”")
        return self.advance()

    def mark(self) -> tuple[int, int]:
        """Where the cursor stands, for `reset`."""
        return self._place, self._levels_left

    def reset(self, mark: tuple[int, int]) -> None:
        """Go back to where it stood."""
        self._place, self._levels_left = mark

    def since(self, start: Position) -> Position:
        """The stretch from a token's position to the last token read."""
        end = self._tokens[max(self._place - 1, 0)].position.end
        return Position(start.line, start.column, start.start, end)

    # -- refusals

    def fault(self, expected: str, expected_zh: str) -> SyntaxFault:
        """The refusal of the token that stands here."""
        token = self.token
        found, found_zh = _shown(token)
        return SyntaxFault(
            f"Expected {expected}, but found {found}.",
            f"此处应为{expected_zh},实际为{found_zh}。",
            line=token.position.line,
            column=token.position.column,
            expected=expected,
        )

    def refusal(self, at: Position, expected: str, expected_zh: str) -> SyntaxFault:
        """The refusal of something that has been read already."""
        return SyntaxFault(
            f"Expected {expected}.",
            f"此处应为{expected_zh}。",
            line=at.line,
            column=at.column,
            expected=expected,
        )

    def descend(self) -> None:
        """Go one level down; `ascend` afterwards.

        Raises:
            SyntaxFault: The text nests too deeply.
        """
        self._levels_left -= 1
        if self._levels_left < 0:
            raise self.fault("a text with less nesting", "嵌套层数更少的表达式")

    def ascend(self, levels: int = 1) -> None:
        self._levels_left += levels


_SHOWN = {TEXT: ("the string {!r}", "字符串 {!r}"), AT: ("@{!r}", "@{!r}")}


def _shown(token: Token) -> tuple[str, str]:
    if token.kind == END:
        return "the end of the text", "文本结尾"
    english, chinese = _SHOWN.get(token.kind, ("`{}`", "“{}”"))
    text = token.text if len(token.text) <= 40 else token.text[:40] + "…"
    return english.format(text), chinese.format(text)
