"""The regular expressions of XPath (F&O 7.6.1: XML Schema's, with anchors, lazy quantifiers,
groups and back-references) as trees."""

from .pattern_classes import CharacterClass, case_variants, escape_test, property_test
from .pattern_tree import (
    Anchor,
    BackReference,
    Choice,
    Flags,
    Group,
    Literal,
    Node,
    OneOf,
    PatternError,
    Repeat,
    Sequence,
)

MOST_NESTED = 60
LARGEST_COUNT = 1_000

_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", **{c: c for c in "\\|.?*+(){}-[]^$"}}
_BLANKS = " \t\n\r"


def parse_pattern(text: str, flags: Flags) -> tuple[Node, int]:
    """The tree and the number of its captured groups.

    Raises:
        PatternError: The text is no pattern.
    """
    if flags.is_literal:
        return Sequence(tuple(literal(character, flags) for character in text)), 0
    parser = _Parser(_without_blanks(text) if flags.skip_blanks else text, flags)
    node = parser.choice(0)
    if parser.offset < len(parser.text):
        raise PatternError("Expected an opening bracket before a closing one.")
    return node, parser.groups


def literal(character: str, flags: Flags) -> Node:
    """A character, with its case variants where case is ignored."""
    if flags.ignore_case and character.lower() != character.upper():
        codes = tuple((ord(form), ord(form)) for form in case_variants(character))
        return OneOf(CharacterClass(codes, ignores_case=True))
    return Literal(character)


def _without_blanks(text: str) -> str:
    """The pattern as flag x has it: blanks count only inside character classes."""
    kept: list[str] = []
    depth = 0
    is_escaped = False
    for character in text:
        if not is_escaped:
            depth += (character == "[") - (character == "]" and depth > 0)
        if not depth and character in _BLANKS:
            continue
        kept.append(character)
        is_escaped = character == "\\" and not is_escaped
    return "".join(kept)


class _Parser:
    def __init__(self, text: str, flags: Flags) -> None:
        self.text = text
        self.flags = flags
        self.offset = 0
        self.groups = 0
        self._closed: set[int] = set()

    def choice(self, depth: int) -> Node:
        if depth > MOST_NESTED:
            raise PatternError(f"Expected at most {MOST_NESTED} nested groups.")
        branches = [self._branch(depth)]
        while self._take("|"):
            branches.append(self._branch(depth))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _branch(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.offset < len(self.text) and self._peek() not in "|)":
            atom = self._atom(depth)
            parts.append(self._repeated(atom))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _atom(self, depth: int) -> Node:
        character = self._next()
        if character == "(":
            return self._group(depth)
        if character == "[":
            return OneOf(self._class(depth))
        if character == "\\":
            return self._escape()
        if character == ".":
            lines = () if self.flags.dot_all else ((10, 10), (13, 13))
            return OneOf(CharacterClass(lines, is_negated=True))
        if character in "^$":
            return Anchor(character == "^")
        if character in "?*+{}]":
            raise PatternError(f"Expected something to match, but got {character}.")
        return literal(character, self.flags)

    def _group(self, depth: int) -> Node:
        number = 0
        if self._take("?"):
            if not self._take(":"):
                raise PatternError("Expected : after (?.")
        else:
            self.groups += 1
            number = self.groups
        body = self.choice(depth + 1)
        if not self._take(")"):
            raise PatternError("Expected a closing bracket.")
        self._closed.add(number)
        return Group(number, body)

    def _escape(self) -> Node:
        character = self._next()
        if character in "123456789":
            return BackReference(self._reference(int(character)))
        test = self._class_escape(character)
        if test is not None:
            return OneOf(test)
        return literal(self._single_escape(character), self.flags)

    def _reference(self, number: int) -> int:
        """More digits belong to it as long as there are so many groups."""
        while self.offset < len(self.text) and self._peek() in "0123456789":
            longer = number * 10 + int(self._peek())
            if longer > self.groups:
                break
            number = longer
            self.offset += 1
        if number not in self._closed:
            raise PatternError(f"Expected group {number} to be closed before it is referred to.")
        return number

    def _class_escape(self, character: str) -> CharacterClass | None:
        if character in "pP":
            if not self._take("{"):
                raise PatternError("Expected { after \\p.")
            end = self.text.find("}", self.offset)
            name = self.text[self.offset : end] if end >= 0 else ""
            named = property_test(name, is_complement=character == "P")
            if named is None:
                raise PatternError("Expected a category or a block of Unicode in \\p{}.")
            self.offset = end + 1
            return CharacterClass(tests=(named,))
        test = escape_test(character)
        return None if test is None else CharacterClass(tests=(test,))

    def _single_escape(self, character: str) -> str:
        if character not in _ESCAPED:
            raise PatternError(f"Expected an escape, but got \\{character}.")
        return _ESCAPED[character]

    def _class(self, depth: int) -> CharacterClass:
        """What stands between [ and ], where ] ends it."""
        if depth > MOST_NESTED:
            raise PatternError(f"Expected at most {MOST_NESTED} nested groups.")
        result = CharacterClass(ignores_case=self.flags.ignore_case)
        result.is_negated = self._take("^")
        is_first = True
        while not self._take("]"):
            if not is_first and self.text.startswith("-[", self.offset):
                self.offset += 2
                result.without = self._class(depth + 1)
                if not self._take("]"):
                    raise PatternError("Expected ] after a class that is taken away.")
                return result
            self._class_item(result, is_first)
            is_first = False
        if is_first:
            raise PatternError("Expected a character in [].")
        return result

    def _class_item(self, result: CharacterClass, is_first: bool) -> None:
        character = self._next()
        if character == "\\":
            escaped = self._next()
            inner = self._class_escape(escaped)
            if inner is not None:
                result.tests += inner.tests
                return
            low = self._single_escape(escaped)
        elif character == "[" or (
            character == "-" and not is_first and not self.text.startswith("]", self.offset)
        ):
            raise PatternError(f"Expected {character} to be escaped.")
        else:
            low = character
        high = self._range_end() or low
        if high < low:
            raise PatternError("Expected the first character of a range before its last.")
        result.ranges += ((ord(low), ord(high)),)

    def _range_end(self) -> str | None:
        """The character after a - that joins two; None where no range is meant."""
        rest = self.text[self.offset : self.offset + 2]
        if len(rest) < 2 or rest[0] != "-" or rest[1] in "[]":
            return None
        self.offset += 2
        return self._single_escape(self._next()) if rest[1] == "\\" else rest[1]

    def _repeated(self, atom: Node) -> Node:
        if self.offset >= len(self.text) or self._peek() not in "?*+{":
            return atom
        symbol = self._next()
        simple: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        least, most = simple[symbol] if symbol in simple else self._counts()
        return Repeat(atom, least, most, self._take("?"))

    def _counts(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.offset)
        low, comma, high = self.text[self.offset : max(end, self.offset)].partition(",")
        self.offset = end + 1
        least = self._count(low)
        most = least if not comma else None if not high else self._count(high)
        if end < 0 or (most is not None and most < least):
            raise PatternError("Expected counts such as {2}, {2,} or {2,5}.")
        return least, most

    def _count(self, digits: str) -> int:
        if not digits.isascii() or not digits.isdigit() or len(digits) > 6:
            raise PatternError("Expected a number in {}.")
        if int(digits) > LARGEST_COUNT:
            raise PatternError(f"Expected at most {LARGEST_COUNT} repetitions.")
        return int(digits)

    def _peek(self) -> str:
        return self.text[self.offset]

    def _next(self) -> str:
        if self.offset >= len(self.text):
            raise PatternError("Expected more, but the pattern ends.")
        self.offset += 1
        return self.text[self.offset - 1]

    def _take(self, character: str) -> bool:
        if self.text.startswith(character, self.offset):
            self.offset += 1
            return True
        return False
