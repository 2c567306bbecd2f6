"""The office at work on rounds and campaigns: days that pass, tasks, and meetings that hear."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from service.core.auth.dev_issuer import DevIssuer
from service.core.ids import new_id
from service.settings import Settings
from tests.builders import TODAY, give_duty
from tests.features.processes.cases import pass_time, rows, worked
from tests.features.rectification.conftest import (
    DEPUTY,
    DIRECTOR,
    FIRST,
    LEGAL,
    OFFICER,
    OWNER,
    SECOND,
    Ledger,
    checked,
    ledger,
)
from tests.people import MAY

PARTY_GROUP, CHAIR, MEMBER = "party-group", "chair", "commission-member"
_MEETINGS = {"OFFICE": (DIRECTOR, [DIRECTOR, DEPUTY]), "COMMISSION": (CHAIR, [CHAIR, MEMBER])}

__all__ = ["ledger", "rounds"]


@dataclass
class Rounds:
    """What happens over months, beside single items."""

    ledger: Ledger
    today: date = TODAY

    async def until(self, day: str) -> None:
        """Let days pass; the worker looks on the last one, and every few weeks."""
        until = date.fromisoformat(day)
        while self.today < until:
            days = min((until - self.today).days, 14)
            await pass_time(self.ledger.settings, days=days)
            self.today += timedelta(days=days)
            await worked(self.ledger.database)
        assert await rows(self.ledger.settings, "SELECT element, message FROM incident") == []

    async def tasks(self, who: str, element: str) -> list[str]:
        """The open tasks of one kind that somebody may do."""
        open_ = await self.ledger.done("GET", "/tasks?limit=200", who=who)
        return [each["id"] for each in open_["items"] if each["element"] == element]

    async def act(self, who: str, element: str, action: str | None = None, **data: Any) -> None:
        """Do the first open task of one kind."""
        first, *_ = await self.tasks(who, element)
        await self.ledger.complete_task(who, first, action, **data)

    async def read(self, place: str, who: str = OFFICER) -> Any:
        return await self.ledger.done("GET", f"/rectifications/{place}", who=who)

    async def first(self, place: str, who: str = OFFICER) -> Any:
        """The latest of a list, read in whole."""
        listed = await self.read(place, who)
        return await self.read(f"{place}/{listed['items'][0]['id']}", who)

    async def hear(self, subject: str, level: str = "OFFICE", result: str = "noted") -> None:
        """A meeting hears what waits for it, and its case learns of it."""
        done, (chair, present) = self.ledger.done, _MEETINGS[level]
        waiting = await done("GET", "/agenda-items?state=PENDING&limit=200", who=MAY)
        kinds = {"subject_type": subject, "level": level}
        (item,) = [
            each["id"]
            for each in waiting["items"]
            if all(each[name] == value for name, value in kinds.items())
        ]
        plan = {"level": level, "title": "会议", "planned_on": self.today.isoformat()}
        meeting = (await done("POST", "/meetings", plan | {"place": "会议室"}, MAY))["id"]
        await self._tagged("PUT", meeting, "agenda", {"items": [item]}, MAY)
        there = {
            "present": [self.ledger.ids[each] for each in present],
            "chair_id": self.ledger.ids[chair],
        }
        await done("POST", f"/meetings/{meeting}/open", there, MAY)
        for who in present if result in ("approve", "reject") else ():
            ballot = {"ballot": "FOR", "choice": result}
            await done("POST", f"/agenda-items/{item}/votes", ballot, who)
        told = {"result": result, "text": "会议听取汇报。"}
        await done("POST", f"/agenda-items/{item}/result", told, MAY)
        minutes = {"text": "会议纪要。", "series": "青编纪", "issuer": "中共青澜市委编委办"}
        await done("PUT", f"/meetings/{meeting}/minutes", minutes, MAY)
        await self._tagged("POST", meeting, "close", None, chair)
        await worked(self.ledger.database)

    async def _tagged(self, method: str, meeting: str, verb: str, json: Any, who: str) -> None:
        settings = self.ledger.settings
        token = DevIssuer.of(settings.data_dir, settings.oidc_audience).token(who)
        seen = await self.ledger.ask("GET", f"/meetings/{meeting}", who=who)
        proof = {"authorization": f"Bearer {token}", "if_match": seen.headers["etag"]}
        answer = await self.ledger.api(method, f"/meetings/{meeting}/{verb}", json, None, **proof)
        assert answer.status_code < 400, answer.text

    async def closed(self, breach: str = "OVER_QUOTA") -> str:
        """A grave item that went all its way."""
        book = self.ledger
        item = await book.work()
        await book.complete(OWNER, item, "carry_out", "request_close", **book.close_request())
        await book.complete(OFFICER, item, "check_papers", "complete")
        await book.complete(FIRST, item, "accept_item", **checked())
        await book.complete(SECOND, item, "accept_again", **checked())
        await book.complete(DIRECTOR, item, "sign_close_out", "sign")
        return item


async def _person(settings: Settings, subject: str, duty: str, body: Any = None) -> str:
    connection = await asyncpg.connect(settings.migration_database_url)
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
    await connection.close()
    return str(person)


@pytest.fixture
async def rounds(ledger: Ledger) -> Rounds:
    settings = ledger.settings
    await give_duty(settings, MAY, "commission_secretary")
    for subject, duty, body in (
        (PARTY_GROUP, "applicant_party_group", ledger.city.body),
        (CHAIR, "commission_chair", None),
        (MEMBER, "commission_member", None),
    ):
        ledger.ids[subject] = await _person(settings, subject, duty, body)
    head = {"issuer": "中共青澜市委编委办", "signers": ["office_director", "office_deputy"]}
    await ledger.done("POST", "/letterheads/青编办/set", head, DIRECTOR)
    assert LEGAL in ledger.ids
    return Rounds(ledger)
