"""Texts to syntax trees: the grammar of DMN 1.5 §10.3.1.2, by descent, one method a precedence."""

from collections.abc import Callable, Iterable, Mapping

from .budget import DEFAULT, Limits
from .errors import SyntaxFault
from .lexer import END, WORD
from .parser_brackets import COMPARISONS
from .parser_scopes import ScopeParser
from .syntax import (
    And,
    Arithmetic,
    Between,
    Comparison,
    In,
    InstanceOf,
    Negation,
    Node,
    Or,
    Test,
    UnaryTests,
    ValueTest,
)
from .types import Type
from .warnings import Position


def parse(
    text: str,
    names: Iterable[str] = (),
    *,
    limits: Limits = DEFAULT,
    types: Mapping[str, Type] | None = None,
) -> Node:
    """The tree of an expression.

    Args:
        text: The expression.
        names: Known variables, which may hold spaces and symbols.
        limits: Bounds of length and nesting.
        types: Types that `instance of` may name.

    Raises:
        SyntaxFault: The text is no expression.
    """
    return _parsed(Parser.whole_expression, text, names, limits, types or {})


def parse_unary_tests(
    text: str,
    names: Iterable[str] = (),
    *,
    limits: Limits = DEFAULT,
    types: Mapping[str, Type] | None = None,
) -> UnaryTests:
    """The tree of a cell's tests, as `parse`; the input's value is the name `?`."""
    tests = _parsed(Parser.whole_tests, text, (*names, "?"), limits, types or {})
    assert isinstance(tests, UnaryTests)
    return tests


def _parsed(
    grammar: "Callable[[Parser], Node]",
    text: str,
    names: Iterable[str],
    limits: Limits,
    types: Mapping[str, Type],
) -> Node:
    parser = Parser(text, names, limits, types)
    try:
        return grammar(parser)
    except RecursionError:
        # The caller stands so deep in the stack that even the bounded nesting has no room.
        raise parser.fault("a text with less nesting", "嵌套层数更少的表达式") from None


class Parser(ScopeParser):
    """The operators, and a text as a whole."""

    def whole_expression(self) -> Node:
        node = self.expression()
        self._expect_end("an operator or the end of the text", "运算符或文本结尾")
        return node

    def whole_tests(self) -> Node:
        start = self.token.position
        if self.at_symbol("-") and self.ahead().kind == END:
            self.advance()
            return UnaryTests((), position=start)
        if self.at_word("not") and self.symbol_ahead(1) == "(":
            return self._negated_tests(start)
        return self._plain_tests(start)

    def _plain_tests(self, start: Position) -> Node:
        tests = self._tests()
        self._expect_end("`,` or the end of the text", "“,”或文本结尾")
        return UnaryTests(tests, position=self.since(start))

    def _negated_tests(self, start: Position) -> Node:
        """`not(…)`, where the bracket closes at the end; else `not` is only part of a test."""
        before = self.mark()
        try:
            self.advance()
            self.expect("(")
            tests = self._tests()
            self.expect(")")
            self._expect_end("the end of the text", "文本结尾")
        except SyntaxFault as as_negation:
            self.reset(before)
            try:
                return self._plain_tests(start)
            except SyntaxFault as as_test:
                place = (as_test.line, as_test.column)
                farther = place >= (as_negation.line, as_negation.column)
                raise (as_test if farther else as_negation) from None
        return UnaryTests(tests, negated=True, position=self.since(start))

    def _tests(self) -> tuple[Test, ...]:
        tests = [self.test()]
        while self.take_symbol(","):
            tests.append(self.test())
        return tuple(tests)

    def _expect_end(self, expected: str, expected_zh: str) -> None:
        if self.token.kind != END:
            raise self.fault(expected, expected_zh)

    # -- operators, from the loosest to the tightest

    def expression(self) -> Node:
        return self._joined_by("or", self._conjunction, Or)

    def _conjunction(self) -> Node:
        return self._joined_by("and", self._comparison, And)

    def _joined_by(self, word: str, part: Callable[[], Node], kind: Callable[..., Node]) -> Node:
        first = part()
        if not self.at_word(word):
            return first
        items = [first]
        while self.at_word(word):
            self.advance()
            items.append(part())
        return kind(tuple(items), position=self.since(first.position))

    def _comparison(self) -> Node:
        return self._compared(self.additive())

    def _compared(self, node: Node) -> Node:
        start = node.position
        levels = 0
        while True:
            if self.at_symbol(*COMPARISONS):
                operator = self.advance().text
                node = Comparison(operator, node, self.additive(), position=self.since(start))
            elif self.at_word("between"):
                node = self._between(node)
            elif self.at_word("in"):
                node = self._in(node)
            else:
                self.ascend(levels)
                return node
            self.descend()
            levels += 1

    def _between(self, value: Node) -> Node:
        self.advance()
        low = self.additive()
        self.expect("and")
        return Between(value, low, self.additive(), position=self.since(value.position))

    def _in(self, value: Node) -> Node:
        self.advance()
        return In(value, self._in_tests(), position=self.since(value.position))

    def _in_tests(self) -> tuple[Test, ...]:
        if self.at_symbol(*COMPARISONS):
            return (self.test(),)
        if not self.at_symbol("("):
            node = self.additive()
            return (ValueTest(node, position=node.position),)
        inner = self.parenthesis(tests=True)
        if isinstance(inner, tuple):
            return inner
        node = self._additive_from(self._typed(self.followed(inner)))
        return (ValueTest(node, position=node.position),)

    def additive(self) -> Node:
        return self._additive_from(self._operand())

    def _additive_from(self, first: Node) -> Node:
        """The sum that begins with an operand that has been read."""
        power = self._chain(first, ("**",), self._operand)
        product = self._chain(power, ("*", "/"), self._power)
        return self._chain(product, ("+", "-"), self._product)

    def _product(self) -> Node:
        return self._chain(self._power(), ("*", "/"), self._power)

    def _power(self) -> Node:
        return self._chain(self._operand(), ("**",), self._operand)

    def _chain(self, first: Node, operators: tuple[str, ...], part: Callable[[], Node]) -> Node:
        if not self.at_symbol(*operators):
            return first
        rest: list[tuple[str, Node]] = []
        while self.at_symbol(*operators):
            operator = self.advance().text
            rest.append((operator, part()))
        return Arithmetic(first, tuple(rest), position=self.since(first.position))

    def _operand(self) -> Node:
        return self._typed(self._signed())

    def _typed(self, node: Node) -> Node:
        """The node with the `instance of` that follows, which binds more tightly than `**`."""
        if not (self.token.kind == WORD and self._begins_operator(0)):
            return node
        self.advance()
        self.advance()
        wanted = self.type_expression()
        return InstanceOf(node, wanted, position=self.since(node.position))

    def _signed(self) -> Node:
        """An operand with its minus signs, which bind more tightly than `**`."""
        if not self.at_symbol("-"):
            return self.operand()
        start = self.advance().position
        self.descend()
        operand = self._signed()
        self.ascend()
        return Negation(operand, position=self.since(start))


__all__ = ["SyntaxFault", "parse", "parse_unary_tests"]
