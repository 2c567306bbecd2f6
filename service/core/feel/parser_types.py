"""Reading type expressions (DMN 1.5 §10.3.1.2, rules 51 and 52)."""

from .lexer import KEYWORDS, NUMBER, WORD
from .parser_names import NameParser
from .types import ContextOf, FunctionOf, ListOf, RangeOf, Type, named


class TypeParser(NameParser):
    """Types: names, `list<T>`, `range<T>`, `context<a: T>`, `function<T> -> T`."""

    def type_expression(self) -> Type:
        """Read the type that begins here.

        Raises:
            SyntaxFault: None begins here.
        """
        self.descend()
        try:
            return self._type()
        finally:
            self.ascend()

    def _type(self) -> Type:
        generic = self.token.text if self.symbol_ahead(1) == "<" else ""
        if generic in ("list", "range"):
            self.advance()
            self.expect("<")
            element = self.type_expression()
            self.expect(">")
            return ListOf(element) if generic == "list" else RangeOf(element)
        if generic == "context":
            return self._context_type()
        if generic == "function":
            return self._function_type()
        return self._named()

    def _context_type(self) -> Type:
        self.advance()
        self.expect("<")
        members: list[tuple[str, Type]] = []
        while not self.at_symbol(">"):
            if members:
                self.expect(",")
            name = self.name_until(":")
            if name is None:
                raise self.fault("the name of a member", "成员名称")
            self.expect(":")
            members.append((name, self.type_expression()))
        self.expect(">")
        return ContextOf(tuple(members))

    def _function_type(self) -> Type:
        self.advance()
        self.expect("<")
        parameters: list[Type] = []
        while not self.at_symbol(">"):
            if parameters:
                self.expect(",")
            parameters.append(self.type_expression())
        self.expect(">")
        self.expect("->")
        return FunctionOf(tuple(parameters), self.type_expression())

    def _named(self) -> Type:
        if self.token.kind != WORD:
            raise self.fault("a type", "类型")
        length = self.type_name_length()
        if length:
            return self.types[self._by_spelling[self.read(length)]]
        return named(self.read(self._length_of_unknown_type()))

    def _length_of_unknown_type(self) -> int:
        """Words with `and` between durations, and dots between names of imports."""
        for words in _KINDS:
            if tuple(self.ahead(n).text for n in range(len(words))) == words:
                return len(words)
        length = 1
        while True:
            token = self.ahead(length)
            if self.symbol_ahead(length) == "." and self.ahead(length + 1).kind == WORD:
                length += 2
            elif token.kind in (WORD, NUMBER) and token.text not in _NEVER_IN_TYPES:
                length += 1
            else:
                return length


_KINDS = (
    ("date", "and", "time"),
    ("days", "and", "time", "duration"),
    ("years", "and", "months", "duration"),
)
_NEVER_IN_TYPES = KEYWORDS | {"instance"}
