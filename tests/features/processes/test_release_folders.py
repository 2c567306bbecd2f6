"""A release of a whole folder: diagrams, tables, forms and tests, held against each other."""

from typing import Any

import pytest

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, user_task
from tests.features.processes.conftest import AsDirector, Release
from tests.features.processes.folders import FORM, call, flow, folder, only, service_task
from tests.people import MAY, MAY_READ, NEVER

RELEASES = "/flows/matters/releases"
CHECK = "/flows/matters/check-release"


async def errors(api: Api, files: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The errors that a check tells, warnings left out."""
    got = await api("POST", CHECK, {"files": files})
    assert got.status_code == 200, got.text
    found = [each for each in got.json()["findings"] if each["severity"] == "error"]
    assert got.json()["is_sound"] == (not found)
    for each in found:
        assert each["message"]
        assert each["message_zh"]
    return found


async def test_a_whole_folder_is_released_and_each_file_says_what_it_holds(
    api: Api, release: Release
) -> None:
    tagged = flow("review", '<zeebe:versionTag value="2026-11"/>')
    made = await release(folder(tagged))
    held = {
        file["path"]: (file["processes"], file["keys"], file["forms"], file["version_tag"])
        for file in made["files"]
    }
    assert held == {
        "review.bpmn": (["review"], [], [], "2026-11"),
        "levels.dmn": ([], ["level"], [], None),
        "forms/opinion.schema.json": ([], [], ["opinion"], None),
        "scenarios/levels.yaml": ([], [], [], None),
    }
    kept = await api("GET", f"/releases/{made['id']}/file?path=review.bpmn")
    assert kept.json()["content"] == tagged
    kept = await api("GET", f"/releases/{made['id']}/file?path=forms/opinion.schema.json")
    assert kept.json()["content"] == FORM


async def test_a_case_runs_on_what_was_proposed_and_approved(
    api: Api, release: Release, city: City
) -> None:
    await release(folder())
    started = await api("POST", "/processes/review/instances", {"body_id": str(city.body)})
    assert started.status_code == 201, started.text
    assert (started.json()["state"], started.json()["release_number"]) == ("RUNNING", 1)


async def test_a_faulty_diagram_is_refused_with_element_line_and_sentence(api: Api) -> None:
    faulty = flow().replace('candidateGroups="office_case_officer"', 'candidateGroups="nobody"')
    got = await api("POST", RELEASES, {"files": folder(faulty)})
    assert (got.status_code, got.json()["code"]) == (422, "release_faulty")
    (finding,) = got.json()["facts"]["findings"]
    assert (finding["path"], finding["rule"], finding["element"]) == (
        "review.bpmn",
        "unknown_duty",
        "look",
    )
    assert finding["line"] > 1
    assert "nobody" in finding["message_zh"]
    assert (await api("GET", "/releases")).json()["items"] == []


@pytest.mark.parametrize(
    ("files", "path", "rule"),
    [
        (only(**{"a.bpmn": flow()}), "a.bpmn", {"unknown_form", "unknown_decision"}),
        (folder(flow("review", "", call("nowhere"))), "review.bpmn", {"unknown_process"}),
        (
            folder(flow("review", "", service_task("quota.no_such"))),
            "review.bpmn",
            {"unknown_command"},
        ),
        (
            folder(flow("review", "", service_task("quota.release_reservation", "wrong"))),
            "review.bpmn",
            {"command_fields"},
        ),
        (folder(flow("审核")), "review.bpmn", {"process_id_form"}),
        (folder(flow("r" * 121)), "review.bpmn", {"process_id_form"}),
        (folder(**{"again.bpmn": flow()}), "again.bpmn", {"process_id_twice"}),
        (folder(**{"forms__bad.schema.json": "{"}), "forms/bad.schema.json", {"form"}),
        (
            folder(flow().replace('isExecutable="true"', 'isExecutable="false"')),
            "review.bpmn",
            {"not_executable"},
        ),
        (
            folder(flow().replace("<startEvent", '<startEvent colour="red"')),
            "review.bpmn",
            {"not_supported"},
        ),
        (folder("<html/>"), "review.bpmn", {"unreadable"}),
    ],
)
async def test_what_would_not_run_is_found_at_its_file(
    api: Api, files: list[dict[str, str]], path: str, rule: set[str]
) -> None:
    found = await errors(api, files)
    assert found
    assert {each["path"] for each in found} == {path}
    assert {each["rule"] for each in found} <= rule


@pytest.mark.parametrize(
    "command",
    [
        "access.appoint_security_admin",
        "calendar.start_demo",
        "processes.install_release",
        "processes.fire_timer",
        "processes.deliver_message",
        "quota.expire_reservation",
        "tasks.remind_task",
        "tasks.set_light",
        "processes.approve_release",
    ],
)
async def test_no_diagram_can_order_what_only_the_installation_or_a_person_may(
    api: Api, command: str
) -> None:
    (found,) = await errors(api, folder(flow("review", "", service_task(command))))
    assert (found["rule"], found["element"]) == ("unknown_command", "work")


async def test_a_diagram_that_orders_a_command_with_its_fields_is_sound(api: Api) -> None:
    ordered = service_task("quota.release_reservation", "reservation_id")
    assert await errors(api, folder(flow("review", "", ordered))) == []


async def test_the_shape_of_bpmn_is_checked_where_no_other_rule_speaks(api: Api) -> None:
    late = flow().replace("</process>", "<documentation>zu spät</documentation></process>")
    (found,) = await errors(api, folder(late))
    assert (found["rule"], found["severity"]) == ("xml_schema", "error")
    assert "documentation" in found["message"]
    assert "BPMN 2.0" in found["message_zh"]


async def test_a_diagram_may_call_what_another_flow_has_in_force_and_nothing_that_waits(
    api: Api, director: AsDirector
) -> None:
    calls = {"files": folder(flow("review", "", call("other_process")))}
    simple = diagram("other_process", chain(START, user_task("t"), END))
    other = await api("POST", "/flows/other/releases", {"files": only(**{"o.bpmn": simple})})
    assert other.status_code == 201, other.text
    assert (await api("POST", RELEASES, calls)).status_code == 422
    path = f"/releases/{other.json()['id']}/approve"
    approved = await director("POST", path, if_match=other.headers["etag"])
    assert approved.status_code == 200
    assert (await api("POST", RELEASES, calls)).status_code == 201


async def test_a_process_id_belongs_to_one_flow(api: Api, release: Release) -> None:
    await release(folder())
    sent = {"files": only(**{"mine.bpmn": diagram("review", chain(START, user_task("t"), END))})}
    got = await api("POST", "/flows/pre_evaluation/releases", sent)
    assert (got.status_code, got.json()["code"]) == (409, "process_id_taken")
    assert got.json()["facts"] == {"process": "review", "flow": "matters"}


async def test_a_drawing_of_any_tool_is_kept_and_shown_and_never_runs(
    api: Api, release: Release
) -> None:
    drawn = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
        '<process id="reference" isExecutable="false"><task id="审核"/><userTask id="审核2"/>'
        '<callActivity id="c" calledElement="nowhere"/></process></definitions>'
    )
    made = await release(folder(**{"drawings__reference.bpmn": drawn}))
    (file,) = (each for each in made["files"] if each["path"] == "drawings/reference.bpmn")
    assert (file["processes"], file["keys"]) == ([], [])
    kept = await api("GET", f"/releases/{made['id']}/file?path=drawings/reference.bpmn")
    assert kept.json()["content"] == drawn
    started = await api("POST", "/processes/reference/instances", {})
    assert started.status_code == 404
    for text, rule in (("<svg/>", "unreadable"), ("<!DOCTYPE d><d/>", "unreadable")):
        (found,) = await errors(api, folder(**{"drawings__reference.bpmn": text}))
        assert found["rule"] == rule


async def test_a_forced_release_still_needs_sound_diagrams_and_forms(
    api: Api, settings: Settings, director: AsDirector
) -> None:
    await give_duty(settings, MAY, "office_deputy")
    wrong = "decision: level\ncases:\n  - {name: 六个, inputs: {posts: 6}, expect: office}\n"
    note = "新政策即日施行"
    sent = {"files": folder(**{"scenarios__levels.yaml": wrong}), "note": note}
    assert (await api("POST", RELEASES, sent)).json()["code"] == "table_tests_failed"
    forced = await api("POST", "/flows/matters/force-release", sent)
    assert (forced.status_code, forced.json()["is_forced"]) == (201, True)
    faulty = {"files": folder(flow("审核")), "note": note}
    refused = await api("POST", "/flows/matters/force-release", faulty)
    assert (refused.status_code, refused.json()["code"]) == (422, "release_faulty")


async def test_a_case_of_a_diagram_that_fails_refuses_the_release_unless_forced(
    api: Api, settings: Settings, director: AsDirector
) -> None:
    await give_duty(settings, MAY, "office_deputy")
    case = "{name: 审核, start: {posts: 6}, steps: [{task: look, data: {opinion: 同意}}], ends: %s}"
    played = f"process: review\ncases:\n  - {case % 'end'}\n"
    sent = {"files": folder(**{"scenarios__review.yaml": played}), "note": "流程初版"}
    checked = await api("POST", CHECK, {"files": sent["files"]})
    assert checked.json()["findings"] == []
    wrong = played.replace("ends: end", "ends: start")
    sent["files"] = folder(**{"scenarios__review.yaml": wrong})
    refused = await api("POST", RELEASES, sent)
    assert (refused.status_code, refused.json()["code"]) == (422, "table_tests_failed")
    (finding,) = refused.json()["facts"]["findings"]
    assert (finding["path"], finding["rule"], finding["element"]) == (
        "scenarios/review.yaml",
        "scenario",
        "end",
    )
    forced = await api("POST", "/flows/matters/force-release", sent)
    assert (forced.status_code, forced.json()["is_forced"]) == (201, True)


async def test_who_may_release_a_folder(api: Api, release: Release, director: AsDirector) -> None:
    made = await release(folder())
    for who, expected in ((MAY_READ, 403), (NEVER, 403), (None, 401)):
        for path in (RELEASES, CHECK, "/flows/matters/force-release"):
            sent = {"files": folder()} | ({} if path == CHECK else {"note": "x"})
            got = await api("POST", path, sent, who=who)
            assert got.status_code == expected, (who, path)
        file = f"/releases/{made['id']}/file?path=review.bpmn"
        assert (await api("GET", file, who=who)).status_code == expected
    changed = {"files": folder(**{"more.bpmn": diagram("more", chain(START, END))})}
    second = await api("POST", RELEASES, changed)
    assert second.status_code == 201, second.text
    path = f"/releases/{second.json()['id']}/approve"
    assert (await api("POST", path, if_match='"1"')).status_code == 403
    assert (await director("POST", path, if_match='"1"')).status_code == 200
