"""Correcting the data of a case: history keeps the old values, conditions look again."""

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import rows, started
from tests.people import MAY, MAY_READ, NEVER

_WAIT = (
    '<intermediateCatchEvent id="few"><conditionalEventDefinition>'
    '<condition xsi:type="tFormalExpression">=posts &lt; 3</condition>'
    "</conditionalEventDefinition></intermediateCatchEvent>"
)
_FILES = {"few.bpmn": diagram("few_posts", chain(START, _WAIT, END))}


async def test_a_corrected_value_wakes_the_condition_that_waits_for_it(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "few", _FILES, "few_posts")
    await give_duty(settings, MAY, "office_director")
    case = await started(api, "few_posts", city, posts=5)
    path = f"/instances/{case['id']}/set-variables"
    for posts, version, state in ((4, 2, "RUNNING"), (2, 3, "COMPLETED")):
        body = {"variables": {"posts": posts}, "reason": "申报数据录入有误"}
        answer = await api("POST", path, body, if_match=f'"{version}"')
        assert (answer.status_code, answer.json()["state"]) == (200, state), answer.text
    changes = "SELECT data->>'old' FROM history WHERE kind = 'variable_changed' ORDER BY version"
    assert [old for (old,) in await rows(settings, changes)][-2:] == ["5", "4"]


async def test_a_step_that_is_over_has_no_variables(api: Api, settings: Settings, city: City):
    await in_force(settings, "few", _FILES, "few_posts")
    await give_duty(settings, MAY, "office_director")
    case = await started(api, "few_posts", city, posts=5)
    body = {"variables": {"posts": 1}, "reason": "更正", "scope": 99}
    answer = await api("POST", f"/instances/{case['id']}/set-variables", body, if_match='"2"')
    assert (answer.status_code, answer.json()["code"]) == (409, "instance_moved")


async def test_nothing_to_set_is_refused(api: Api, settings: Settings, city: City):
    await in_force(settings, "few", _FILES, "few_posts")
    await give_duty(settings, MAY, "office_director")
    case = await started(api, "few_posts", city, posts=5)
    for body in ({"reason": "更正"}, {"reason": "更正", "variables": {}}):
        answer = await api("POST", f"/instances/{case['id']}/set-variables", body, if_match='"2"')
        assert answer.status_code == 422, answer.text


async def test_only_the_director_corrects(api: Api, settings: Settings, city: City):
    await in_force(settings, "few", _FILES, "few_posts")
    case = await started(api, "few_posts", city, posts=5)
    body = {"variables": {"posts": 1}, "reason": "更正"}
    for who in (MAY, MAY_READ, NEVER):
        path = f"/instances/{case['id']}/set-variables"
        assert (await api("POST", path, body, who=who, if_match='"2"')).status_code == 403
