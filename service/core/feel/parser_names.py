"""Reading names: the longest that is known at a place, else words that adjoin."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from .budget import Limits
from .builtins import BUILTINS
from .cursor import Cursor
from .lexer import AT, END, KEYWORDS, NUMBER, SYMBOL, TEXT, WORD
from .names import NAME_SYMBOLS, KnownNames, normalised, spelled, words_of
from .types import Type, symbolic_members

_BUILTIN_NAMES = KnownNames(BUILTINS)
_ALWAYS_KNOWN = KnownNames(("date and time", "years and months duration"))


class NameParser(Cursor):
    """What is called what, and where a name ends.

    Attributes:
        types: Types that a model defines, by name.
    """

    def __init__(
        self, text: str, names: Iterable[str], limits: Limits, types: Mapping[str, Type]
    ) -> None:
        super().__init__(text, limits)
        self.types = types
        self._type_names = KnownNames(types)
        self._by_spelling = {normalised(name): name for name in types}
        self._originals = {normalised(name): name for name in names}
        self._known = KnownNames(self._originals)
        # Members of contexts written anywhere so far, and members of types that are no plain
        # words: after a dot and in a filter they are names.
        self._members = KnownNames(symbolic_members(types.values()))
        self._filters = 0

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
        return spelled(stretch)

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
