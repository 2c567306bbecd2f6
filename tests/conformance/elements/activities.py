"""Multi-instance activities and loops."""

from tests.core.engine.drawn import ON, ROOTS, escaped, extended

from .probe import MARK, Probe, body, draw, edge, el, process, refused, runs, script, sub, user

LINE = "s m b e"
CALLED = process("q", body("qs qa qe", qs=el("startEvent", "qs"), qe=el("endEvent", "qe")))
OUT = (
    "<loopDataInputRef>xs</loopDataInputRef><loopDataOutputRef>ys</loopDataOutputRef>"
    '<inputDataItem id="item"/><outputDataItem id="out"/>'
)
DOUBLED = extended('<zeebe:script expression="=item * 2" resultVariable="out"/>')


def many(inner: str, is_sequential: bool) -> str:
    how = ' isSequential="true"' if is_sequential else ""
    tag = "multiInstanceLoopCharacteristics"
    return f"<{tag}{how}>{inner}</{tag}>"


def times(text: str, more: str = "") -> str:
    return f"<loopCardinality>{text}</loopCardinality>{more}"


def until(text: str) -> str:
    return f"<completionCondition>{text}</completionCondition>"


def task(loop: str) -> bytes:
    return draw(LINE, m=el("scriptTask", "m", MARK + loop))


def doubled(loop: str) -> bytes:
    return draw(LINE, m=el("scriptTask", "m", DOUBLED + loop))


def people(loop: str) -> bytes:
    return draw(LINE, m=user("m", loop))


def _many(name: str, seq: bool) -> list[Probe]:
    inner = body("ms ma me", ms=el("startEvent", "ms"), me=el("endEvent", "me"))
    camunda = times("5", until("nrOfCompletedInstances >= 2"))
    bpmn = times("5", until("numberOfCompletedInstances >= 2"))
    called = extended('<zeebe:calledElement processId="q" bindingType="deployment"/>')
    return [
        runs(f"{name}: so many", task(many(times("3"), seq)), "m m m b"),
        runs(f"{name}: as many as a variable says", task(many(times("n"), seq)), "m m b", n=2),
        runs(f"{name}: none", task(many(times("0"), seq)), "b"),
        runs(
            f"{name}: a collection in, a collection out",
            doubled(many(OUT, seq)),
            "m m m b ys=[2,4,6]",
            xs=[1, 2, 3],
        ),
        runs(f"{name}: an empty collection", doubled(many(OUT, seq)), "b ys=[]", xs=[]),
        runs(
            f"{name}: a context is no collection",
            doubled(many(OUT, seq)),
            "… !collection",
            xs={"k": 1},
        ),
        runs(
            f"{name}: null is an item as any other",
            task(many("<loopDataInputRef>xs</loopDataInputRef>", seq)),
            "m m m b",
            xs=[1, None, 3],
        ),
        runs(
            f"{name}: a condition ends it",
            people(many(times("5", until("true")), seq)),
            "m b",
            "do m",
        ),
        runs(
            f"{name}: the counters of Camunda 7 are unknown here",
            people(many(camunda, seq)),
            "… !expression",
            "do m",
        ),
        runs(f"{name}: the counters of BPMN", people(many(bpmn, seq)), "m m b", "do m", "do m"),
        runs(
            f"{name}: a sub-process",
            draw(LINE, m=sub("m", many(times("2"), seq) + inner)),
            "ma ma b",
        ),
        runs(
            f"{name}: a call",
            draw(
                LINE, m=el("callActivity", "m", called + many(times("2"), seq)), root=ROOTS + CALLED
            ),
            "qa qa b",
        ),
    ]


NESTED = sub(
    "m",
    many(times("2"), False)
    + body(
        "ms ma me",
        ms=el("startEvent", "ms"),
        ma=el("scriptTask", "ma", MARK + many(times("2"), False)),
        me=el("endEvent", "me"),
    ),
)
EACH = (
    '<multiInstanceLoopCharacteristics isSequential="true" behavior="None"'
    ' noneBehaviorEventRef="D"><loopCardinality>2</loopCardinality>'
    "</multiInstanceLoopCharacteristics>"
)
TELLS = draw(
    LINE,
    "bd c e2",
    m=el("scriptTask", "m", MARK + EACH),
    bd=edge("bd", "m", ON["signal"], cancels=False),
    root=ROOTS + '<signalEventDefinition id="D" signalRef="S"/>',
)

MANY = [
    *_many("parallel", False),
    *_many("sequential", True),
    runs("nested", draw(LINE, m=NESTED), "ma ma ma ma b"),
    refused("neither a number nor a collection", task(many("", False)), "loop", "m"),
    refused(
        "a collection in the words of Camunda 7",
        task(
            many("", False).replace(
                "<multiInstanceLoopCharacteristics",
                '<multiInstanceLoopCharacteristics camunda:collection="xs"',
                1,
            )
        ),
        "unknown_extension",
        "m",
    ),
    runs("an event of every round", TELLS, "m m c c b >bell >bell"),
]


def again(condition: str, attributes: str = "") -> str:
    inside = f"<loopCondition>{escaped(condition)}</loopCondition>" if condition else ""
    return f"<standardLoopCharacteristics {attributes}>{inside}</standardLoopCharacteristics>"


COUNTS = extended('<zeebe:script expression="=n + 1" resultVariable="n"/>')


def counting(most: int) -> bytes:
    return draw(
        "s i x k y",
        f"y x if n < {most}",
        "y b e",
        i=script("i", "n", "0"),
        x=el("exclusiveGateway", "x"),
        k=script("k", "n", "n + 1"),
        y=el("exclusiveGateway", "y", "", 'default="y-b"'),
    )


INNER = body(
    "ms ma me",
    ms=el("startEvent", "ms"),
    ma=el("scriptTask", "ma", COUNTS),
    me=el("endEvent", "me"),
)

LOOPS = [
    runs(
        "a condition, tested after",
        draw(LINE, m=el("scriptTask", "m", COUNTS + again("n < 3"))),
        "m m m b n=3",
        n=0,
    ),
    runs("a condition, tested before", task(again("n < 0", 'testBefore="true"')), "b", n=0),
    runs("a maximum", task(again("true", 'loopMaximum="2"')), "m m b"),
    refused("neither a condition nor a maximum", task(again("")), "loop", "m"),
    runs("a sub-process", draw(LINE, m=sub("m", again("n < 2") + INNER)), "ma ma b n=2", n=0),
    runs("a flow back, 100 rounds", counting(100), "i b n=100 " + "k " * 100),
    runs("a flow back, 600 rounds", counting(600), "i b n=600 " + "k " * 600),
]
