"""Boxed expressions become code, once (DMN 1.5 §10.2.2)."""

from ..feel import Function, Run, Value
from ..feel.invocation import apply_named
from ..feel.types import Named
from .iterators import Iterators
from .model import (
    Conditional,
    Context,
    ContextEntry,
    Element,
    Expression,
    FilterBox,
    FunctionBox,
    Invocation,
    IteratorBox,
    ListBox,
    Literal,
    Relation,
    Table,
)
from .state import Call, Code, Env, State, charged, null_code
from .tables import TableCompiler
from .texts import Scope, Texts, held, typed
from .types import ANY_ITEM, ItemType

_NOT_BOOLEAN = (
    "Expected a condition that is true or false, but it is another value.",
    "条件应为真或假,实际为其他值。",
)


class Boxes:
    """Compiles the expressions of one model.

    Attributes:
        tables: The compiler of its tables.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.tables = TableCompiler(texts)
        self._iterators = Iterators(texts, self.code)

    def code(self, box: Expression | None, scope: Scope) -> Code:
        """The code of an expression; a missing one is null."""
        if box is None:
            return null_code
        code = self._untyped(box, scope)
        if isinstance(box, FunctionBox):
            return code
        return self._texts.typed(code, box.type_ref, box)

    def _untyped(self, box: Expression, scope: Scope) -> Code:
        match box:
            case Literal():
                return self._texts.code(box.text, scope)
            case Table():
                return self.tables.code(box, scope)
            case Context():
                return self._context(box, scope)
            case Invocation():
                return self._invocation(box, scope)
            case ListBox():
                return _list([self.code(item, scope) for item in box.items])
            case Relation():
                return self._relation(box, scope)
            case FunctionBox():
                return self.function(box, scope)
            case Conditional():
                return self._conditional(box, scope)
            case FilterBox():
                return self._iterators.filter(box, scope)
            case IteratorBox():
                return self._iterators.code(box, scope)

    def _context(self, box: Context, scope: Scope) -> Code:
        entries: list[tuple[str, Code]] = []
        result: Code | None = None
        for entry in box.entries:
            code = self._entry(entry, scope)
            if entry.variable is None:
                result = code
                break
            entries.append((entry.variable.name, code))
            scope = scope.with_names(entry.variable.name)
        return _context(entries, result)

    def _entry(self, entry: ContextEntry, scope: Scope) -> Code:
        variable = entry.variable
        if variable is None:
            return self.code(entry.value, scope)
        if isinstance(entry.value, FunctionBox):
            # A function may call itself by the name of its entry.
            return self.code(entry.value, scope.with_names(variable.name))
        return self._texts.typed(self.code(entry.value, scope), variable.type_ref, variable)

    def _invocation(self, box: Invocation, scope: Scope) -> Code:
        function = self.code(box.function, scope)
        bindings = []
        for binding in box.bindings:
            code = self.code(binding.value, scope)
            parameter = binding.parameter
            code = self._texts.typed(code, parameter.type_ref, parameter)
            bindings.append((parameter.name, code))

        def invoke(env: Env, state: State) -> Value:
            called = function(env, state)
            named = {name: code(env, state) for name, code in bindings}
            before = len(state.run.warnings)
            value = apply_named(state.run, called, named)
            state.locate(box, before)
            return value

        return invoke

    def _relation(self, box: Relation, scope: Scope) -> Code:
        names = [column.name for column in box.columns]
        rows = []
        for row in box.rows:
            cells = [
                self._texts.typed(self.code(cell, scope), column.type_ref, column)
                for cell, column in zip(row, box.columns, strict=False)
            ]
            rows.append(list(zip(names, cells, strict=False)))
        return lambda env, state: [{name: cell(env, state) for name, cell in row} for row in rows]

    def _conditional(self, box: Conditional, scope: Scope) -> Code:
        condition = self.code(box.condition, scope)
        then, otherwise = self.code(box.then, scope), self.code(box.otherwise, scope)

        def choose(env: Env, state: State) -> Value:
            answer = condition(env, state)
            if answer is not None and type(answer) is not bool:
                return state.null(box, "wrong_type", *_NOT_BOOLEAN)
            return (then if answer is True else otherwise)(env, state)

        return choose

    def function(self, box: FunctionBox, scope: Scope, result: ItemType = ANY_ITEM) -> Code:
        """The code that makes the function value, over the variables of that moment.

        `result` is a type of its results besides that which the box declares itself.
        """
        if box.kind != "FEEL":
            self._texts.faults.add(
                "function_kind",
                box,
                f"Expected a function in FEEL, but its kind is {box.kind}.",
                f"函数类型应为 FEEL,实际为 {box.kind}。",
            )
            return null_code
        types = self._texts.types
        names = tuple(parameter.name for parameter in box.parameters)
        wanted = [types.get(parameter.type_ref, parameter) for parameter in box.parameters]
        body = self.code(box.body, scope.with_names(*names))
        body = typed(body, result_type(types.get(box.type_ref, box)), box)
        body = typed(body, result, box)
        shapes = tuple(w.shape for w in wanted)

        def define(env: Env, state: State) -> Value:
            call = _caller(env, state, names, wanted, body, box)
            return Function(names, shapes, charged(call))

        return define


def result_type(declared: ItemType) -> ItemType:
    """The type of a function's results: what is declared may be the function's type or theirs."""
    if declared.shape == Named("function"):
        return ANY_ITEM
    return declared.result or declared


def _caller(
    env: Env,
    state: State,
    names: tuple[str, ...],
    wanted: list[ItemType],
    body: Code,
    element: Element,
) -> Call:
    checked = [(n, t) for n, t in zip(names, wanted, strict=True) if t.check is not None]

    def call(run: Run, args: list[Value]) -> Value:
        inner = {**env, **dict(zip(names, args, strict=True))}
        for name, type_ in checked:
            given = inner[name]
            inner[name] = held(state, given, type_, element)
            if inner[name] is None and given is not None:
                return None
        return body(inner, state)

    return call


def _list(items: list[Code]) -> Code:
    return lambda env, state: [item(env, state) for item in items]


def _context(entries: list[tuple[str, Code]], result: Code | None) -> Code:
    def evaluate(env: Env, state: State) -> Value:
        inner = dict(env)  # functions made here keep it, so they see later entries and themselves
        for name, code in entries:
            inner[name] = code(inner, state)
        if result is not None:
            return result(inner, state)
        return {name: inner[name] for name, _ in entries}

    return evaluate
