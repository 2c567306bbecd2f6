"""Reading what introduces names or branches: `if`, `for`, `some`, `every`, `function`."""

from collections.abc import Callable

from .parser_operands import OperandParser
from .syntax import For, FunctionLiteral, If, Iterator, Node, Quantified
from .types import Type


class ScopeParser(OperandParser):
    """The constructs that begin with a keyword and reach as far to the right as they can."""

    def keyword_expression(self, keyword: str) -> Node | None:
        if keyword not in ("if", "for", "some", "every", "function"):
            return None
        self.descend()
        if keyword == "if":
            node = self._if()
        elif keyword == "for":
            node = self._for()
        elif keyword == "function":
            node = self._function()
        else:
            node = self._quantified()
        self.ascend()
        return node

    def _if(self) -> Node:
        start = self.token.position
        branches: list[tuple[Node, Node]] = []
        while self.at_word("if"):
            self.advance()
            condition = self.expression()
            self.expect("then")
            branches.append((condition, self.expression()))
            self.expect("else")
        return If(tuple(branches), self.expression(), position=self.since(start))

    def _for(self) -> Node:
        start = self.advance().position
        with self.scope() as scope:
            iterators = [self._iterator("return", scope.add)]
            while self.take_symbol(","):
                iterators.append(self._iterator("return", scope.add))
            self.expect("return")
            scope.add("partial")
            body = self.expression()
        return For(tuple(iterators), body, position=self.since(start))

    def _quantified(self) -> Node:
        token = self.advance()
        with self.scope() as scope:
            iterators = [self._iterator("satisfies", scope.add)]
            while self.take_symbol(","):
                iterators.append(self._iterator("satisfies", scope.add))
            self.expect("satisfies")
            condition = self.expression()
        place = self.since(token.position)
        return Quantified(token.text, tuple(iterators), condition, position=place)

    def _iterator(self, before: str, introduce: Callable[[str], None]) -> Iterator:
        name = self.name_until("in")
        if name is None:
            raise self.fault("a variable's name with `in`", "带“in”的变量名")
        self.expect("in")
        source = self.expression()
        end = self.expression() if self.take_symbol("..") else None
        if not self.at_symbol(",") and not self.at_word(before):
            raise self.fault(f"`{before}`, `,` or an operator", f"“{before}”、“,”或运算符")
        introduce(name)
        return Iterator(name, source, end)

    def _function(self) -> Node:
        start = self.advance().position
        self.expect("(")
        parameters: list[tuple[str, Type | None]] = []
        with self.scope() as scope:
            while not self.at_symbol(")"):
                if parameters:
                    self.expect(",")
                parameters.append(self._parameter({name for name, _ in parameters}))
                scope.add(parameters[-1][0])
            self.expect(")")
            if self.at_word("external"):
                raise self.refusal(
                    self.token.position,
                    "a body written in FEEL, for `external` would leave the language",
                    "用 FEEL 写的函数体(external 会离开本语言,不予支持)",
                )
            body = self.expression()
        return FunctionLiteral(tuple(parameters), body, position=self.since(start))

    def _parameter(self, taken: set[str]) -> tuple[str, Type | None]:
        at = self.token.position
        name = self.name_until(":", ",", ")")
        if name is None:
            raise self.fault("a parameter's name", "参数名")
        if name in taken:
            raise self.refusal(
                at,
                f"each parameter once, not `{name}` again",
                f"每个参数只出现一次(“{name}”重复)",
            )
        return name, self.type_expression() if self.take_symbol(":") else None
