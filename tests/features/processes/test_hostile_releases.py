"""Releases at once, and files that nobody writes by accident."""

import asyncio
from hashlib import sha256
from time import perf_counter

import pytest

from service.features.processes.authors import EXAMPLE_MODEL
from tests.conftest import Api
from tests.features.processes.conftest import AsDirector, Release, files, table

CHECK = "/flows/matters/check-release"


async def test_two_flows_at_once_do_not_both_get_a_decision_id(api: Api) -> None:
    for turn in range(5):
        sent = {"files": files(table().replace("authority_level", f"level_{turn}"), "")}
        both = await asyncio.gather(
            *(api("POST", f"/flows/{flow}/releases", sent) for flow in ("matters", "other"))
        )
        assert sorted(each.status_code for each in both) == [201, 409]


async def test_two_approvals_at_once_leave_one_release_in_force(
    api: Api, director: AsDirector
) -> None:
    made = [
        await api("POST", "/flows/matters/releases", {"files": files(table(tag=f"v{n}"))})
        for n in range(4)
    ]
    paths = [f"/releases/{each.json()['id']}/approve" for each in made]
    got = await asyncio.gather(*(director("POST", path, if_match='"1"') for path in paths))
    assert [each.status_code for each in got] == [200] * 4
    assert (await api("GET", "/releases/count?state=IN_FORCE")).json() == {"count": 1}


@pytest.mark.parametrize(
    "scenario",
    ["!!timestamp x", '!!int ""', '!!float ""', "!!bool x", 'decision: "\\ud800"\ncases: []'],
)
async def test_a_scenario_that_is_no_yaml_is_a_finding(api: Api, scenario: str) -> None:
    got = await api("POST", CHECK, {"files": files(scenario=scenario)})
    assert got.status_code == 200, got.text
    assert [each["rule"] for each in got.json()["findings"]] == ["scenario_unreadable"]


async def test_a_scenario_that_is_no_yaml_says_where(api: Api) -> None:
    cases = "decision: authority_level\ncases:\n  - name: a\n    want: 1\n"
    got = await api("POST", CHECK, {"files": files(scenario=cases)})
    assert "cases/0/expect: Field required" in got.json()["findings"][0]["message"]
    got = await api("POST", CHECK, {"files": files(scenario="decision: a\ncases: {")})
    assert got.json()["findings"][0]["line"] == 2


@pytest.mark.parametrize("key", ["x" * 121, "审批权限"])
async def test_a_decision_that_could_not_be_asked_for_is_a_finding(api: Api, key: str) -> None:
    sent = {"files": files(table().replace("authority_level", key), "")}
    got = await api("POST", "/flows/matters/releases", sent)
    assert got.status_code == 422, got.text
    assert got.json()["facts"]["findings"][0]["rule"] == "decision_id_form"


async def test_a_rule_with_a_long_id_still_decides(api: Api, release: Release) -> None:
    long = "x" + "".join(sha256(bytes([n])).hexdigest() for n in range(200))
    await release(files(table().replace("rule_gu", long)))
    asked = {"inputs": {"rank": "GU"}}
    got = await api("POST", "/decisions/authority_level/evaluate", asked)
    assert got.status_code == 200, got.text
    assert got.json()["output"] == "office"


async def test_a_key_is_an_id_also_where_another_decision_has_it_as_its_name(
    api: Api, release: Release
) -> None:
    other = '<decision id="x" name="level"><variable name="level"/>'
    other += '<literalExpression><text>"other"</text></literalExpression></decision><decision id='
    model = EXAMPLE_MODEL.replace('id="level" name="level"', 'id="level" name="kind"')
    model = model.replace('<variable name="level"', '<variable name="kind"')
    await release([{"path": "a.dmn", "content": model.replace("<decision id=", other, 1)}])
    got = await api("POST", "/decisions/level/evaluate", {"inputs": {"posts": 6}})
    assert got.json()["output"] == "commission"


async def test_scenarios_end_soon_however_many_there_are(api: Api) -> None:
    endless = "for i in 1..100, j in 1..100, k in 1..100 return matches(string(i), string(j))"
    model = EXAMPLE_MODEL.replace('if posts &gt; 5 then "commission" else "office"', endless)
    cases = "".join(f"  - {{name: n{n}, expect: 1}}\n" for n in range(1000))
    sent = [{"path": "a.dmn", "content": model}]
    sent += [{"path": f"{c}.yaml", "content": f"decision: level\ncases:\n{cases}"} for c in "abc"]
    began = perf_counter()
    got = await api("POST", CHECK, {"files": sent})
    assert perf_counter() - began < 30
    last = got.json()["findings"][-1]
    assert (last["rule"], last["severity"]) == ("scenarios_too_slow", "error")


async def test_a_failed_scenario_tells_no_novel(api: Api) -> None:
    model = EXAMPLE_MODEL.replace(
        'if posts &gt; 5 then "commission" else "office"', "for i in 1..9999 return i"
    ).replace('typeRef="string"', "")
    cases = "decision: level\ncases:\n  - {name: a, expect: 1}\n"
    sent = [{"path": "a.dmn", "content": model}, {"path": "a.yaml", "content": cases}]
    got = await api("POST", CHECK, {"files": sent})
    assert [each["rule"] for each in got.json()["findings"]] == ["scenario"]
    assert len(got.text) < 4000


async def test_a_scenario_counts_the_citys_working_days(api: Api) -> None:
    text = 'add working days(date("2026-02-13"), 1)'
    model = EXAMPLE_MODEL.replace('if posts &gt; 5 then "commission" else "office"', text)
    cases = 'decision: level\ncases:\n  - {name: a, expect: "2026-02-14"}\n'
    sent = [
        {"path": "a.dmn", "content": model.replace('typeRef="string"', 'typeRef="date"')},
        {"path": "a.yaml", "content": cases},
    ]
    got = await api("POST", CHECK, {"files": sent})
    assert got.json() == {"is_sound": True, "findings": []}
