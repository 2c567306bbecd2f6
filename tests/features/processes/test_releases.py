"""A release: the whole folder, checked, numbered, in force when a second person says so."""

import asyncio

from service.core.store.db import Database
from service.features.processes.contents import REQUEST_MAX
from service.settings import Settings
from tests.conftest import Api
from tests.features.processes.conftest import LEVELS, AsDirector, Release, files, table
from tests.people import MAY, MAY_READ, NEVER


def code(response: object) -> tuple[int, str]:
    return response.status_code, response.json()["code"]  # type: ignore[attr-defined]


async def test_a_release_takes_effect_when_a_second_person_approves_it(
    api: Api, director: AsDirector
) -> None:
    made = await api("POST", "/flows/matters/releases", {"files": files(), "note": "初版"})
    assert made.status_code == 201, made.text
    proposed = made.json()
    assert (proposed["number"], proposed["state"], proposed["proposed_by_name"]) == (
        1,
        "PROPOSED",
        MAY,
    )
    path = f"/releases/{proposed['id']}"
    assert (await api("GET", "/decisions")).json()["items"] == []
    assert (await director("POST", f"{path}/approve")).status_code == 428
    approved = await director("POST", f"{path}/approve", if_match=made.headers["etag"])
    assert (approved.json()["state"], approved.json()["decided_by_name"]) == (
        "IN_FORCE",
        "director",
    )
    (decision,) = (await api("GET", "/decisions")).json()["items"]
    assert (decision["key"], decision["version"], decision["version_tag"]) == (
        "authority_level",
        1,
        "v1",
    )
    late = await director("POST", f"{path}/reject", {"reason": "x"}, if_match='"2"')
    assert code(late) == (409, "release_decided")


async def test_nobody_approves_his_own_release(director: AsDirector) -> None:
    made = await director("POST", "/flows/matters/releases", {"files": files()})
    path = f"/releases/{made.json()['id']}/approve"
    own = await director("POST", path, if_match=made.headers["etag"])
    assert code(own) == (422, "second_person_required")


async def test_unchanged_files_keep_their_version_and_what_is_the_same_is_no_release(
    api: Api, release: Release
) -> None:
    first = await release(files())
    same = await api("POST", "/flows/matters/releases", {"files": files()})
    assert code(same) == (409, "nothing_new")
    second = await release([*files(), *LEVELS])
    numbers = {file["path"]: file["number"] for file in second["files"]}
    assert numbers == {"authority.dmn": 1, "scenarios/authority.yaml": 1, "levels.dmn": 1}
    third = await release(files(table(tag="v2")))
    assert {file["path"]: file["number"] for file in third["files"]} == {
        "authority.dmn": 2,
        "scenarios/authority.yaml": 1,
    }
    listed = (await api("GET", "/releases?flow=matters")).json()["items"]
    assert [(each["number"], each["state"]) for each in listed] == [
        (3, "IN_FORCE"),
        (2, "SUPERSEDED"),
        (1, "SUPERSEDED"),
    ]
    assert (await api("GET", "/releases/count?state=IN_FORCE")).json() == {"count": 1}
    kept = await api("GET", f"/releases/{first['id']}/file?path=authority.dmn")
    assert kept.json()["content"] == table()


async def test_a_fault_is_refused_with_its_table_rule_and_column(api: Api) -> None:
    faulty = table().replace('<text>"KE"</text></inputEntry>', "<text>[1..</text></inputEntry>")
    got = await api("POST", "/flows/matters/releases", {"files": files(faulty, "")})
    assert code(got) == (422, "release_faulty")
    (finding,) = got.json()["facts"]["findings"]
    assert (finding["path"], finding["rule"], finding["table"]) == (
        "authority.dmn",
        "syntax",
        "authority_table",
    )
    assert (finding["rule_number"], finding["column"]) == (2, "规格")
    assert finding["line"] > 1
    assert finding["text_line"] == 1
    report = await api("POST", "/flows/matters/check-release", {"files": files(faulty, "")})
    assert (report.status_code, report.json()["is_sound"]) == (200, False)
    assert (await api("GET", "/releases")).json()["items"] == []


async def test_a_hostile_file_costs_a_refusal(api: Api) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'
    got = await api("POST", "/flows/matters/releases", {"files": files(bomb, "")})
    assert code(got) == (422, "release_faulty")
    assert got.json()["facts"]["findings"][0]["rule"] == "unreadable"
    aliases = "decision: &a authority_level\ncases: [{name: *a, inputs: {}, expect: 1}]"
    yaml = await api("POST", "/flows/matters/releases", {"files": files(table(), aliases)})
    assert code(yaml) == (422, "release_faulty")
    assert yaml.json()["facts"]["findings"][0]["rule"] == "scenario_unreadable"
    for path in ("../authority.dmn", "/etc/passwd.dmn", "a/b/c.dmn", "x.bpmn2"):
        sent = {"files": [{"path": path, "content": "x"}]}
        assert (await api("POST", "/flows/matters/releases", sent)).status_code == 422
    twice = {"files": [*LEVELS, *LEVELS]}
    assert (await api("POST", "/flows/matters/releases", twice)).status_code == 422


async def test_a_table_that_fails_its_tests_is_refused_unless_forced_by_a_duty_of_its_own(
    api: Api, settings: object, director: AsDirector
) -> None:
    wrong = {"files": files(table(office="bureau")), "note": "新政策即日施行"}
    refused = await api("POST", "/flows/matters/releases", wrong)
    assert code(refused) == (422, "table_tests_failed")
    assert "股级由编办审批" in refused.json()["facts"]["findings"][0]["message_zh"]
    assert (await api("POST", "/flows/matters/force-release", wrong)).status_code == 403
    from tests.builders import give_duty

    await give_duty(settings, MAY, "office_deputy")  # type: ignore[arg-type]
    forced = await api("POST", "/flows/matters/force-release", wrong)
    assert (forced.status_code, forced.json()["is_forced"]) == (201, True)
    assert [finding["severity"] for finding in forced.json()["findings"]] == ["test"]
    path = f"/releases/{forced.json()['id']}/reject"
    rejected = await director("POST", path, {"reason": "先改测试"}, if_match='"1"')
    assert (rejected.json()["state"], rejected.json()["reason"]) == ("REJECTED", "先改测试")


async def test_a_table_test_says_what_day_it_is_and_counts_working_days(api: Api) -> None:
    due = LEVELS[0]["content"].replace(
        'if posts &gt; 5 then "commission" else "office"',
        "string(add working days(today(), posts))",
    )
    scenario = (
        "decision: level\ntoday: 2026-02-13\ncases:\n"
        "  - {name: 调休后上班, inputs: {posts: 1}, expect: '2026-02-14'}\n"
    )
    sent = [
        {"path": "due.dmn", "content": due},
        {"path": "scenarios/due.yaml", "content": scenario},
    ]
    report = await api("POST", "/flows/matters/check-release", {"files": sent})
    assert report.json() == {"is_sound": True, "findings": []}


async def test_a_decision_id_belongs_to_one_flow(api: Api, release: Release) -> None:
    await release(files())
    got = await api("POST", "/flows/pre_evaluation/releases", {"files": files()})
    assert code(got) == (409, "decision_key_taken")
    assert got.json()["facts"] == {"key": "authority_level", "flow": "matters"}


async def test_two_proposals_at_once_get_two_numbers(api: Api) -> None:
    both = await asyncio.gather(
        *(
            api("POST", "/flows/matters/releases", {"files": files(table(tag=tag))})
            for tag in ("v1", "v2")
        )
    )
    assert sorted(each.json()["number"] for each in both) == [1, 2]


async def test_the_audit_tells_a_file_by_its_hash(
    api: Api, release: Release, database: Database
) -> None:
    made = await release(files())
    rows = await database.reading.fetch("SELECT a::text FROM audit a")
    assert not any("inputEntry" in row[0] for row in rows)
    assert any(made["files"][0]["hash"] in row[0] for row in rows)


async def test_who_may_draft_approve_and_look(api: Api, release: Release) -> None:
    made = await release(files())
    for who, expected in ((MAY_READ, 403), (NEVER, 403), (None, 401)):
        sent = {"files": LEVELS}
        got = await api("POST", "/flows/other/releases", sent, who=who)
        assert got.status_code == expected, who
        got = await api("GET", f"/releases/{made['id']}", who=who)
        assert got.status_code == expected, who
    approve = await api("POST", f"/releases/{made['id']}/approve", who=MAY, if_match='"1"')
    assert approve.status_code == 403


async def test_a_folder_may_be_larger_than_other_requests_up_to_a_limit_of_its_own(
    api: Api, settings: Settings
) -> None:
    def sent(size: int) -> dict[str, object]:
        return {"files": [*files(), {"path": "drawings/x.bpmn", "content": "x" * size}]}

    read = await api("POST", "/flows/matters/releases", sent(settings.body_max_bytes))
    assert code(read) == (422, "release_faulty")
    for verb in ("releases", "force-release", "check-release"):
        refused = await api("POST", f"/flows/matters/{verb}", sent(REQUEST_MAX))
        assert code(refused) == (413, "payload_too_large")
