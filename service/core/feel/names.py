"""Which words are one name: known names are matched as long as possible (DMN 1.5 §10.3.1.2).

A name may hold spaces and the symbols . / - ' + *; whether `a-b` is a name or a difference is
decided by what is known at that place.
"""

from collections.abc import Iterable, Sequence

from .errors import SyntaxFault
from .lexer import END, NUMBER, SYMBOL, WORD, Token, tokens_of

_Trie = dict[str, object]
_ENDS_HERE = ""  # no token has an empty text except the end, which is no part of a name

NAME_SYMBOLS = frozenset(".-+*/'") | {"**", ".."}


class KnownNames:
    """A set of names that grows and shrinks with the scopes of a text."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._root: _Trie = {}
        for name in names:
            self.add(words_of(name))

    def add(self, words: Sequence[str]) -> None:
        """One more scope knows this name."""
        node = self._root
        for word in words:
            following = node.setdefault(word, {})
            assert isinstance(following, dict)
            node = following
        count = node.get(_ENDS_HERE, 0)
        assert isinstance(count, int)
        node[_ENDS_HERE] = count + 1

    def remove(self, words: Sequence[str]) -> None:
        """One scope that knew it has ended."""
        node = self._root
        for word in words:
            following = node[word]
            assert isinstance(following, dict)
            node = following
        count = node[_ENDS_HERE]
        assert isinstance(count, int)
        node[_ENDS_HERE] = count - 1

    def longest(self, tokens: Sequence[Token], start: int) -> int:
        """How many tokens from here on are the longest known name; 0 where none is."""
        node = self._root
        best = 0
        place = start
        while True:
            following = node.get(tokens[place].text) if _may_be_part(tokens[place]) else None
            if not isinstance(following, dict):
                return best
            node = following
            place += 1
            if node.get(_ENDS_HERE):
                best = place - start


def _may_be_part(token: Token) -> bool:
    return token.kind in (WORD, NUMBER) or (token.kind == SYMBOL and token.text in NAME_SYMBOLS)


def words_of(name: str) -> tuple[str, ...]:
    """The tokens of a name; a name that FEEL cannot write is one word that never matches."""
    try:
        tokens = tokens_of(name)
    except SyntaxFault:
        return (name,)
    if not all(_may_be_part(token) for token in tokens[:-1]):
        return (name,)
    return tuple(token.text for token in tokens[:-1]) or (name,)


def spelled(tokens: Sequence[Token]) -> str:
    """The name that these tokens are: one space where words are apart, none around symbols.

    `a - b` and `a-b` are one name, as are names with more than one space.
    """
    parts: list[str] = []
    before: Token | None = None
    for token in tokens:
        if token.kind == END:
            break
        if (
            before is not None
            and before.position.end != token.position.start
            and SYMBOL not in (before.kind, token.kind)
        ):
            parts.append(" ")
        parts.append(token.text)
        before = token
    return "".join(parts)


def normalised(name: str) -> str:
    """The spelling under which a name is looked up."""
    try:
        tokens = tokens_of(name)
    except SyntaxFault:
        return name
    return spelled(tokens) if all(map(_may_be_part, tokens[:-1])) else name
