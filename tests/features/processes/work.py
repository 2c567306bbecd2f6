"""A flow with most kinds of things to wait for, and cases of it."""

from typing import Any

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.outside import job

_SHARED = (
    '<message id="m" name="Reply"><extensionElements>'
    '<zeebe:subscription correlationKey="=number"/></extensionElements></message>'
)
#: After `look`: a job, a message, a called process with a task, and a task with a timer on it.
WORK = diagram(
    "work",
    START
    + user_task("look", name="看")
    + '<parallelGateway id="split"/>'
    + job("pay", "payroll.update")
    + '<receiveTask id="reply" messageRef="m"/>'
    + '<callActivity id="ask"><extensionElements>'
    '<zeebe:calledElement processId="inner"/></extensionElements></callActivity>'
    + user_task("sign", name="签")
    + '<boundaryEvent id="late" attachedToRef="sign" cancelActivity="false"><timerEventDefinition>'
    "<timeDuration>P3D</timeDuration></timerEventDefinition></boundaryEvent>"
    '<endEvent id="warned"/><sequenceFlow id="f_late" sourceRef="late" targetRef="warned"/>'
    + END
    + "".join(
        f'<sequenceFlow id="{id_}" sourceRef="{source}" targetRef="{target}"/>'
        for id_, source, target in (
            ("f_look", "start", "look"),
            ("f_split", "look", "split"),
            *((f"f_{each}", "split", each) for each in ("pay", "reply", "ask", "sign")),
            *((f"e_{each}", each, "end") for each in ("pay", "reply", "ask", "sign")),
        )
    ),
    _SHARED,
    name="办理",
)
INNER = diagram("inner", chain(START, user_task("answer", name="答"), END), name="内部")


async def work_in_force(settings: Settings) -> None:
    """Each diagram in a folder of its own."""
    await in_force(settings, "work", {"work.bpmn": WORK}, "work")
    await in_force(settings, "inner", {"inner.bpmn": INNER}, "inner")


async def begun(api: Api, city: City, about: str | None = "", **more: Any) -> str:
    """Start a case about our body (or another one, or none); its id."""
    body = {"body_id": str(city.body) if about == "" else about, "title": "试办"} | more
    answer = await api("POST", "/processes/work/instances", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def looked(api: Api, case: str, **variables: Any) -> dict[str, Any]:
    """Complete the first task; what is read of the case then."""
    (task,) = (await api("GET", f"/instances/{case}")).json()["tasks"]
    done = await api(
        "POST", f"/tasks/{task['id']}/complete", {"variables": variables}, if_match='"1"'
    )
    assert done.status_code == 200, done.text
    answer = await api("GET", f"/instances/{case}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
