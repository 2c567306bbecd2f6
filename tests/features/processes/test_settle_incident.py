"""An incident ends with what it is about."""

from service.core.store.db import Database
from service.features.processes.cancel_instance import CancelInstance
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import ORDER, pass_time, rows, started, worked
from tests.people import MAY

_PAUSE = (
    '<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT1H</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>"
)
_TIMER = {"p.bpmn": diagram("pausing", chain(START, _PAUSE, ORDER, END))}


async def test_the_incident_of_a_cancelled_case_is_settled(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "p", _TIMER, "pausing")
    await give_duty(settings, MAY, "office_director")
    case = await started(api, "pausing", city)
    await pass_time(settings, hours=1)
    await worked(database)
    still_open = "SELECT count(*) FROM incident WHERE resolved_at IS NULL"
    assert await rows(settings, still_open) == [(1,)]
    assert (
        await do(CancelInstance(instance_id=case["id"], reason="撤回"), if_match="2")
    ).status == 200
    await worked(database)
    assert await rows(settings, still_open) == [(0,)]
