"""Reading what stands in brackets: lists, ranges, contexts, and expressions by themselves."""

from .lexer import TEXT
from .parser_types import TypeParser
from .syntax import CompareTest, ContextLiteral, ListLiteral, Node, RangeLiteral, Test, ValueTest
from .warnings import Position

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


class BracketParser(TypeParser):
    """Everything between an opening and a closing bracket."""

    _ends_range = False  # inside the end of a range, where `[` may close it

    def reset(self, mark: tuple[int, int]) -> None:
        super().reset(mark)
        self._ends_range = False

    def expression(self) -> Node:
        raise self.fault("an expression", "表达式")

    def additive(self) -> Node:
        return self.expression()

    def bracketed(self) -> Node:
        """An expression in brackets of its own, one level deeper."""
        before, self._ends_range = self._ends_range, False
        self.descend()
        node = self.expression()
        self.ascend()
        self._ends_range = before
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
