"""The ledger's people, and the ledger's and the meetings' own flows in force."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from service.core.auth.actor import Caller
from service.core.auth.dev_issuer import DevIssuer
from service.core.command import Executor
from service.core.ids import new_id
from service.core.store.db import Database
from service.features.documents.set_letterhead import SetLetterhead
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.on_disk import read_flow
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, told
from tests.features.processes.cases import pass_time, rows, worked

FINDER, LEGAL, OTHER_LEGAL = "finder", "legal", "other-legal"
DEPUTY, DIRECTOR, OFFICER = "deputy", "director", "case-officer"
FIRST, SECOND = "acceptance-1", "acceptance-2"
OWNER, SECRETARY = "owner", "secretary"
#: The Party group of another body, which may have to take items over.
HEIR = "heir"
_DUTIES = {
    FINDER: "inspector",
    LEGAL: "office_legal_reviewer",
    OTHER_LEGAL: "office_legal_reviewer",
    DEPUTY: "office_deputy",
    DIRECTOR: "office_director",
    OFFICER: "office_case_officer",
    FIRST: "acceptance_officer",
    SECOND: "acceptance_officer",
    SECRETARY: "commission_secretary",
}
_LETTERHEADS = {"青编": ["commission_chair"], "青编办": ["office_director", "office_deputy"]}
_BPMN = Path(__file__).parents[3] / "bpmn"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The people of the ledger at work over the API."""

    api: Api
    settings: Settings
    database: Database
    city: City
    ids: dict[str, str]

    async def ask(self, method: str, path: str, json: Any = None, who: str = FINDER) -> Any:
        token = DevIssuer.of(self.settings.data_dir, self.settings.oidc_audience).token(who)
        proof = {"authorization": f"Bearer {token}", "accept-language": "en"}
        answer: httpx.Response = await self.api(method, path, json, who=None, **proof)
        return answer

    async def done(self, method: str, path: str, json: Any = None, who: str = FINDER) -> Any:
        answer = await self.ask(method, path, json, who)
        assert answer.status_code < 400, answer.text
        await worked(self.database)
        return answer.json()

    async def refused(self, method: str, path: str, json: Any = None, who: str = FINDER) -> str:
        answer = await self.ask(method, path, json, who)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["code"])

    async def find(self, breach: str = "OVER_QUOTA", **changed: Any) -> str:
        """A finding at our body; the id of its item."""
        given = {
            "source_type": "INSPECTION",
            "body_id": str(self.city.body),
            "breach": breach,
            "problem": "行政编制超编1名",
            "facts": "核定20名，实有21名。",
            "found_on": "2026-11-20",
        }
        return str((await self.done("POST", "/findings", given | changed))["id"])

    async def item(self, item: str, who: str = FINDER) -> Any:
        return await self.done("GET", f"/rectifications/{item}", who=who)

    async def task(self, item: str, element: str) -> str:
        """The open task of an item."""
        held = (await self.item(item))["tasks"]
        found = [each["task_id"] for each in held if each["element"] == element]
        assert found, [each["element"] for each in held]
        return str(found[0])

    async def complete(
        self, who: str, item: str, element: str, action: str | None = None, **data: Any
    ) -> None:
        """Do a task of an item, and let the worker carry what follows."""
        await self.complete_task(who, await self.task(item, element), action, **data)

    async def complete_task(
        self, who: str, task: str, action: str | None = None, **data: Any
    ) -> None:
        """Do any task."""
        answer = await self._complete(who, task, action, data)
        assert answer.status_code < 400, answer.text
        await worked(self.database)
        assert await rows(self.settings, "SELECT element, message FROM incident") == []

    async def not_completed(
        self, who: str, item: str, element: str, action: str | None = None, **data: Any
    ) -> str:
        """The code with which doing a task is refused."""
        answer = await self._complete(who, await self.task(item, element), action, data)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["code"])

    async def _complete(self, who: str, task: str, action: str | None, data: Any) -> httpx.Response:
        token = DevIssuer.of(self.settings.data_dir, self.settings.oidc_audience).token(who)
        proof = {"authorization": f"Bearer {token}", "accept-language": "en"}
        seen = await self.api("GET", f"/tasks/{task}", who=None, **proof)
        proof["if_match"] = seen.headers.get("etag", '"1"')
        given = {"variables": data, **({"action": action} if action else {})}
        return await self.api("POST", f"/tasks/{task}/complete", given, who=None, **proof)

    async def wait(self, days: int) -> None:
        """Let days pass, the worker looking each day."""
        for _ in range(days):
            await pass_time(self.settings, days=1)
            await worked(self.database)

    async def register(self, breach: str = "OVER_QUOTA", **said: Any) -> str:
        """An item that is registered and waits for its notice."""
        item = await self.find(breach)
        given = classified(breach) | said
        await self.complete(LEGAL, item, "classify_item", "register", **given)
        await self.complete(DEPUTY, item, "confirm_item", "confirm")
        return item

    async def notify(self, breach: str = "OVER_QUOTA", due: str = "2027-02-26", **said: Any) -> str:
        """An item whose notice is out."""
        item = await self.register(breach, **said)
        notice = {
            "facts": "核定20名，实有21名。",
            "article": "《中国共产党机构编制工作条例》第三十一条",
            "required_result": "消化超编。",
            "due": due,
        }
        await self.complete(LEGAL, item, "draft_notice", "submit", **notice)
        await self.complete(DEPUTY, item, "sign_notice", "sign")
        return item

    async def work(self, due: str = "2027-02-26", **said: Any) -> str:
        """A grave item that its unit works on by an approved plan."""
        item = await self.notify(due=due, **said)
        await self.complete(OWNER, item, "file_plan", "submit", **self.plan())
        await self.complete(LEGAL, item, "review_plan", "approve")
        return item

    async def close(self) -> str:
        """A grave item that two officers have accepted and the director has closed."""
        item = await self.work()
        await self.complete(OWNER, item, "carry_out", "request_close", **self.close_request())
        await self.complete(OFFICER, item, "check_papers", "complete")
        await self.complete(FIRST, item, "accept_item", **checked())
        await self.complete(SECOND, item, "accept_again", **checked())
        await self.complete(DIRECTOR, item, "sign_close_out", "sign")
        return item

    async def tell(self, message: str, key: str = "", **variables: Any) -> None:
        """Publish a message as another part of the house would, and let it be delivered."""
        given = {"message": message, "correlation_key": key, "variables": variables}
        await self.done("POST", "/messages", given)
        assert await rows(self.settings, "SELECT element, message FROM incident") == []

    async def papers(self, item: str, who: str = FINDER) -> list[Any]:
        """The issued papers about an item, the first one first."""
        place = f"/documents?subject_type=rectification_item&subject_id={item}"
        items: list[Any] = (await self.done("GET", place, who=who))["items"]
        return items[::-1]

    def plan(self) -> dict[str, Any]:
        return {
            "measures": "调出1人。",
            "responsible_leader": "局长",
            "responsible_person": self.ids[OWNER],
            "close_standard": "实有人数不超过核定编制。",
            "milestones": [
                {"name": "启动整改", "on": "2026-12-10"},
                {"name": "完成整改", "on": "2026-12-31"},
            ],
            "minutes_document_id": str(self.city.document),
        }

    def close_request(self) -> dict[str, Any]:
        return {
            "statement": "已调出1人。",
            "evidence": [str(self.city.document)],
            "minutes_document_id": str(self.city.document),
        }


def classified(breach: str) -> dict[str, Any]:
    """What the legal reviewer fills in."""
    return {
        "breach": breach,
        "cause": "UNIT",
        "problem": "行政编制超编1名",
        "facts": "核定20名，实有21名。",
    }


def checked(result: str = "PASS") -> dict[str, Any]:
    """What an acceptance officer fills in."""
    return {
        "method": "ON_SITE",
        "checked_on": "2026-11-24",
        "findings": "现场核查，实有20名。",
        "result": result,
    }


async def _staff(settings: Settings, city: City) -> dict[str, str]:
    connection = await asyncpg.connect(settings.migration_database_url)
    units = {OWNER: "rectification_owner", HEIR: "applicant_party_group"}
    for subject, duty in {**_DUTIES, **units}.items():
        body = {OWNER: city.body, HEIR: city.other_body}.get(subject)
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
            "BODY" if body else "CITY",
            body,
        )
    ids = {
        each["subject"]: str(each["id"]) for each in await connection.fetch("SELECT * FROM actor")
    }
    await connection.close()
    return ids


@pytest.fixture
async def ledger(api: Api, settings: Settings, database: Database, city: City) -> Ledger:
    ids = await _staff(settings, city)
    flows = [read_flow(_BPMN / name) for name in ("meetings", "rectification")]
    folders = tuple(InstalledFolder(flow=each.flow, files=tuple(each.files)) for each in flows)
    answer = await Executor(database).execute(
        InstallRelease(folders=folders), Caller(is_process=True)
    )
    assert {each["state"] for each in told(answer)["items"]} == {"IN_FORCE"}, answer.body
    for series, signers in _LETTERHEADS.items():
        head = {"series": series, "issuer": "中共青澜市委机构编制委员会", "signers": signers}
        order = SetLetterhead.model_validate(head)
        assert (await Executor(database).execute(order, Caller(is_process=True))).status == 200
    return Ledger(api, settings, database, city, ids)
