"""Where a parser stands in its tokens, what names it knows there, and how it refuses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from .budget import Limits
from .builtins import BUILTINS
from .errors import SyntaxFault
from .lexer import AT, END, KEYWORDS, NUMBER, SYMBOL, TEXT, WORD, Token, tokens_of
from .names import NAME_SYMBOLS, KnownNames, normalised, words_of
from .names import spelled as spelled_by
from .types import Type
from .warnings import Position

_BUILTIN_NAMES = KnownNames(BUILTINS)
_ALWAYS_KNOWN = KnownNames(("date and time", "years and months duration"))


class Cursor:
    """Reading of tokens from left to right.

    Attributes:
        types: Types that a model defines, by name.
    """

    def __init__(
        self, text: str, names: Iterable[str], limits: Limits, types: Mapping[str, Type]
    ) -> None:
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
        self.types = types
        self._type_names = KnownNames(types)
        self._by_spelling = {normalised(name): name for name in types}
        self._originals = {normalised(name): name for name in names}
        self._known = KnownNames(self._originals)
        # Members of contexts written anywhere so far: after a dot and in a filter they are names.
        self._members = KnownNames()
        self._filters = 0

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

    # -- names

    @contextmanager
    def scope(self) -> Iterator["Scope"]:
        """Names that are known until the block ends."""
        scope = Scope(self._known, self._members)
        try:
            yield scope
        finally:
            scope.end()

    @contextmanager
    def filtering(self) -> Iterator[None]:
        """A filter's condition: members of contexts are names in it."""
        self._filters += 1
        try:
            yield
        finally:
            self._filters -= 1

    def name_here(self) -> str | None:
        """Read the name that begins here: the longest known one, else adjoining words."""
        length = self._known.longest(self._tokens, self._place)
        if self._filters:
            length = max(length, self._members.longest(self._tokens, self._place))
        other = _ALWAYS_KNOWN.longest(self._tokens, self._place)
        if other > length and self._is_call(other):
            length = other
        other = _BUILTIN_NAMES.longest(self._tokens, self._place)
        if other > length and (length == 0 or self._is_call(other)):
            length = other
        if not length and not self._is_plain_word():
            return None
        name = self._joined(max(length, 1))
        return self._originals.get(name, name)

    def member_here(self) -> str | None:
        """Read the member's name that follows a dot; its first word may be a keyword."""
        if self.token.kind != WORD:
            return None
        return self._joined(max(1, self._members.longest(self._tokens, self._place)))

    def name_until(self, *ends: str) -> str | None:
        """Read all words and symbols of a new name up to one of these tokens, if it is one."""
        length = self.length_until(*ends)
        return self.read(length) if length else None

    def length_until(self, *ends: str) -> int:
        """How many tokens of a name stand before one of these; 0 where it is no name."""
        place = self._place
        if self._tokens[place].kind != WORD:
            return 0
        while True:
            token = self._tokens[place]
            if token.kind in (SYMBOL, WORD) and token.text in ends:
                return place - self._place
            if token.kind not in (WORD, NUMBER) and token.text not in NAME_SYMBOLS:
                return 0
            if token.kind in (END, TEXT, AT):
                return 0
            place += 1

    def read(self, length: int) -> str:
        """The name that the next tokens are."""
        stretch = self._tokens[self._place : self._place + length]
        self._place += length
        return spelled_by(stretch)

    def type_name_length(self) -> int:
        return self._type_names.longest(self._tokens, self._place)

    def _joined(self, length: int) -> str:
        """A name of so many tokens and all plain words and numbers that adjoin it."""
        while True:
            token = self.ahead(length)
            if token.kind == WORD:
                if token.text in KEYWORDS or self._begins_operator(length):
                    break
            elif token.kind != NUMBER or token.text.startswith("."):
                break
            length += 1
        return self.read(length)

    def _begins_operator(self, n: int) -> bool:
        words = (self.ahead(n), self.ahead(n + 1))
        return [(t.kind, t.text) for t in words] == [(WORD, "instance"), (WORD, "of")]

    def _is_plain_word(self) -> bool:
        token = self.token
        return token.kind == WORD and token.text not in KEYWORDS

    def _is_call(self, length: int) -> bool:
        return self.symbol_ahead(length) == "("


class Scope:
    """Names that one construct introduces."""

    def __init__(self, known: KnownNames, members: KnownNames) -> None:
        self._known = known
        self._members = members
        self._added: list[Sequence[str]] = []

    def add(self, name: str, *, member: bool = False) -> None:
        """The name is known from here to the end of the scope, as a member even later."""
        words = words_of(name)
        self._known.add(words)
        self._added.append(words)
        if member:
            self._members.add(words)

    def end(self) -> None:
        for words in self._added:
            self._known.remove(words)


_SHOWN = {TEXT: ("the string {!r}", "字符串 {!r}"), AT: ("@{!r}", "@{!r}")}


def _shown(token: Token) -> tuple[str, str]:
    if token.kind == END:
        return "the end of the text", "文本结尾"
    english, chinese = _SHOWN.get(token.kind, ("`{}`", "“{}”"))
    text = token.text if len(token.text) <= 40 else token.text[:40] + "…"
    return english.format(text), chinese.format(text)
