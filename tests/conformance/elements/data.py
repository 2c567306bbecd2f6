"""Data objects, stores, inputs and associations."""

from tests.core.engine.drawn import ROOTS, extended

from .probe import body, draw, el, refused, runs, script, sub

OBJECT = '<dataObject id="o" name="O"/><dataObjectReference id="or" dataObjectRef="o"/>'


def into(reference: str, name: str = "ia") -> str:
    return (
        '<property id="seen" name="seen"/>'
        f'<dataInputAssociation id="{name}"><sourceRef>{reference}</sourceRef>'
        "<targetRef>seen</targetRef></dataInputAssociation>"
    )


def out_of(reference: str) -> str:
    return (
        f'<dataOutputAssociation id="oa"><targetRef>{reference}</targetRef>'
        "<transformation>r</transformation></dataOutputAssociation>"
    )


def task(name: str, inner: str, result: str = "r", expression: str = "5") -> str:
    extension = f'<zeebe:script expression="={expression}" resultVariable="{result}"/>'
    return el("scriptTask", name, extended(extension) + inner)


WRITES = task("a", out_of("or"))
READS = task("c", into("or"), "found", "seen")
NESTED = sub(
    "m",
    body(
        "ms n me",
        ms=el("startEvent", "ms"),
        me=el("endEvent", "me"),
        n=sub(
            "n",
            body(
                "ns na ne",
                ns=el("startEvent", "ns"),
                ne=el("endEvent", "ne"),
                na=task("na", out_of("or")),
            ),
        ),
    ),
)
INNER = sub(
    "m",
    body(
        "ms ma me",
        ms=el("startEvent", "ms"),
        me=el("endEvent", "me"),
        ma=task("ma", out_of("or")),
    ),
)
LOST = sub(
    "m",
    body("ms ma me", ms=el("startEvent", "ms"), me=el("endEvent", "me"), ma=task("ma", into("zz"))),
)
ITEMS = (
    '<ioSpecification><dataInput id="ix" name="x"/><dataOutput id="oy" name="y"/><inputSet>'
    "<dataInputRefs>ix</dataInputRefs></inputSet><outputSet><dataOutputRefs>oy</dataOutputRefs>"
    "</outputSet></ioSpecification>"
)
PLACEHOLDER = (
    '<property id="pp" name="__targetRef_placeholder"/><dataInputAssociation id="ia">'
    "<sourceRef>or</sourceRef><targetRef>pp</targetRef></dataInputAssociation>"
)
COMPUTED = (
    '<dataOutputAssociation id="oa"><targetRef>or</targetRef><assignment><from>1 + 1</from>'
    "<to>o</to></assignment></dataOutputAssociation>"
)
CHOICE = draw(
    "s a g",
    "g b if O = 5",
    "g c",
    "b e",
    "c e",
    a=WRITES,
    g=el("exclusiveGateway", "g", "", 'default="g-c"'),
    more=OBJECT,
)

PROBES = [
    runs(
        "an object, written and read",
        draw("s a c e", a=WRITES, c=READS, more=OBJECT),
        "a c found=5",
    ),
    runs(
        "an object is a variable, seen without an association",
        draw("s a c e", a=WRITES, c=script("c", "found", "O"), more=OBJECT),
        "a c found=5",
    ),
    runs(
        "an association as bpmn-js draws it",
        draw("s a c e", a=WRITES, c=task("c", PLACEHOLDER, "found", "O"), more=OBJECT),
        "a c found=5",
    ),
    runs("an object in a condition", CHOICE, "a b"),
    runs(
        "an object of the process, written one level down",
        draw("s m c e", m=INNER, c=READS, more=OBJECT),
        "ma c found=5",
    ),
    runs(
        "an object of the process, written two levels down",
        draw("s m c e", m=NESTED, c=READS, more=OBJECT),
        "na c found=5",
    ),
    refused("an association with nothing", draw("s m e", m=LOST), "missing_reference", "ma"),
    runs(
        "a data store that nothing uses",
        draw(
            "s a e",
            more='<dataStoreReference id="dr" dataStoreRef="ds"/>',
            root=ROOTS + '<dataStore id="ds" name="DS"/>',
        ),
        "a",
    ),
    runs(
        "a data store that is written",
        draw("s a e", a=task("a", out_of("dr")), more='<dataStoreReference id="dr" name="DS"/>'),
        "a ~data_store",
    ),
    runs(
        "data inputs do not limit what is seen",
        draw("s m b e", m=task("m", ITEMS, "y", "x * z")),
        "m b y=6 ~data_inputs",
        x=2,
        z=3,
    ),
    runs(
        "data inputs leave the other variables alone",
        draw("s m b e", m=task("m", ITEMS, "y", "x")),
        "m b z=3 ~data_inputs",
        x=2,
        z=3,
    ),
    runs(
        "a data input that is not there",
        draw("s m e", m=task("m", ITEMS, "y", "x")),
        "… !expression ~data_inputs",
    ),
    runs(
        "an association that computes",
        draw("s a c e", a=task("a", COMPUTED), c=READS, more=OBJECT),
        "a c found=2",
    ),
    runs(
        "a property of the process is a variable",
        draw("s a e", more='<property id="pr" name="pr"/>'),
        "a pr=null",
    ),
]
