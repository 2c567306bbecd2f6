"""Lanes, references and what else a file holds beside its flow."""

from tests.core.engine.drawn import ON, ROOTS, extended

from .probe import body, catch, draw, el, refused, runs, script, sub, user


def lane(name: str, nodes: str, inner: str = "") -> str:
    refs = "".join(f"<flowNodeRef>{each}</flowNodeRef>" for each in nodes.split())
    duty = extended(f'<d:duty id="{name}"/>')
    return f'<lane id="l_{name}">{duty}{refs}{inner}</lane>'


LANE = f'<laneSet id="ls">{lane("clerk", "m")}</laneSet>'
_NESTED = f'<childLaneSet id="cl">{lane("clerk", "m")}</childLaneSet>'
LANES = f'<laneSet id="ls">{lane("head", "m", _NESTED)}</laneSet>'
OWNER = (
    "<potentialOwner><resourceAssignmentExpression><formalExpression>clerk</formalExpression>"
    "</resourceAssignmentExpression></potentialOwner>"
)
DRAWN = (
    '<textAnnotation id="t"><text>x</text></textAnnotation><association id="as" sourceRef="a"'
    ' targetRef="t"/><group id="gr"/>'
)
KEYED = (
    '<correlationProperty id="cid" name="cid"><correlationPropertyRetrievalExpression'
    ' messageRef="M"><messagePath>cid</messagePath></correlationPropertyRetrievalExpression>'
    '</correlationProperty><collaboration id="col"><participant id="pa" processRef="p"/>'
    '<correlationKey name="K" id="ck"><correlationPropertyRef>cid</correlationPropertyRef>'
    "</correlationKey></collaboration>"
)
SECOND = draw("s c b e", s=el("startEvent", "s", ON["message"]), c=catch("c", ON["message"]))
GATE = {"g": el("exclusiveGateway", "g", "", 'default="g-b"')}
TWO = ("s g", "g b", "a e", "b e")
SHARED = '<signalEventDefinition id="sd" signalRef="S"/>'

PROBES = [
    runs(
        "a lane gives its task to a duty",
        draw("s m b e", m=user("m"), more=LANE),
        "m b",
        "for m clerk",
        "do m",
    ),
    runs(
        "the innermost lane", draw("s m b e", m=user("m"), more=LANES), "m b", "for m clerk", "do m"
    ),
    refused("a potential owner", draw("s m b e", m=user("m", OWNER)), "not_supported", "m"),
    refused(
        "an extension of another engine",
        draw("s m b e", m=user("m", extended("<camunda:formData/>"))),
        "unknown_extension",
        "m",
    ),
    runs(
        "documentation",
        draw("s m b e", m=user("m", "<documentation>hello</documentation>")),
        "m b",
        "do m",
    ),
    refused(
        "a process that is not executable",
        draw("s a e", head='isExecutable="false"'),
        "not_executable",
        "p",
    ),
    runs(
        "a process that does not say whether",
        draw("s a e", head="name='n'"),
        "a ~executable_unsaid",
    ),
    runs("annotations and groups", draw("s a e", more=DRAWN), "a"),
    runs(
        "a condition that says that it is FEEL",
        draw("s g", "g a if x = 1", "g b", "a e", "b e", **GATE).replace(
            b"<conditionExpression>",
            b'<conditionExpression xsi:type="tFormalExpression"'
            b' language="http://www.omg.org/spec/FEEL/20140401">',
        ),
        "a",
        x=1,
    ),
    refused(
        "a condition that cannot be read",
        draw("s g", "g a if x = = 1", "g b", "a e", "b e", **GATE),
        "expression_syntax",
        "g-a",
    ),
    refused(
        "a script that cannot be read",
        draw("s m b e", m=script("m", "r", "x = = 1")),
        "expression_syntax",
        "m",
    ),
    runs("a second message with the same key", SECOND, "b", "at s", "letter k"),
    runs("a second message with another key", SECOND, "…", "at s", "none letter j"),
    refused(
        "correlation by BPMN's own keys", draw("s b e", root=ROOTS + KEYED), "correlation", "ck"
    ),
    runs(
        "an event definition that is shared",
        draw(
            "s m b e",
            m=catch("m", "<eventDefinitionRef>sd</eventDefinitionRef>"),
            root=ROOTS + SHARED,
        ),
        "b",
        "is",
        "bell",
    ),
    refused(
        "a message that is not there",
        draw("s m b e", m=catch("m", '<messageEventDefinition messageRef="nope"/>')),
        "missing_reference",
        "m",
    ),
    runs(
        "an import",
        draw("s a e", root=ROOTS + '<import importType="t" location="x.xsd" namespace="x"/>'),
        "a",
    ),
    *(
        runs(
            f"a task with the id {each}",
            draw(f"s {each} b e", x=script(each, "r", "1")),
            f"{each} b",
        )
        for each in ("Start", "End", "p.EndJoin")
    ),
    refused(
        "a sub-process with the id of a process",
        draw(
            "s q e",
            q=sub("q", body("a")),
            root=ROOTS + '<process id="q" isExecutable="true"><task id="qa"/></process>',
        ),
        "duplicate_id",
        "q",
    ),
]
