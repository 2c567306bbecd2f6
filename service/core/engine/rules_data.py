"""Rules of data and messages: what of BPMN's data is read, and what is only drawn."""

from .checking import Checking, called
from .model import (
    Association,
    BoundaryEvent,
    CatchEvent,
    DataAssociation,
    DataObjectReference,
    DataStoreReference,
    Element,
    EventBasedGateway,
    FlowNode,
    MessageEvent,
    Process,
    ReceiveTask,
    StartEvent,
)
from .rules_extensions import VARIABLE
from .scopes_of import Scope


def check(c: Checking) -> None:
    for scope in c.scopes:
        _references(c, scope)
        if isinstance(scope.container, Process):
            _inputs(c, scope.container, scope.container.data.inputs)
        for association in scope.body.associations:
            _ends(c, scope, association)
    for scope, node in c.nodes():
        _inputs(c, node, node.data.inputs)
        for flow in (*node.data.incoming, *node.data.outgoing):
            _association(c, scope, node, flow)
        _correlation(c, scope, node)
    _collaboration(c)


def _missing(c: Checking, element: Element, name: str, kind: str, kind_zh: str) -> None:
    c.error(
        "missing_reference",
        element,
        f"Expected a {kind} that {called(element)} refers to, but “{name[:80]}” is none.",
        f"元素 {called(element)} 引用的{kind_zh}“{name[:80]}”不存在。",
    )


def _references(c: Checking, scope: Scope) -> None:
    known = {x.id for s in scope.around() for x in s.body.data_objects}
    for reference in scope.body.data_references:
        if isinstance(reference, DataObjectReference) and reference.data_object not in known:
            _missing(c, reference, reference.data_object, "data object", "数据对象")


def _inputs(c: Checking, element: Element, inputs: tuple[Element, ...]) -> None:
    if inputs:
        c.warn(
            "data_inputs",
            element,
            f"The data inputs of {called(element)} do not limit what it sees; use an "
            "input mapping.",
            f"{called(element)} 的数据输入不限制可见的变量,如需限制请用输入映射。",
        )


def _association(c: Checking, scope: Scope, node: FlowNode, flow: DataAssociation) -> None:
    known: dict[str, Element] = {}
    for around in scope.around():
        known |= {x.id: x for x in around.body.data_references}
        known |= {x.id: x for x in around.body.data_objects}
        known |= {x.id: x for x in around.container.data.properties}
        known |= {x.id: x for x in (*around.container.data.inputs, *around.container.data.outputs)}
    own = (*node.data.inputs, *node.data.outputs, *node.data.properties)
    known |= {x.id: x for x in own}
    for name in (*flow.sources, flow.target):
        if name and name not in known:
            _missing(c, node, name, "data item", "数据项")
        if isinstance(known.get(name), DataStoreReference):
            c.warn(
                "data_store",
                node,
                f"The data store {name} at {called(node)} is shown and neither read nor written.",
                f"{called(node)} 关联的数据存储 {name} 仅作展示,不读不写。",
            )
    for _, to in flow.assignments:
        name = to.text.removeprefix("=")
        if name not in known and not VARIABLE.fullmatch(name):
            c.error(
                "bad_name",
                node,
                f"Expected a data item or variable to assign at {called(node)}, but "
                f"“{name[:80]}” is none.",
                f"{called(node)} 的数据关联赋值目标“{name[:80]}”不是数据项或变量。",
            )


def _ends(c: Checking, scope: Scope, association: Association) -> None:
    """A compensation event must point at what compensates; other associations are remarks."""
    source = scope.nodes.get(association.source)
    if isinstance(source, BoundaryEvent) and not association.target:
        _missing(c, association, association.target, "target", "目标")


# -- messages ------------------------------------------------------------------------------------


def _correlation(c: Checking, scope: Scope, node: FlowNode) -> None:
    """Who waits inside an instance should say for which case."""
    if any(
        isinstance(maker, EventBasedGateway) and maker.instantiate
        for flow in scope.incoming(node)
        if (maker := scope.nodes.get(flow.source))
    ):
        return
    waited = [node.message] if isinstance(node, ReceiveTask) and not node.instantiate else []
    if isinstance(node, CatchEvent):
        starts = isinstance(node, StartEvent) and isinstance(scope.container, Process)
        if not starts:
            waited = [x.message for x in node.definitions if isinstance(x, MessageEvent)]
    for name in waited:
        message = c.messages.get(name)
        if message is not None and message.extensions.correlation_key is None:
            c.warn(
                "correlation_unsaid",
                node,
                f"{called(node)} waits for the message {name} without a correlation key; any one "
                "of its name fits.",
                f"{called(node)} 等待的消息 {name} 未设关联键,同名消息均可匹配。",
            )


def _collaboration(c: Checking) -> None:
    for key in c.file.correlation_keys:
        c.error(
            "correlation",
            key,
            "Expected zeebe:subscription on the message to say how it is correlated, but there is "
            f"the correlation key {called(key)}.",
            f"请用消息的 zeebe:subscription 设定关联键,不支持 correlationKey({called(key)})。",
        )
    for correlation in c.file.correlation_properties if not c.file.correlation_keys else ():
        c.warn(
            "correlation_property",
            correlation,
            f"The correlation property {called(correlation)} belongs to no key and has no effect.",
            f"关联属性 {called(correlation)} 未用于任何关联键,不起作用。",
        )
    known = {x.id for x in c.file.participants} | c.node_ids
    drawn = [p.body for p in c.file.processes if p.is_executable is False]
    known |= {node.id for body in drawn for node in body.nodes}
    for flow in c.file.message_flows:
        for name in (flow.source, flow.target):
            if name not in known:
                _missing(c, flow, name, "participant or flow node", "参与者或节点")
