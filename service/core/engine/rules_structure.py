"""Rules of files and bodies: processes, ids, ends of flows, starts, lanes."""

import re
from collections import defaultdict
from collections.abc import Iterator

from .checking import Checking, called
from .model import (
    Activity,
    AdHocSubProcess,
    BoundaryEvent,
    Element,
    EndEvent,
    EventSubProcess,
    FlowNode,
    Lane,
    StartEvent,
)
from .reach import compensates, heads, is_link_catch, is_link_throw, reached
from .scopes_of import Scope

#: How deep sub-processes may nest.
NESTING_MAX = 30

#: Characters of an id: it is part of what is looked up.
ID_MAX = 200

#: Ids as XML has them (NCName); others could be taken for added ones, or break an address.
_ID = re.compile(r"[^\W\d][\w.\-]*")


def check(c: Checking) -> None:
    _processes(c)
    _ids(c)
    for scope in c.scopes:
        if scope.depth > NESTING_MAX:
            c.error(
                "nesting",
                scope.container,
                f"Expected sub-processes nested at most {NESTING_MAX} deep, but "
                f"{scope.container.id} lies deeper.",
                f"子流程最多嵌套 {NESTING_MAX} 层,{scope.container.id} 超出。",
            )
        _flow_ends(c, scope)
        for node in scope.body.nodes:
            _directions(c, node)
        _starts(c, scope)
        _unreachable(c, scope)
        _lanes(c, scope)


def _processes(c: Checking) -> None:
    if not c.scopes:
        c.error(
            "not_executable",
            c.file.processes[0] if c.file.processes else c.file,
            "Expected a process with isExecutable true, but the file has none.",
            "文件中没有可执行的流程(isExecutable 为 true)。",
        )
    for process in c.file.processes:
        if process.is_executable is None:
            c.warn(
                "executable_unsaid",
                process,
                f"The process {called(process)} does not say isExecutable; it is taken as true.",
                f"流程 {called(process)} 未注明 isExecutable,按可执行处理。",
            )
        elif not process.is_executable and c.scopes:
            c.warn(
                "drawn_only",
                process,
                f"The process {called(process)} is not executable: it is shown and never runs.",
                f"流程 {called(process)} 不可执行,仅作展示。",
            )
        elif not process.body.nodes:
            c.error(
                "empty_process",
                process,
                f"Expected something in the process {called(process)}, but it is empty.",
                f"流程 {called(process)} 为空。",
            )
    for participant in c.file.participants:
        if participant.process and participant.process not in {x.id for x in c.file.processes}:
            _missing(c, participant, "process", "流程", participant.process)


def _missing(c: Checking, element: Element, kind: str, kind_zh: str, name: str) -> None:
    c.error(
        "missing_reference",
        element,
        f"Expected a {kind} that {called(element)} refers to, but “{name[:80]}” is none.",
        f"元素 {called(element)} 引用的{kind_zh}“{name[:80]}”不存在。",
    )


# -- ids -----------------------------------------------------------------------------------------


def _named_elements(c: Checking) -> Iterator[Element]:
    """Everything whose id must be there and be its own."""
    for shared in (c.file.messages, c.file.signals, c.file.errors, c.file.escalations):
        yield from shared
    yield from c.file.event_definitions
    yield from c.file.global_tasks
    yield from c.file.processes
    for scope in c.scopes:
        yield from scope.body.nodes
        yield from scope.body.flows
        yield from scope.body.data_objects
        yield from scope.body.data_references


def _ids(c: Checking) -> None:
    seen: dict[str, Element] = {}
    for element in _named_elements(c):
        if not element.id:
            kind = type(element).__name__
            c.error(
                "missing_id",
                element,
                f"Expected an id on this {kind}, but it has none.",
                f"元素({kind})缺少 id。",
            )
        elif not _ID.fullmatch(element.id):
            c.error(
                "bad_id",
                element,
                f"Expected an id of letters, digits, “_”, “-” and “.”, but it is "
                f"“{element.id[:80]}”.",
                f"id 只能由字母、数字、“_”、“-”、“.”组成,实际为“{element.id[:80]}”。",
            )
        elif len(element.id) > ID_MAX:
            c.error(
                "bad_id",
                element,
                f"Expected an id of at most {ID_MAX} characters, but it has {len(element.id)}: "
                f"“{element.id[:80]}…”.",
                f"id 最多 {ID_MAX} 个字符,“{element.id[:80]}…”有 {len(element.id)} 个。",
            )
        elif element.id in seen:
            c.error(
                "duplicate_id",
                element,
                f"Expected ids to be unique, but {element.id} is also in line "
                f"{seen[element.id].line}.",
                f"id 必须唯一,{element.id} 在第 {seen[element.id].line} 行已使用。",
            )
        else:
            seen[element.id] = element


# -- flows ---------------------------------------------------------------------------------------


def _flow_ends(c: Checking, scope: Scope) -> None:
    for flow in scope.body.flows:
        for name in (flow.source, flow.target):
            if name in scope.nodes:
                continue
            if name in c.node_ids:
                c.error(
                    "flow_crosses_border",
                    flow,
                    f"Expected the flow {flow.id} to stay inside {scope.container.id}, but "
                    f"{name} lies elsewhere.",
                    f"顺序流 {flow.id} 不得跨越 {scope.container.id} 的边界({name} 不在其中)。",
                )
            else:
                _missing(c, flow, "flow node", "节点", name)


def _directions(c: Checking, node: FlowNode) -> None:
    """Which ends of flows a node may have."""
    no_way_in = isinstance(node, StartEvent | BoundaryEvent | EventSubProcess) or is_link_catch(
        node
    )
    no_way_out = isinstance(node, EndEvent | EventSubProcess) or is_link_throw(node)
    if isinstance(node, BoundaryEvent) and compensates(node):
        no_way_out = True
    if isinstance(node, Activity) and node.is_for_compensation:
        no_way_in = no_way_out = True
    for is_wrong, flows, english, chinese in (
        (no_way_in, node.incoming, "into", "流入"),
        (no_way_out, node.outgoing, "out of", "流出"),
    ):
        if is_wrong and flows:
            c.error(
                "flow_not_allowed",
                node,
                f"Expected no sequence flow {english} {called(node)}, but there is {flows[0]}.",
                f"元素 {called(node)} 不允许有{chinese}的顺序流({flows[0]})。",
            )


# -- starts --------------------------------------------------------------------------------------


def _starts(c: Checking, scope: Scope) -> None:
    starts = [x for x in scope.body.nodes if isinstance(x, StartEvent)]
    plain = [x for x in starts if not x.definitions]
    if isinstance(scope.container, AdHocSubProcess):
        for event in scope.body.nodes:
            if isinstance(event, StartEvent | EndEvent):
                c.error(
                    "ad_hoc_event",
                    event,
                    f"Expected no start or end event in the ad-hoc sub-process "
                    f"{scope.container.id}, but there is {called(event)}.",
                    f"自由子流程 {scope.container.id} 中不得有开始或结束事件。",
                )
        return
    if len(plain) > 1:
        c.error(
            "several_starts",
            plain[1],
            f"Expected at most one start event without a trigger in {scope.container.id}, "
            f"but there are {len(plain)}.",
            f"{scope.container.id} 中最多一个无触发条件的开始事件,实际有 {len(plain)} 个。",
        )
    if scope.body.nodes and not heads(scope):
        c.error(
            "no_start",
            scope.container,
            f"Expected a node to begin with in {scope.container.id}, but every one is behind "
            "another.",
            f"{scope.container.id} 中没有可以开始的节点。",
        )


def _unreachable(c: Checking, scope: Scope) -> None:
    seen = reached(scope)
    for node in scope.body.nodes:
        if node.id not in seen:
            c.error(
                "unreachable",
                node,
                f"Expected a way from a start to {called(node)}, but there is none.",
                f"从任何开始处都无法到达元素 {called(node)}。",
            )


# -- lanes ---------------------------------------------------------------------------------------


def _lanes(c: Checking, scope: Scope) -> None:
    places: defaultdict[str, set[str]] = defaultdict(set)
    waiting = list(scope.body.lanes)
    while waiting:
        lane: Lane = waiting.pop()
        waiting += lane.lanes
        for name in lane.nodes:
            if name not in c.node_ids:
                _missing(c, lane, "flow node", "节点", name)
            elif not lane.lanes:
                places[name].add(lane.id)
    for name, lanes in places.items():
        if len(lanes) > 1 and name in scope.nodes:
            c.error(
                "several_lanes",
                scope.nodes[name],
                f"Expected {name} in one lane, but it is in {', '.join(sorted(lanes))}.",
                f"元素 {name} 只能属于一个泳道,实际在 {'、'.join(sorted(lanes))} 中。",
            )
