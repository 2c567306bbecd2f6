"""A random diagram as the file that a person might have drawn: what BPMN leaves implicit is now
and then left out."""

import random
from dataclasses import dataclass, field

from .blocks import (
    REPEATS,
    STOPS,
    Back,
    Block,
    Choice,
    Diagram,
    Edge,
    Par,
    Race,
    Seq,
    Stop,
    Sub,
    Task,
    Watch,
)
from .markup import TAGS, definition, extended, loop_of, reference

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="file"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="urn:test">
"""


@dataclass(frozen=True)
class Exit:
    """Where a flow begins: its condition, or that it is the default."""

    source: str
    condition: str = ""
    is_default: bool = False


@dataclass
class Node:
    tag: str
    id: str
    attributes: str = ""
    inner: str = ""


@dataclass
class Writer:
    """One container; `files` holds what lies beside the process in the file."""

    rng: random.Random
    shared: list[str]
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[str] = field(default_factory=list)
    scope: str = ""

    def add(self, tag: str, id_: str, attributes: str = "", inner: str = "") -> str:
        self.nodes[id_] = Node(tag, id_, attributes, inner)
        return id_

    def link(self, exits: list[Exit], target: str) -> None:
        for each in exits:
            name = f"f_{self.scope}{len(self.flows)}"
            inner = ""
            if each.is_default:
                self.nodes[each.source].attributes += f' default="{name}"'
            elif each.condition:
                inner = f"<conditionExpression>{each.condition}</conditionExpression>"
            self.flows.append(
                f'<sequenceFlow id="{name}" sourceRef="{each.source}" targetRef="{target}">'
                f"{inner}</sequenceFlow>"
            )

    def merged(self, exits: list[Exit], name: str) -> list[Exit]:
        """One flow: for what would wait for several."""
        if len(exits) == 1:
            return exits
        self.link(exits, self.add("exclusiveGateway", name))
        return [Exit(name)]

    def is_activity(self, exits: list[Exit]) -> bool:
        """Whether the flow comes out of an activity, which may have several."""
        return (
            len(exits) == 1
            and not exits[0].condition
            and not exits[0].is_default
            and self.nodes[exits[0].source].tag.lower().endswith(("task", "process"))
        )

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def text(self) -> str:
        nodes = "\n".join(
            f'<{n.tag} id="{n.id}"{n.attributes}>{n.inner}</{n.tag}>' for n in self.nodes.values()
        )
        return nodes + "\n" + "\n".join(self.flows)

    # -- blocks

    def block(self, block: Block, exits: list[Exit]) -> list[Exit]:
        """Draw a block behind these exits; its own exits."""
        match block:
            case Task():
                self.link(self._meeting(exits, block.id), self.add_task(block))
                return self.edges(block.id, block.edges, [Exit(block.id)])
            case Seq():
                for each in block.parts:
                    exits = self.block(each, exits)
                return exits
            case Par():
                return self.par(block, exits)
            case Choice():
                return self.choice(block, exits)
            case Race():
                return self.race(block, exits)
            case Back():
                return self.back(block, exits)
            case Stop():
                return self.stop(block, exits)
            case Sub():
                self.link(self._meeting(exits, block.id), self.add_sub(block))
                return self.edges(block.id, block.edges, [Exit(block.id)])

    def _meeting(self, exits: list[Exit], name: str) -> list[Exit]:
        return self.merged(exits, f"m_{name}") if len(exits) > 1 and self.chance(0.5) else exits

    def par(self, block: Par, exits: list[Exit]) -> list[Exit]:
        fork = block.id
        if self.is_activity(exits) and self.chance(0.4):
            fork = exits[0].source
        else:
            self.link(self.merged(exits, f"m_{fork}"), self.add("parallelGateway", fork))
        join = f"{block.id}_join"
        if block.needed < len(block.branches):
            self.add(
                "complexGateway",
                join,
                inner=f"<activationCondition>activationCount >= {block.needed}"
                "</activationCondition>",
            )
        else:
            self.add("parallelGateway", join)
        for number, branch in enumerate(block.branches):
            into = self.block(branch, [Exit(fork)])
            self.link(self.merged(into, f"m{number}_{join}"), join)
        return [Exit(join)]

    def choice(self, block: Choice, exits: list[Exit]) -> list[Exit]:
        asked = self.block(block.ask, exits)
        self.link(asked, self.add(f"{block.kind}Gateway", block.id))
        x, last = f"x_{block.ask.id}", len(block.branches) - 1
        out: list[Exit] = []
        for number, branch in enumerate(block.branches):
            if block.kind == "exclusive":
                condition = f"modulo({x}, {last + 1}) = {number}"
            else:
                condition = f"modulo(floor({x} / {2**number}), 2) = 1"
            way = Exit(block.id, "" if number == last else condition, number == last)
            inner = self.block(branch, [way])
            out += (
                inner if block.kind == "exclusive" else self.merged(inner, f"m{number}_{block.id}")
            )
        if block.kind != "exclusive":
            self.link(out, self.add("inclusiveGateway", f"{block.id}_join"))
            return [Exit(f"{block.id}_join")]
        return out

    def race(self, block: Race, exits: list[Exit]) -> list[Exit]:
        self.link(self.merged(exits, f"m_{block.id}"), self.add("eventBasedGateway", block.id))
        out = []
        for event, branch in block.ways:
            self.link([Exit(block.id)], self.add_task(event))
            out += self.block(branch, [Exit(event.id)])
        return out

    def back(self, block: Back, exits: list[Exit]) -> list[Exit]:
        first, last = f"{block.id}_first", block.id
        self.link(exits, self.add("exclusiveGateway", first))
        inside = self.block(block.ask, self.block(block.body, [Exit(first)]))
        self.link(inside, self.add("exclusiveGateway", last))
        self.link([Exit(last, f"modulo(x_{block.ask.id}, {REPEATS}) = 0")], first)
        return [Exit(last, is_default=True)]

    def stop(self, block: Stop, exits: list[Exit]) -> list[Exit]:
        fork = self.add("exclusiveGateway", f"{block.id}_if")
        self.link(self.block(block.ask, exits), fork)
        way = Exit(fork, f"modulo(x_{block.ask.id}, {STOPS}) = 0")
        event = self.event(block.kind, block.catcher or block.id)
        is_end = block.kind != "escalation"
        self.add("endEvent" if is_end else "intermediateThrowEvent", block.id, inner=event)
        self.link([way], block.id)
        on = Exit(fork, is_default=True)
        return [on] if is_end else [Exit(block.id), on]

    # -- nodes

    def event(self, kind: str, name: str) -> str:
        """An event definition; what it refers to lies in the file."""
        shared = reference(kind, name)
        if shared and shared not in self.shared:
            self.shared.append(shared)
        return definition(kind, name)

    def add_task(self, task: Task) -> str:
        tag, inner, attributes = TAGS.get(task.kind, "intermediateCatchEvent"), "", ""
        if task.kind == "job":
            inner = extended('<zeebe:taskDefinition type="work"/>')
        elif task.kind == "script":
            words = f'expression="={task.counts} + 1" resultVariable="{task.counts}"'
            inner = extended(f"<zeebe:script {words}/>")
        elif task.kind == "throw":
            inner = self.event("message", task.id) if self.chance(0.5) else ""
        elif task.kind == "message" and self.chance(0.5):
            self.event("message", task.id)
            tag, attributes = "receiveTask", f' messageRef="me_{task.id}"'
        elif task.kind not in TAGS:
            inner = self.event(task.kind, task.id)
        loop = loop_of(task.loop, task.id, f"x_{task.id}")
        return self.add(tag, task.id, attributes, inner + loop)

    def edges(self, host: str, edges: tuple[Edge, ...], exits: list[Exit]) -> list[Exit]:
        for each in edges:
            cancels = "" if each.interrupts else ' cancelActivity="false"'
            event = self.event(each.kind, each.id)
            self.add("boundaryEvent", each.id, f' attachedToRef="{host}"{cancels}', event)
            handled = self.block(each.handler, [Exit(each.id)])
            if each.interrupts:
                exits = exits + handled
            else:
                self.end(handled, f"e_{each.id}")
        return exits

    def end(self, exits: list[Exit], name: str) -> None:
        if all(not e.condition and not e.is_default for e in exits) and self.chance(0.5):
            return
        self.link(exits, self.add("endEvent", name))

    def add_sub(self, sub: Sub) -> str:
        loop = loop_of(sub.loop, sub.id, f"{sub.local or 0} * 10 + item_{sub.id}")
        mapping = ""
        if sub.local:
            mapping = (
                f'<zeebe:ioMapping><zeebe:input source="=1" target="{sub.local}"/>'
                f'<zeebe:output source="={sub.local}" target="out_{sub.id}"/></zeebe:ioMapping>'
            )
        if sub.kind == "embedded":
            inner = (extended(mapping) if mapping else "") + loop + self.inside(sub)
            return self.add("subProcess", sub.id, inner=inner)
        everything = str(sub.kind == "open").lower()
        called = (
            f'<zeebe:calledElement processId="q_{sub.id}" bindingType="deployment"'
            f' propagateAllParentVariables="{everything}"'
            f' propagateAllChildVariables="{everything}"/>'
        )
        self.shared.append(
            f'<process id="q_{sub.id}" isExecutable="true">{self.inside(sub)}</process>'
        )
        return self.add("callActivity", sub.id, inner=extended(called + mapping) + loop)

    def inside(self, sub: Sub) -> str:
        within = Writer(self.rng, self.shared, scope=f"{sub.id}_")
        return body_text(within, sub.body, sub.id) + "".join(map(self.watch, sub.watches))

    def watch(self, watch: Watch) -> str:
        """An event sub-process."""
        within = Writer(self.rng, self.shared, scope=f"{watch.id}_")
        how = "" if watch.interrupts else ' isInterrupting="false"'
        within.add("startEvent", watch.id, how, self.event(watch.kind, watch.id))
        within.end(within.block(watch.body, [Exit(watch.id)]), f"e_{watch.id}")
        return (
            f'<subProcess id="{watch.around}" triggeredByEvent="true">{within.text()}</subProcess>'
        )


def body_text(writer: Writer, body: Block, name: str) -> str:
    exits: list[Exit] = []
    first = body.parts[0] if isinstance(body, Seq) and body.parts else None
    if not isinstance(first, Task) or writer.chance(0.7):
        exits = [Exit(writer.add("startEvent", f"s_{name}"))]
    writer.end(writer.block(body, exits), f"e_{name}")
    return writer.text()


def written(diagram: Diagram) -> bytes:
    """The file; the process is `main`."""
    writer = Writer(random.Random(diagram.seed), [])
    body = body_text(writer, diagram.body, "main")
    main = f'<process id="main" isExecutable="true">\n{body}\n</process>'
    return f"{HEAD}{chr(10).join(writer.shared)}\n{main}\n</definitions>".encode()
