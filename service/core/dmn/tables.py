"""Decision tables become code: cells are compiled once, and columns of literals are indexed."""

from collections.abc import Mapping

from ..feel import Expression, Value
from ..feel.compile import compile_tree
from ..feel.syntax import UnaryTests
from .explanation import FiredRule, TableRun
from .faults import Cell
from .hit_policies import HitPolicies, Rank, Row
from .index import ColumnIndex
from .model import HitPolicy, Input, Output, Rule, Table, Text
from .regions import EVERYTHING, Region, region_of
from .state import Code, Env, State
from .texts import Scope, Texts, code_of, held
from .types import ItemType

_ORDERED = (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)


class Column:
    """An input column: its value, the values it may have, and the tests of its cells."""

    __slots__ = ("allowed", "code", "index", "label", "tests")

    def __init__(
        self,
        label: str,
        code: Code,
        allowed: Code | None,
        tests: list[Code | None],
        regions: list[Region | None],
    ) -> None:
        self.label = label
        self.code = code
        self.allowed = allowed
        self.tests = tests
        self.index = ColumnIndex(regions)


class TableCompiler:
    """Compiles the tables of one model.

    Attributes:
        regions: The regions of each table's cells, column by column, for the deployment checks.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.regions: list[tuple[Table, list[list[Region | None]]]] = []

    def code(self, table: Table, scope: Scope) -> Code:
        if any(column.label == "" and not column.name for column in table.outputs[1:]):
            self._texts.faults.add(
                "output_name",
                table,
                "Expected a name for each of several output columns, but one has none.",
                "有多个输出列时每列都须有名称,实际有一列没有名称。",
            )
        regions: list[list[Region | None]] = []
        columns = [self._input(table, n, scope, regions) for n in range(len(table.inputs))]
        self.regions.append((table, regions))
        outputs = [self._output(table, n, scope) for n in range(len(table.outputs))]
        return _TableCode(table, columns, outputs).evaluate

    def _input(
        self, table: Table, place: int, scope: Scope, regions: list[list[Region | None]]
    ) -> Column:
        written = table.inputs[place]
        label = label_of(written)
        code = self._texts.code(written.expression, scope, Cell(table.id, 0, label))
        code = self._texts.typed(code, written.type_ref, written)
        tests: list[Code | None] = []
        found: list[Region | None] = []
        for number, rule in enumerate(table.rules, 1):
            test, region = self._test(rule.inputs[place], scope, Cell(table.id, number, label))
            tests.append(test)
            found.append(region)
        regions.append(found)
        allowed = None
        if written.values is not None:
            allowed, _ = self._test(written.values, scope, Cell(table.id, 0, label))
        return Column(label, code, allowed, tests, found)

    def _test(self, text: Text, scope: Scope, cell: Cell) -> tuple[Code | None, Region | None]:
        """The test of a cell with its region; an empty cell is a dash, a faulty one never true."""
        if not text.text or text.text == "-":
            return None, EVERYTHING
        expression = self._texts.tests(text, scope, cell)
        if expression is None:
            return (lambda env, state: False), None
        tree = expression.tree
        assert isinstance(tree, UnaryTests)
        return code_of(expression, text), region_of(tree)

    def _output(self, table: Table, place: int, scope: Scope) -> "_Outputs":
        written = table.outputs[place]
        label = output_label(written)
        wanted = self._texts.types.get(written.type_ref, written)
        cells = [
            self._texts.code(rule.outputs[place], scope, Cell(table.id, number, label))
            for number, rule in enumerate(table.rules, 1)
        ]
        head = Cell(table.id, 0, label)
        default = None
        if written.default is not None:
            default = self._texts.code(written.default, scope, head)
        tests = self._ordered_tests(table, written, scope)
        return _Outputs(written, wanted, cells, default, tests)

    def _ordered_tests(self, table: Table, column: Output, scope: Scope) -> list[Code]:
        """The tests of the output values one by one, in the order of their priority."""
        text = column.values or self._texts.types.allowed(column.type_ref)
        if text is None or (column.values is None and table.hit_policy not in _ORDERED):
            return []
        whole = self._texts.tests(text, scope, Cell(table.id, 0, output_label(column)))
        if whole is None:
            return []
        return [code_of(test, text) for test in _one_by_one(whole, scope)]


def _one_by_one(whole: Expression, scope: Scope) -> list[Expression]:
    tree = whole.tree
    assert isinstance(tree, UnaryTests)
    if tree.negated or not tree.tests:
        return [whole]
    return [compile_tree("", UnaryTests((test,)), (*scope.names, "?")) for test in tree.tests]


class _Outputs:
    """An output column."""

    __slots__ = ("cells", "default", "tests", "wanted", "written")

    def __init__(
        self,
        written: Output,
        wanted: ItemType,
        cells: list[Code],
        default: Code | None,
        tests: list[Code],
    ) -> None:
        self.written = written
        self.wanted = wanted
        self.cells = cells
        self.default = default
        self.tests = tests

    def value(self, code: Code, env: Env, state: State) -> Value:
        """The value of a cell or of the default, held to the column's type and values."""
        value = held(state, code(env, state), self.wanted, self.written)
        if value is None or not self.tests or self.written.values is None:
            return value
        if self.rank(value, state) < len(self.tests):
            return value
        name = output_label(self.written)
        return state.null(
            self.written,
            "value_not_allowed",
            f"Expected one of the output values of column {name}, but the output is another.",
            f"输出不在“{name}”列的输出值之内。",
        )

    def rank(self, value: Value, state: State) -> int:
        """The place of a value among the output values, after all of them where it is none."""
        env: Env = {"?": value}
        for place, test in enumerate(self.tests):
            if test(env, state) is True:
                return place
        return len(self.tests)


class _TableCode:
    """One table, ready to be evaluated."""

    def __init__(self, table: Table, columns: list[Column], outputs: list[_Outputs]) -> None:
        self._table = table
        self._columns = columns
        self._outputs = outputs
        self._names = [o.written.name or o.written.label for o in outputs]
        ranks: list[Rank | None] = [o.rank if o.tests else None for o in outputs]
        self._policy = HitPolicies(table, self._value_of, ranks)
        self._has_default = any(output.default is not None for output in outputs)
        self._every = (1 << len(table.rules)) - 1

    def evaluate(self, env: Env, state: State) -> Value:
        state.run.budget.step(len(self._table.rules) // 16 + 1)
        values = [column.code(env, state) for column in self._columns]
        matched = self._matched(values, env, state)
        if matched is None:
            return None
        if not matched:
            value = self._default(env, state) if self._has_default else self._policy.without_match
            self._explain(values, (), {}, (), state, is_default=self._has_default)
            return value
        rows = [self._row(place, env, state) for place in matched]
        numbers = [place + 1 for place in matched]
        outcome = self._policy.outcome(rows, numbers, state)
        fired = {matched[place]: rows[place] for place in outcome.fired}
        self._explain(values, numbers, fired, tuple(fired), state, is_default=False)
        return outcome.value

    def _matched(self, values: list[Value], env: Env, state: State) -> list[int] | None:
        """Places of the rules that match; None where an input has a value that is not allowed."""
        alive = self._every
        pending: list[tuple[Column, int, Env]] = []
        for column, value in zip(self._columns, values, strict=True):
            if not self._is_allowed(column, value, env, state):
                return None
            candidates, slow = column.index.candidates(value)
            alive &= candidates
            if slow:
                pending.append((column, slow, {**env, "?": value}))
        matched = []
        while alive:
            bit = alive & -alive
            alive ^= bit
            place = bit.bit_length() - 1
            if all(_passes(c, place, e, state) for c, slow, e in pending if slow & bit):
                matched.append(place)
                if self._policy.stops_at_first:
                    break
        return matched

    def _is_allowed(self, column: Column, value: Value, env: Env, state: State) -> bool:
        if column.allowed is None or value is None:
            return True
        if column.allowed({**env, "?": value}, state) is True:
            return True
        state.null(
            self._table,
            "value_not_allowed",
            f"Expected one of the input values of column {column.label}, but the input is another.",
            f"输入不在“{column.label}”列的输入值之内。",
        )
        return False

    def _row(self, place: int, env: Env, state: State) -> Row:
        return tuple(output.value(output.cells[place], env, state) for output in self._outputs)

    def _value_of(self, row: Row) -> Value:
        return row[0] if len(row) == 1 else dict(zip(self._names, row, strict=True))

    def _default(self, env: Env, state: State) -> Value:
        row = tuple(
            None if output.default is None else output.value(output.default, env, state)
            for output in self._outputs
        )
        return self._value_of(row)

    def _explain(
        self,
        values: list[Value],
        matched: "tuple[int, ...] | list[int]",
        fired: Mapping[int, Row],
        order: tuple[int, ...],
        state: State,
        *,
        is_default: bool,
    ) -> None:
        labels = (column.label for column in self._columns)
        rules = tuple(self._fired(place, fired[place]) for place in order)
        inputs = dict(zip(labels, values, strict=True))
        policy = self._table.hit_policy.value
        state.tables.append(
            TableRun(self._table.id, policy, inputs, tuple(matched), rules, is_default)
        )

    def _fired(self, place: int, row: Row) -> FiredRule:
        rule = self._table.rules[place]
        outputs = dict(zip(self._names, row, strict=True))
        return FiredRule(place + 1, rule.id, outputs, annotations_of(self._table, rule))


def _passes(column: Column, place: int, env: Env, state: State) -> bool:
    test = column.tests[place]
    return test is None or test(env, state) is True


def annotations_of(table: Table, rule: Rule) -> dict[str, str]:
    """The annotation columns of a rule by name, and its description."""
    names = [
        *table.annotations,
        *(f"annotation {n + 1}" for n in range(len(table.annotations), len(rule.annotations))),
    ]
    found = dict(zip(names, rule.annotations, strict=False))
    if rule.description:
        found["description"] = rule.description
    return found


def label_of(column: Input) -> str:
    return column.label or column.expression.text


def output_label(column: Output) -> str:
    return column.label or column.name
