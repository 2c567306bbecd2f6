"""The flows that come with the service take effect when it starts, as the installation's own."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.core.auth.actor import Duty
from service.core.command import Executor
from service.core.operation import OPERATIONS
from service.core.start import CannotStart
from service.core.store.db import Database
from service.features.processes.contents import File
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.installation import release_installation_files
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do, told
from tests.diagrams import END, START, chain, diagram, user_task
from tests.features.processes.conftest import AsDirector, Release
from tests.features.processes.folders import SCENARIO, call, flow, folder
from tests.people import MAY, MAY_READ, NEVER

INSTALLATION = "安装包 installation"
Install = Callable[[], Any]


def lay(root: Path, name: str, files: list[dict[str, str]]) -> None:
    """Write a flow's folder."""
    for file in files:
        path = root / name / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["content"], encoding="utf-8")


@pytest.fixture
def bpmn(tmp_path: Path) -> Path:
    """A folder of flows with one of them, notes beside it, and a folder that is none."""
    root = tmp_path / "bpmn"
    lay(root, "matters", folder())
    lay(root, "matters", [{"path": "README.md", "content": "# Notes"}])
    lay(root, "matters", [{"path": ".hidden/x.txt", "content": "x"}])
    lay(root, "pictures", [{"path": "a.svg", "content": "<svg/>"}])
    (root / "README.md").write_text("# How we draw")
    return root


@pytest.fixture
def install(database: Database, bpmn: Path) -> Install:
    """Start the service once more, as far as its flows are concerned."""

    async def install() -> list[str]:
        said: list[str] = []
        await release_installation_files(Executor(database), bpmn, said.append)
        return said

    return install


async def listed(api: Api, query: str = "") -> list[dict[str, Any]]:
    return list((await api("GET", f"/releases{query}")).json()["items"])


async def test_a_folder_is_in_force_after_a_start_and_both_names_are_the_installations(
    api: Api, install: Install, city: City
) -> None:
    assert await install() == ["released matters 1"]
    (made,) = await listed(api)
    assert (made["flow"], made["number"], made["state"]) == ("matters", 1, "IN_FORCE")
    assert (made["proposed_by"], made["proposed_by_name"]) == (None, INSTALLATION)
    assert (made["decided_by"], made["decided_by_name"]) == (None, INSTALLATION)
    files = (await api("GET", f"/releases/{made['id']}")).json()["files"]
    assert sorted(file["path"] for file in files) == sorted(f["path"] for f in folder())
    started = await api("POST", "/processes/review/instances", {"body_id": str(city.body)})
    assert started.status_code == 201, started.text


async def test_what_has_not_changed_makes_no_release(api: Api, install: Install) -> None:
    await install()
    assert await install() == []
    assert len(await listed(api)) == 1


async def test_what_has_changed_is_the_next_release(api: Api, install: Install, bpmn: Path) -> None:
    await install()
    lay(bpmn, "matters", [{"path": "more.bpmn", "content": diagram("more", chain(START, END))}])
    assert await install() == ["released matters 2"]
    assert [each["state"] for each in await listed(api)] == ["IN_FORCE", "SUPERSEDED"]
    (bpmn / "matters" / "more.bpmn").unlink()
    assert await install() == ["released matters 3"], "back to what was before"


async def test_an_update_does_not_undo_what_two_people_have_answered_for(
    api: Api, install: Install, bpmn: Path, release: Release, director: AsDirector
) -> None:
    await install()
    own = await release(folder(flow("review", "", user_task("own"))))
    lay(bpmn, "matters", [{"path": "more.bpmn", "content": diagram("more", chain(START, END))}])
    (said,) = await install()
    assert said.startswith("proposed matters 3: ")
    newest, kept, _ = await listed(api)
    assert (kept["number"], kept["state"]) == (own["number"], "IN_FORCE")
    assert (newest["state"], newest["proposed_by_name"]) == ("PROPOSED", INSTALLATION)
    assert await install() == []
    path = f"/releases/{newest['id']}/reject"
    rejected = await director("POST", path, {"reason": "沿用现行流程"}, if_match='"1"')
    assert rejected.status_code == 200
    assert await install() == [], "what the office has refused is not proposed again"
    assert [each["state"] for each in await listed(api)] == ["REJECTED", "IN_FORCE", "SUPERSEDED"]


async def test_the_office_may_put_into_force_what_an_update_proposes(
    api: Api, install: Install, bpmn: Path, release: Release, director: AsDirector
) -> None:
    await install()
    await release(folder(flow("review", "", user_task("own"))))
    lay(bpmn, "matters", [{"path": "more.bpmn", "content": diagram("more", chain(START, END))}])
    await install()
    newest = (await listed(api))[0]
    approved = await director("POST", f"/releases/{newest['id']}/approve", if_match='"1"')
    assert (approved.status_code, approved.json()["decided_by_name"]) == (200, "director")
    lay(bpmn, "matters", [{"path": "last.bpmn", "content": diagram("last", chain(START, END))}])
    assert await install() == ["released matters 4"], "nothing of the office's own is in force"


async def test_flows_may_call_each_other_whichever_is_released_first(
    api: Api, install: Install, bpmn: Path
) -> None:
    lay(bpmn, "matters", [{"path": "review.bpmn", "content": flow("review", "", call("consult"))}])
    back = diagram("consult", chain(START, user_task("ask"), call("review"), END))
    lay(bpmn, "consultation", [{"path": "consult.bpmn", "content": back}])
    assert await install() == ["released consultation 1", "released matters 1"]
    assert (await api("GET", "/releases/count?state=IN_FORCE")).json() == {"count": 2}


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("review.bpmn", flow("审核"), "matters/review.bpmn:7 审核 process_id_form 流程标识"),
        ("forms/opinion.schema.json", "{", "matters/forms/opinion.schema.json:1 - form 表单"),
        (
            "scenarios/levels.yaml",
            SCENARIO.replace("commission", "office"),
            "matters/scenarios/levels.yaml:0 - scenario (test) 六个",
        ),
        ("notes.yml", "x", "matters/notes.yml:0 - file_form 应当为流程图"),
    ],
)
async def test_a_faulty_folder_stops_the_start_and_nothing_is_released(
    api: Api, install: Install, bpmn: Path, path: str, content: str, said: str
) -> None:
    sound = [{"path": "consult.bpmn", "content": diagram("consult", chain(START, END))}]
    lay(bpmn, "consultation", sound)
    lay(bpmn, "matters", [{"path": path, "content": content}])
    with pytest.raises(CannotStart) as stop:
        await install()
    lines = str(stop.value).splitlines()
    assert lines[0].startswith("Expected flows without faults in ")
    assert any(said in line for line in lines[1:]), lines
    assert await listed(api) == []


async def test_an_id_that_another_flow_has_in_force_stops_the_start_and_nothing_is_released(
    api: Api, install: Install, bpmn: Path, release: Release
) -> None:
    sound = [{"path": "consult.bpmn", "content": diagram("consult", chain(START, END))}]
    lay(bpmn, "consultation", sound)
    await release([{"path": "o.bpmn", "content": diagram("review", chain(START, END))}], "other")
    with pytest.raises(CannotStart, match="Expected ids that no other flow uses"):
        await install()
    assert {each["flow"] for each in await listed(api)} == {"other"}


async def test_an_id_that_two_folders_have_stops_the_start(
    api: Api, install: Install, bpmn: Path
) -> None:
    lay(bpmn, "other", [{"path": "o.bpmn", "content": diagram("review", chain(START, END))}])
    with pytest.raises(CannotStart, match="but matters has review"):
        await install()
    assert await listed(api) == []


async def test_several_services_that_start_at_once_make_one_release(
    api: Api, database: Database, bpmn: Path
) -> None:
    executor = Executor(database)
    done = await asyncio.gather(*(release_installation_files(executor, bpmn) for _ in range(3)))
    assert sorted(each.is_new for items in done for each in items) == [False, False, True]
    assert len(await listed(api)) == 1


async def test_no_folder_of_flows_is_no_fault(database: Database, tmp_path: Path) -> None:
    assert await release_installation_files(Executor(database), tmp_path / "nowhere") == []


async def test_nobody_but_the_installation_says_it(do: Do, settings: Settings, api: Api) -> None:
    files = tuple(File(**each) for each in folder())
    command = InstallRelease(folders=(InstalledFolder(flow="matters", files=files),))
    await give_duty(settings, MAY, "office_director")
    for who in (MAY, MAY_READ, NEVER):
        answer = await do(command, who=who)
        assert (answer.status, told(answer)["code"]) == (403, "not_allowed"), who
    operation = OPERATIONS["processes.install_release"]
    assert operation.request.duties == {Duty.PROCESS}
    assert (await api("POST", "/flows/matters/install-release", {})).status_code == 404
    assert await listed(api) == []
