"""Reading operands: literals, names, brackets, and what follows them (paths, filters, calls)."""

from .lexer import AT, END, NUMBER, SYMBOL, TEXT, WORD
from .parser_types import TypeParser
from .syntax import (
    AtLiteral,
    CompareTest,
    ContextLiteral,
    Filter,
    Invocation,
    ListLiteral,
    Literal,
    Name,
    NamedInvocation,
    Node,
    Path,
    RangeLiteral,
    Test,
    ValueTest,
)
from .warnings import Position

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")

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


class OperandParser(TypeParser):
    """Everything that binds more tightly than an operator."""

    _ends_range = False  # inside the end of a range, where `[` may close it

    def reset(self, mark: tuple[int, int]) -> None:
        super().reset(mark)
        self._ends_range = False

    def expression(self) -> Node:
        raise self.fault("an expression", "表达式")

    def additive(self) -> Node:
        return self.expression()

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

    def bracketed(self) -> Node:
        """An expression in brackets of its own, one level deeper."""
        before, self._ends_range = self._ends_range, False
        self.descend()
        node = self.expression()
        self.ascend()
        self._ends_range = before
        return node

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

    def _parenthesis(self) -> Node:
        node = self.parenthesis(tests=False)
        assert not isinstance(node, tuple)
        return node

    def parenthesis(self, *, tests: bool) -> Node | tuple[Test, ...]:
        """What stands in round brackets: an expression, a range, or, after `in`, tests."""
        start = self.expect("(").position
        self.descend()
        before, self._ends_range = self._ends_range, False
        first = self.test()
        node: Node | tuple[Test, ...]
        if tests and self.at_symbol(","):
            node = self._more_tests(first)
        elif isinstance(first, CompareTest):
            node = self._range_by_comparison(first, start)
        elif self.take_symbol(".."):
            node = self._range_from(first.expression, start, included=False)
            self._ends_range = before
            self.ascend()
            return node
        else:
            node = first.expression
        self._ends_range = before
        self.ascend()
        self.expect(")")
        return node

    def test(self) -> Test:
        """A unary test: an operator with its operand, or an expression."""
        token = self.token
        if self.at_symbol(*COMPARISONS):
            self.advance()
            operand = self.additive()
            return CompareTest(token.text, operand, position=self.since(token.position))
        node = self.expression()
        return ValueTest(node, position=node.position)

    def _more_tests(self, first: Test) -> tuple[Test, ...]:
        tests = [first]
        while self.take_symbol(","):
            tests.append(self.test())
        return tuple(tests)

    def _range_by_comparison(self, test: CompareTest, start: Position) -> Node:
        operator, end = test.operator, test.operand
        place = Position(start.line, start.column, start.start, test.position.end)
        if operator in ("<", "<="):
            return RangeLiteral(None, False, end, operator == "<=", position=place)
        if operator in (">", ">="):
            return RangeLiteral(end, operator == ">=", None, False, position=place)
        is_equal = operator == "="
        return RangeLiteral(end, is_equal, None, is_equal, operator, position=place)

    def _list_or_range(self) -> Node:
        opening = self.advance()
        start = opening.position
        if opening.text == "[" and self.take_symbol("]"):
            return ListLiteral((), position=self.since(start))
        first = self.bracketed()
        if self.take_symbol(".."):
            return self._range_from(first, start, included=opening.text == "[")
        if opening.text == "]":
            raise self.fault("`..` of a range", "区间的“..”")
        items = [first]
        while self.take_symbol(","):
            items.append(self.bracketed())
        if not self.take_symbol("]"):
            raise self.fault("`,` or `]`", "“,”或“]”")
        return ListLiteral(tuple(items), position=self.since(start))

    def _range_from(self, low: Node, start: Position, *, included: bool) -> Node:
        before, self._ends_range = self._ends_range, True
        self.descend()
        high = self.expression()
        self.ascend()
        self._ends_range = before
        if not self.at_symbol("]", ")", "["):
            raise self.fault("`]`, `)` or `[` at the end of the range", "区间的结尾“]”、“)”或“[”")
        closing = self.advance().text
        return RangeLiteral(low, included, high, closing == "]", position=self.since(start))

    def _context(self) -> Node:
        start = self.expect("{").position
        entries: list[tuple[str, Node]] = []
        taken: set[str] = set()
        with self.scope() as scope:
            while not self.at_symbol("}"):
                if entries and not self.take_symbol(","):
                    raise self.fault("`,` or `}`", "“,”或“}”")
                key = self._key(taken)
                taken.add(key)
                self.expect(":")
                entries.append((key, self.bracketed()))
                scope.add(key, member=True)
        self.expect("}")
        return ContextLiteral(tuple(entries), position=self.since(start))

    def _key(self, taken: set[str]) -> str:
        at = self.token
        key = self.advance().text if at.kind == TEXT else self.name_until(":")
        if key is None:
            raise self.fault("a key with `:`", "带“:”的键")
        if key in taken:
            raise self.refusal(
                at.position, f"each key once, not `{key}` again", f"每个键只出现一次(“{key}”重复)"
            )
        return key
