"""Reading operands: literals, names, brackets, and what follows them (paths, filters, calls)."""

from .lexer import AT, END, NUMBER, SYMBOL, TEXT, WORD
from .parser_brackets import BracketParser
from .syntax import (
    AtLiteral,
    Filter,
    Invocation,
    Literal,
    Name,
    NamedInvocation,
    Node,
    Path,
)

_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
# After these tokens a `[` closes a range such as `[1..3[`: no filter begins with them.
_NO_BEGINNING = frozenset(
    {
        ")",
        "]",
        "}",
        ",",
        ":",
        ".",
        "+",
        "*",
        "/",
        "<",
        "<=",
        ">",
        ">=",
        "=",
        "!=",
        "..",
        "**",
    }
)
_KEYWORDS_BETWEEN = frozenset(
    {
        "and",
        "or",
        "then",
        "else",
        "return",
        "in",
        "between",
        "satisfies",
    }
)


class OperandParser(BracketParser):
    """Everything that binds more tightly than an operator."""

    def keyword_expression(self, keyword: str) -> Node | None:
        """The construct this keyword begins (`if`, `for`, …), or None where it begins none."""
        raise self.fault("an expression", "表达式")

    def operand(self) -> Node:
        """A literal, a name or brackets, with the paths, filters and calls that follow."""
        return self.followed(self._primary())

    def followed(self, node: Node) -> Node:
        """The node with its paths, filters and calls."""
        levels = 0
        try:
            while (following := self._following(node)) is not None:
                node = following
                # A chain nests as deeply as it is long.
                self.descend()
                levels += 1
            return node
        finally:
            self.ascend(levels)

    def _following(self, node: Node) -> Node | None:
        start = node.position
        if self.at_symbol("."):
            self.advance()
            member = self.member_here()
            if member is None:
                raise self.fault("the name of a member", "成员名称")
            return Path(node, member, position=self.since(start))
        if self.at_symbol("[") and not self._closes_range():
            return self._filter(node)
        if self.at_symbol("("):
            return self._invocation(node)
        return None

    def _closes_range(self) -> bool:
        following = self.ahead()
        return self._ends_range and (
            following.kind == END
            or (following.kind == SYMBOL and following.text in _NO_BEGINNING)
            or (following.kind == WORD and following.text in _KEYWORDS_BETWEEN)
            or self._begins_operator(1)
        )

    def _filter(self, node: Node) -> Node:
        self.expect("[")
        with self.filtering():
            condition = self.bracketed()
        self.expect("]")
        return Filter(node, condition, position=self.since(node.position))

    def _invocation(self, function: Node) -> Node:
        self.expect("(")
        named: list[tuple[str, Node]] = []
        arguments: list[Node] = []
        is_named = self.length_until(":") > 0
        while not self.at_symbol(")"):
            if named or arguments:
                self.expect(",")
            if is_named:
                named.append(self._named_argument({name for name, _ in named}))
            else:
                arguments.append(self.bracketed())
        self.expect(")")
        place = self.since(function.position)
        if is_named:
            return NamedInvocation(function, tuple(named), position=place)
        return Invocation(function, tuple(arguments), position=place)

    def _named_argument(self, taken: set[str]) -> tuple[str, Node]:
        at = self.token
        name = self.name_until(":")
        if name is None:
            raise self.fault("a parameter's name with `:`", "带“:”的参数名")
        if name in taken:
            raise self.refusal(
                at.position,
                f"each parameter once, not `{name}` again",
                f"每个参数只出现一次(“{name}”重复)",
            )
        self.expect(":")
        return name, self.bracketed()

    # -- primaries

    def _primary(self) -> Node:
        token = self.token
        start = token.position
        if token.kind == NUMBER:
            self.advance()
            return Literal(token.value, position=start)
        if token.kind == TEXT:
            self.advance()
            return Literal(token.text, position=start)
        if token.kind == AT:
            self.advance()
            return AtLiteral(token.text, position=start)
        if token.kind == WORD:
            return self._word()
        if self.at_symbol("("):
            return self._parenthesis()
        if self.at_symbol("[", "]"):
            return self._list_or_range()
        if self.at_symbol("{"):
            return self._context()
        raise self.fault("an expression", "表达式")

    def _word(self) -> Node:
        start = self.token.position
        name = self.name_here()
        if name is not None:
            return Name(name, position=self.since(start))
        word = self.token.text
        if word in _CONSTANTS:
            self.advance()
            return Literal(_CONSTANTS[word], position=start)
        node = self.keyword_expression(word)
        if node is None:
            raise self.fault("an expression", "表达式")
        return node
