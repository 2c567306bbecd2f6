"""Which words are one name: known names are matched as long as possible (DMN 1.5 §10.3.1.2).

A name may hold spaces and the symbols . / - ' + *; whether `a-b` is a name or a difference is
decided by what is known at that place.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

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
            token = tokens[place]
            if not _may_be_part(token):
                return best
            apart = place > start and _are_apart(tokens[place - 1], token)
            following = node.get(" " + token.text if apart else token.text)
            if not isinstance(following, dict):
                return best
            node = following
            place += 1
            if node.get(_ENDS_HERE):
                best = place - start


def _may_be_part(token: Token) -> bool:
    return token.kind in (WORD, NUMBER) or (token.kind == SYMBOL and token.text in NAME_SYMBOLS)


def _are_apart(before: Token, token: Token) -> bool:
    return before.position.end != token.position.start


def words_of(name: str) -> tuple[str, ...]:
    """The tokens of a name, with a space before those that stand apart from the one before.

    A name that FEEL cannot write is one word that never matches.
    """
    try:
        tokens = tokens_of(name)
    except SyntaxFault:
        return (name,)
    if len(tokens) == 1 or not all(_may_be_part(token) for token in tokens[:-1]):
        return (name,)
    words = [
        " " + token.text if _are_apart(before, token) else token.text
        for before, token in pairwise(tokens[:-1])
    ]
    return (tokens[0].text, *words)


def is_word(name: str) -> bool:
    """Whether a name is a single word, which needs no quotation marks anywhere."""
    try:
        tokens = tokens_of(name)
    except SyntaxFault:
        return False
    return len(tokens) == 2 and tokens[0].kind == WORD and tokens[0].text == name


def spelled(tokens: Sequence[Token]) -> str:
    """The name that these tokens are, with one space wherever any stood (DMN 1.5 §10.3.1.4).

    So `a-b` and `a - b` are two names, and spaces tell a difference from a name.
    """
    parts: list[str] = []
    before: Token | None = None
    for token in tokens:
        if token.kind == END:
            break
        if before is not None and _are_apart(before, token):
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
