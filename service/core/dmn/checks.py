"""What is checked of a compiled model besides its texts, when it is deployed."""

from collections import Counter

from .. import feel
from ..feel import SyntaxFault
from ..feel.syntax import UnaryTests
from .atoms import Domain
from .faults import Faults
from .gaps import check_table
from .graph import Graph
from .model import Definitions, Element, HitPolicy, Input, ItemDefinition, Table, Text
from .regions import Region, region_of
from .tables import label_of

_ORDERED = (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)


def check(graph: Graph) -> None:
    """Add to the graph's faults what its structure and its tables have."""
    definitions, faults = graph.definitions, graph.faults
    for identity, line, english, chinese in definitions.slips:
        faults.add("structure", Element(id=identity, line=line), english, chinese)
    _check_names(definitions, faults)
    _check_ids(definitions, faults)
    for table, regions in graph.compiler.boxes.tables.regions:
        _check_hit_policy(graph, table)
        domains = [_domain(graph, column) for column in table.inputs]
        check_table(table, regions, domains, faults)


def _check_names(definitions: Definitions, faults: Faults) -> None:
    nodes = (
        *definitions.inputs,
        *definitions.decisions,
        *definitions.knowledge,
        *definitions.services,
    )
    _check_once(definitions.types, faults, "duplicate_type", "type", "类型")
    _check_once(nodes, faults, "duplicate_name", "node", "元素")


def _check_once(
    elements: "tuple[ItemDefinition, ...] | tuple[Element, ...]",
    faults: Faults,
    rule: str,
    word: str,
    word_zh: str,
) -> None:
    counts = Counter(getattr(element, "name", "") for element in elements)
    for element in elements:
        name = getattr(element, "name", "")
        if name and counts[name] > 1:
            faults.add(
                rule,
                element,
                f"Expected one {word} called {name}, but there are {counts[name]}.",
                f"名为“{name}”的{word_zh}应只有一个,实际有 {counts[name]} 个。",
            )


def _check_ids(definitions: Definitions, faults: Faults) -> None:
    nodes: tuple[Element, ...] = (
        *definitions.inputs,
        *definitions.decisions,
        *definitions.knowledge,
        *definitions.services,
    )
    counts = Counter(node.id for node in nodes if node.id)
    for node in nodes:
        if counts[node.id] > 1:
            faults.add(
                "duplicate_id",
                node,
                f"Expected one node with the id {node.id}, but there are {counts[node.id]}.",
                f"标识 {node.id} 应只出现一次,实际有 {counts[node.id]} 次。",
            )


def _check_hit_policy(graph: Graph, table: Table) -> None:
    if table.hit_policy in _ORDERED and not any(
        column.values or graph.types.allowed(column.type_ref) for column in table.outputs
    ):
        graph.faults.add(
            "priority_without_values",
            table,
            f"Expected output values in a table with the hit policy {table.hit_policy.value}, "
            "as their order is the priority, but there are none.",
            f"命中策略 {table.hit_policy.value} 以输出值的顺序为优先级,但没有输出值。",
        )
    if table.aggregation is not None and table.hit_policy is not HitPolicy.COLLECT:
        graph.faults.add(
            "aggregation",
            table,
            f"Expected an aggregation only with the hit policy COLLECT, "
            f"but it is {table.hit_policy.value}.",
            f"只有 COLLECT 命中策略可以聚合,实际为 {table.hit_policy.value}。",
        )


def _domain(graph: Graph, column: Input) -> Domain:
    """What a column's input values or its type allow."""
    tests = column.values or graph.types.allowed(column.type_ref)
    whole = column.type_ref in ("integer", "long")
    return Domain(label_of(column), None if tests is None else _region(tests), whole)


def _region(tests: Text) -> Region | None:
    try:
        tree = feel.compile_unary_tests(tests.text).tree
    except SyntaxFault:
        return None  # told where the column was compiled
    assert isinstance(tree, UnaryTests)
    return region_of(tree)
