"""The counter of the office: its people, and the real flows of matters in force."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from service.core.auth.actor import Caller
from service.core.auth.dev_issuer import DevIssuer
from service.core.command import Executor
from service.core.ids import new_id
from service.core.store.db import Database
from service.features.documents.set_letterhead import SetLetterhead
from service.features.processes.contents import File
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.on_disk import read_flow
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import asking
from tests.features.processes.cases import pass_time, rows, worked
from tests.flows.short_way import SHORT_WAY
from tests.people import MAY_READ

INTAKE, OTHER_INTAKE, OFFICER = "intake", "other-intake", "case-officer"
DEPUTY, OTHER_DEPUTY, DIRECTOR, CHAIR = "deputy", "other-deputy", "director", "chair"
GROUP = "party-group"
UNIT = MAY_READ
_DUTIES = {
    INTAKE: "office_intake",
    OTHER_INTAKE: "office_intake",
    OFFICER: "office_case_officer",
    DEPUTY: "office_deputy",
    OTHER_DEPUTY: "office_deputy",
    DIRECTOR: "office_director",
    CHAIR: "commission_chair",
    GROUP: "applicant_party_group",
}
_BPMN = Path(__file__).parents[2] / "bpmn"


@dataclass(frozen=True, slots=True)
class Counter:
    """The people at the counter, over the API."""

    api: Api
    settings: Settings
    database: Database
    city: City
    ids: dict[str, str]

    async def ask(self, who: str, method: str, path: str, json: Any = None) -> httpx.Response:
        return await self.api(method, path, json, who=None, **self._proof(who))

    async def done(self, who: str, method: str, path: str, json: Any = None) -> Any:
        answer = await self.ask(who, method, path, json)
        assert answer.status_code < 400, answer.text
        await worked(self.database)
        return answer.json()

    def _proof(self, who: str) -> dict[str, str]:
        token = DevIssuer.of(self.settings.data_dir, self.settings.oidc_audience).token(who)
        return {"authorization": f"Bearer {token}", "accept-language": "en"}

    async def filed(self, **changed: Any) -> str:
        """A request of our body that lies at the counter."""
        asked = asking(self.city, **changed).model_dump(mode="json")
        matter = str((await self.done(UNIT, "POST", "/matters", asked))["id"])
        await self._require_no_incident()
        return matter

    async def matter(self, matter: str, who: str = OFFICER) -> Any:
        return await self.done(who, "GET", f"/matters/{matter}")

    async def file(self, matter: str, kind: str) -> Any:
        """What the file of a matter has of one kind."""
        return (await self.done(OFFICER, "GET", f"/matters/{matter}/records?kind={kind}"))["items"]

    async def paper(self, document_id: str, who: str = UNIT) -> Any:
        return await self.done(who, "GET", f"/documents/{document_id}/content")

    async def complete(
        self, who: str, matter: str, element: str, action: str | None = None, **data: Any
    ) -> None:
        """Do the open task of a matter."""
        answer = await self._complete(who, matter, element, action, data)
        assert answer.status_code < 400, answer.text
        await worked(self.database)
        await self._require_no_incident()

    async def _require_no_incident(self) -> None:
        found = await rows(self.settings, "SELECT element, message FROM incident")
        assert found == [], found

    async def not_completed(
        self, who: str, matter: str, element: str, action: str | None = None, **data: Any
    ) -> str:
        """The code with which doing a task is refused."""
        answer = await self._complete(who, matter, element, action, data)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["code"])

    async def _complete(
        self, who: str, matter: str, element: str, action: str | None, data: Any
    ) -> httpx.Response:
        (task,) = await rows(
            self.settings,
            """SELECT t.id FROM task t JOIN instance i ON i.id = t.instance_id
               WHERE i.business_key = $1 AND t.element = $2 AND t.ended_at IS NULL""",
            matter,
            element,
        )
        proof = self._proof(who)
        seen = await self.api("GET", f"/tasks/{task[0]}", who=None, **proof)
        proof["if_match"] = seen.headers.get("etag", '"1"')
        given = {"variables": data, **({"action": action} if action else {})}
        if action and action not in ("admit", "sign", "submit", "adopt", "agree"):
            given["comment"] = "请按说明办理"
        return await self.api("POST", f"/tasks/{task[0]}/complete", given, who=None, **proof)

    async def open_tasks(self, matter: str) -> set[str]:
        found = await rows(
            self.settings,
            """SELECT t.element FROM task t JOIN instance i ON i.id = t.instance_id
               WHERE i.business_key = $1 AND t.ended_at IS NULL""",
            matter,
        )
        return {element for (element,) in found}

    async def wait(self, days: int) -> None:
        """Let days pass, the worker looking each day."""
        for _ in range(days):
            await pass_time(self.settings, days=1)
            await worked(self.database)


async def counter_of(
    api: Api, settings: Settings, database: Database, city: City, *, is_whole: bool = False
) -> Counter:
    """The counter with its people, its letterheads and its flows in force.

    Args:
        is_whole: Whether the whole way of a matter is in force, and not the short one.
    """
    ids = await _staff(settings, city)
    executor, process = Executor(database), Caller(is_process=True)
    for series, duty in (("青编办", "office_deputy"), ("青编", "commission_chair")):
        head = SetLetterhead.model_validate(
            {"series": series, "issuer": "中共青澜市委编办", "signers": [duty]}
        )
        assert (await executor.execute(head, process)).status < 400
    folders = tuple(
        _folder(each.name, is_whole=is_whole) for each in _BPMN.iterdir() if each.is_dir()
    )
    answer = await executor.execute(InstallRelease(folders=folders), process)
    assert {each["state"] for each in told(answer)["items"]} == {"IN_FORCE"}, answer.body
    return Counter(api, settings, database, city, ids)


def _folder(name: str, *, is_whole: bool) -> InstalledFolder:
    """A folder as it is; of matters with the short way in the place of the whole."""
    # What the scenarios say is played elsewhere.
    files = [each for each in read_flow(_BPMN / name).files if not each.path.startswith("scen")]
    if name == "matters" and not is_whole:
        files = [each for each in files if each.path != "request_approval.bpmn"]
        files.append(File(path="request_approval.bpmn", content=SHORT_WAY))
    return InstalledFolder(flow=name, files=tuple(files))


async def _staff(settings: Settings, city: City) -> dict[str, str]:
    connection = await asyncpg.connect(settings.migration_database_url)
    for subject, duty in _DUTIES.items():
        person = new_id()
        await connection.execute(
            """INSERT INTO actor (id, version, subject, name, is_program, is_active)
               VALUES ($1, 1, $2, $2, false, true)""",
            person,
            subject,
        )
        await connection.execute(
            """INSERT INTO assignment (id, version, actor_id, duty, reach, body_id, true_from)
               VALUES ($1, 1, $2, $3, $4, $5, '2020-01-01')""",
            new_id(),
            person,
            duty,
            "BODY" if subject == GROUP else "CITY",
            city.body if subject == GROUP else None,
        )
    found = await connection.fetch("SELECT subject, id FROM actor")
    await connection.close()
    return {each["subject"]: str(each["id"]) for each in found}
