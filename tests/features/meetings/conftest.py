"""A commission of four and an office meeting of three, with the tables of meetings in force.

`MAY` is the secretary; the members and the chair have no other duty, the two units' people none
in meetings.
"""

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
from service.features.processes.approve_release import ApproveRelease
from service.features.processes.on_disk import read_flow
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.diagrams import proposed
from tests.people import MAY

CHAIR, DIRECTOR = "chair", "director"
MEMBERS = ("member-1", "member-2", "member-3")
DEPUTIES = ("deputy-1", "deputy-2")
PARTY_SECRETARY = "party-secretary"
_DUTIES = {
    CHAIR: "commission_chair",
    DIRECTOR: "office_director",
    PARTY_SECRETARY: "party_committee_secretary",
    **dict.fromkeys(MEMBERS, "commission_member"),
    **dict.fromkeys(DEPUTIES, "office_deputy"),
}
FOLDER = Path(__file__).parents[3] / "bpmn" / "meetings"
CHOICES = ["approve", "approve_with_changes", "defer", "reject"]


async def staff(settings: Settings) -> dict[str, str]:
    """Give the house its people; their ids by name."""
    connection = await asyncpg.connect(settings.migration_database_url)
    for subject in _DUTIES:
        await connection.execute(
            """INSERT INTO actor (id, version, subject, name, is_program, is_active)
               VALUES ($1, 1, $2, $2, false, true)""",
            new_id(),
            subject,
        )
    for subject, duty in {**_DUTIES, MAY: "commission_secretary"}.items():
        await give_duty(settings, subject, duty)
    ids = await connection.fetch("SELECT subject, id FROM actor")
    await connection.close()
    return {record["subject"]: str(record["id"]) for record in ids}


async def rules_in_force(settings: Settings, database: Database) -> None:
    """Put the tables and the diagram of meetings into force; the director approves them."""
    files = {each.path: each.content for each in read_flow(FOLDER).files}
    release = await proposed(settings, "meetings", files, "collective_decision")
    approving = ApproveRelease(release_id=release)
    answer = await Executor(database).execute(approving, Caller(subject=DIRECTOR), if_match="1")
    assert answer.status == 200, answer.body


@dataclass(frozen=True, slots=True)
class House:
    """The people of the house, and the requests that every meeting needs."""

    api: Api
    settings: Settings
    ids: dict[str, str]

    async def ask(
        self, method: str, path: str, json: Any = None, who: str = MAY, **headers: str
    ) -> httpx.Response:
        """A request as anybody of the house."""
        token = DevIssuer.of(self.settings.data_dir, self.settings.oidc_audience).token(who)
        proof = {"authorization": f"Bearer {token}", "accept-language": "en", **headers}
        return await self.api(method, path, json, who=None, **proof)

    async def done(self, method: str, path: str, json: Any = None, **more: str) -> Any:
        """The answer to a request that is not refused."""
        answer = await self.ask(method, path, json, **more)
        assert answer.status_code < 400, answer.text
        return answer.json()

    async def refused(self, method: str, path: str, json: Any = None, **more: str) -> str:
        """The code with which a request is refused."""
        answer = await self.ask(method, path, json, **more)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["code"])

    async def put(self, title: str = "市第1局机构编制事项", **changed: Any) -> str:
        """An item for the commission."""
        given = {
            "level": "COMMISSION",
            "subject_type": "matter",
            "subject_id": title,
            "title": title,
            "choices": CHOICES,
        }
        item = await self.done("POST", "/agenda-items", given | changed)
        return str(item["id"])

    async def plan(self, *items: str, level: str = "COMMISSION", **more: Any) -> str:
        """A meeting with these items on its agenda."""
        given = {
            "level": level,
            "title": "全体会议",
            "planned_on": "2026-11-30",
            "place": "第一会议室",
        }
        meeting = (await self.done("POST", "/meetings", given | more))["id"]
        await self.arrange(meeting, *items)
        return str(meeting)

    async def arrange(self, meeting: str, *items: str) -> None:
        match = {"if_match": await self.version(meeting)}
        await self.done("PUT", f"/meetings/{meeting}/agenda", {"items": list(items)}, **match)

    async def version(self, meeting: str) -> str:
        """The ETag of a meeting."""
        return (await self.ask("GET", f"/meetings/{meeting}")).headers["etag"]

    async def open(self, meeting: str, *present: str, chair: str = CHAIR) -> Any:
        """Open a meeting with the chair and these members."""
        there = [self.ids[each] for each in {chair, *present}]
        given = {"present": there, "chair_id": self.ids[chair]}
        return await self.done("POST", f"/meetings/{meeting}/open", given)

    async def vote(self, item: str, who: str, ballot: str = "FOR", **more: Any) -> Any:
        given = {"ballot": ballot, **more}
        return await self.done("POST", f"/agenda-items/{item}/votes", given, who=who)

    async def record(self, item: str, result: str = "approve", **more: Any) -> Any:
        given = {"result": result, "text": "会议同意。", **more}
        return await self.done("POST", f"/agenda-items/{item}/result", given)

    async def decide(self, item: str, result: str = "approve", **more: Any) -> Any:
        """Chair and two members are for it; then it is recorded."""
        for who in (CHAIR, *MEMBERS[:2]):
            await self.vote(item, who, choice=result)
        return await self.record(item, result, **more)

    async def minute(self, meeting: str, who: str = MAY) -> Any:
        given = {"text": "会议议决如下。", "series": "青编纪", "issuer": "中共青澜市委编委"}
        return await self.done("PUT", f"/meetings/{meeting}/minutes", given, who=who)

    async def close(self, meeting: str, who: str = CHAIR) -> Any:
        match = {"if_match": await self.version(meeting)}
        return await self.done("POST", f"/meetings/{meeting}/close", who=who, **match)

    async def not_closed(self, meeting: str, who: str = CHAIR) -> str:
        """The code with which closing is refused."""
        match = {"if_match": await self.version(meeting)}
        return await self.refused("POST", f"/meetings/{meeting}/close", who=who, **match)

    async def opened(self, *items: str) -> str:
        """A meeting of the commission, opened with a bare quorum: chair and two of three."""
        meeting = await self.plan(*items)
        await self.open(meeting, *MEMBERS[:2])
        return meeting

    async def item(self, item: str) -> Any:
        return await self.done("GET", f"/agenda-items/{item}")


@pytest.fixture
async def house(api: Api, settings: Settings, database: Database, city: City) -> House:
    ids = await staff(settings)
    await rules_in_force(settings, database)
    return House(api, settings, ids)
