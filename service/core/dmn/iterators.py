"""Boxed filter, `for`, `some` and `every`: they are the constructs of FEEL, and run as those.

A body that is no literal expression is called as a function from within the construct.
"""

from collections.abc import Callable

from ..feel import Function, Run, Value
from ..feel.compile import compile_tree
from ..feel.syntax import Filter, For, Invocation, Iterator, Name, Node, Quantified
from .model import Expression, FilterBox, IteratorBox, Literal
from .state import Code, Env, State, charged
from .texts import Scope, Texts, broken, code_of

# Names that no text can read: a name of FEEL begins with a letter.
_SOURCE, _BODY = "\0source", "\0body"


class Iterators:
    """Compiles boxed iterators; `code_of_box` compiles what is inside them."""

    def __init__(
        self, texts: Texts, code_of_box: Callable[[Expression | None, Scope], Code]
    ) -> None:
        self._texts = texts
        self._code_of_box = code_of_box

    def filter(self, box: FilterBox, scope: Scope) -> Code:
        """`source[match]`, where `item` and the members of contexts are names."""
        return self._code(
            box, box.source, box.match, ("item",), scope, lambda body: Filter(Name(_SOURCE), body)
        )

    def code(self, box: IteratorBox, scope: Scope) -> Code:
        """`for`, with `partial`, `some` or `every` over one variable."""
        iterators = (Iterator(box.variable, Name(_SOURCE)),)
        if box.kind == "for":
            names: tuple[str, ...] = (box.variable, "partial")
            return self._code(
                box, box.source, box.body, names, scope, lambda body: For(iterators, body)
            )
        return self._code(
            box,
            box.source,
            box.body,
            (box.variable,),
            scope,
            lambda body: Quantified(box.kind, iterators, body),
        )

    def _code(
        self,
        box: FilterBox | IteratorBox,
        source: Expression | None,
        body: Expression | None,
        names: tuple[str, ...],
        scope: Scope,
        construct: Callable[[Node], Node],
    ) -> Code:
        source_code = self._code_of_box(source, scope)
        inner = scope.with_names(*names)
        if isinstance(body, Literal) and not body.type_ref:
            expression = self._texts.expression(body.text, inner)
            if expression is None:
                return broken(body.text)
            tree, body_code = expression.tree, None
        else:
            arguments = tuple(Name(name) for name in names)
            tree, body_code = Invocation(Name(_BODY), arguments), self._code_of_box(body, inner)
        known = (*scope.names, _SOURCE, _BODY)
        whole = compile_tree("", construct(tree), known, types=self._texts.types.shapes)
        run_whole = code_of(whole, box)

        def evaluate(env: Env, state: State) -> Value:
            within = {**env, _SOURCE: source_code(env, state)}
            if body_code is not None:
                within[_BODY] = _function(names, body_code, env, state)
            return run_whole(within, state)

        return evaluate


def _function(names: tuple[str, ...], body: Code, env: Env, state: State) -> Function:
    def call(run: Run, args: list[Value]) -> Value:
        return body({**env, **dict(zip(names, args, strict=True))}, state)

    return Function(names, (None,) * len(names), charged(call))
