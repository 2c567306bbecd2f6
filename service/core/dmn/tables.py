"""Decision tables become code: cells are compiled once, and columns of literals are indexed."""

from ..feel import Expression
from ..feel.compile import compile_tree
from ..feel.syntax import UnaryTests
from .faults import Cell
from .model import HitPolicy, Output, Table, Text
from .regions import EVERYTHING, Region, region_of
from .state import Code
from .table_code import InputColumn, OutputColumn, TableCode, label_of, output_label
from .texts import Scope, Texts, code_of

_ORDERED = (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)


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
        return TableCode(table, columns, outputs).evaluate

    def _input(
        self, table: Table, place: int, scope: Scope, regions: list[list[Region | None]]
    ) -> InputColumn:
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
        return InputColumn(label, code, allowed, tests, found)

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

    def _output(self, table: Table, place: int, scope: Scope) -> OutputColumn:
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
        return OutputColumn(written, wanted, cells, default, tests)

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
