"""Random commands from several connections at once, against the model in plain dictionaries.

Each turn gives some commands at the same moment. What the ledger answered must be what the model
answers in some order of them, and then every balance of every day must be the model's. The seed
is printed by pytest's parameters, so a run can be repeated.
"""

import asyncio
import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from service.check import check, page
from service.core.command import Answer
from service.core.operation import Command
from service.core.store.db import Database
from service.features.quota.change_quota_kind import ChangeQuotaKind
from service.features.quota.codes import EntryType, ExitType, Funding, QuotaKind
from service.features.quota.cut_quota import CutQuota
from service.features.quota.enter_person import EnterPerson
from service.features.quota.exit_person import ExitPerson
from service.features.quota.grant_quota import GrantQuota
from service.features.quota.move_person import MovePerson
from service.features.quota.release_reservation import ReleaseReservation
from service.features.quota.reserve_posts import ReservePosts
from service.features.quota.set_city_limit import SetCityLimit
from service.features.quota.transfer_quota import TransferQuota
from service.settings import Settings
from tests.builders import TODAY, City
from tests.conftest import Do, told
from tests.features.quota.conftest import Ledger, person
from tests.features.quota.ledger_model import Model, Step

KINDS = ("ADMIN", "SUPPORT")
#: The last two lie in the future.
DAYS = [TODAY + timedelta(days=days) for days in (-200, -90, -30, -1, 0, 10, 60)]
AT_ONCE = 4


class Dice:
    """Chooses steps that have a chance to be done, and some that have none."""

    def __init__(self, seed: int, city: City) -> None:
        self.random = random.Random(seed)
        self.bodies = [str(city.body), str(city.other_body)]

    def step(self, model: Model, name: str) -> Step:
        """One step; `name` is what a reservation or person that it makes is called."""
        choose = self.random.choice
        doable = ["limit", "grant", "grant", "cut", "transfer", "change", "reserve", "reserve"]
        if model.reservations:
            doable += ["release", "enter", "enter", "enter"]
        if model.people:
            doable += ["leave", "move", "move"] if model.reservations else ["leave"]
        body, other = self.random.sample(self.bodies, 2)
        kind, to_kind = self.random.sample(KINDS, 2)
        step: Step = {
            "do": choose(doable),
            "body": body,
            "to_body": other,
            "kind": kind,
            "to_kind": to_kind,
            "on": choose(DAYS),
            "posts": self.random.randint(1, 5),
            "number": self.random.randint(1, 6),
            "new": name,
        }
        if step["do"] == "limit":
            step["posts"] = self.random.randint(5, 25)
        if model.people:
            step["person"] = choose(list(model.people)[-8:])
            step["version"] = model.people[step["person"]]["version"]
        if model.reservations:
            step["reservation"] = choose(list(model.reservations)[-6:])
            held = model.reservations[step["reservation"]]
            if step["do"] == "release":
                step["version"] = held["version"]
            elif step["do"] in ("enter", "move") and self.random.random() < 0.9:
                step["body"], step["kind"] = held["key"]
        return step


def command_of(step: Step, ledger: Ledger, ids: dict[str, str]) -> Command[Any]:
    """A step as the command that asks for it."""
    full, kind, on = Funding.FULL, QuotaKind(step["kind"]), step["on"]
    line: dict[str, Any] = {"kind": kind, "funding": full, "posts": step["posts"]}
    by: dict[str, Any] = {"document_id": ledger.city.document, "effective_on": on}
    body, to_body = UUID(step["body"]), UUID(step["to_body"])
    notice = UUID(ids[step["reservation"]]) if "reservation" in step else None
    who = UUID(ids[step["person"]]) if "person" in step else None
    match step["do"]:
        case "limit":
            return SetCityLimit(**line, **by | {"document_id": ledger.superior})
        case "grant":
            return GrantQuota(body_id=body, **line, **by)
        case "cut":
            return CutQuota(body_id=body, **line, **by)
        case "transfer":
            return TransferQuota(body_id=body, to_body_id=to_body, **line, **by)
        case "change":
            to_kind = QuotaKind(step["to_kind"])
            return ChangeQuotaKind(body_id=body, to_kind=to_kind, to_funding=full, **line, **by)
        case "reserve":
            expires_on = date(2030, 1, 1)
            period = {"effective_on": on, "expires_on": expires_on}
            return ReservePosts(body_id=body, purpose="招录", **line, **period)
        case "release":
            assert notice is not None
            return ReleaseReservation(reservation_id=notice)
        case "enter":
            told_of = person(step["number"], kind=kind, entry_type=EntryType.OTHER)
            return EnterPerson(body_id=body, person=told_of, reservation_id=notice, **by)
        case "leave":
            assert who is not None
            return ExitPerson(person_id=who, exit_type=ExitType.OTHER, **by)
        case "move":
            to = {"to_body_id": body, "kind": kind, "funding": full}
            return MovePerson(person_id=who, reservation_id=notice, **to, **by)
        case other:
            raise AssertionError(other)


def explained(model: Model, steps: list[Step], done: list[bool]) -> Model | None:
    """The model after the steps in some order in which it answers as the ledger did."""
    for order in permutations(range(len(steps))):
        now = model
        for place in order:
            after = now.follow(steps[place])
            if (after is not None) != done[place]:
                break
            now = after or now
        else:
            return now
    return None


Key = tuple[str | None, str]


async def stored(database: Database) -> dict[Key, dict[date, list[int]]]:
    """The balance of every account on each day on which it changes; its sums as of the end."""
    records = await database.reading.fetch(
        """SELECT a.body_id::text, a.kind, a.authorised, a.actual, a.reserved,
                  e.effective_on, sum(e.authorised)::int, sum(e.actual)::int, sum(e.reserved)::int
           FROM account a JOIN entry e ON e.account_id = a.id
           GROUP BY a.id, e.effective_on ORDER BY a.id, e.effective_on"""
    )
    balances: dict[Key, dict[date, list[int]]] = defaultdict(dict)
    now: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    for body, kind, authorised, actual, reserved, on, *more in records:
        key = (body, kind)
        now[key] = [count + change for count, change in zip(now[key], more, strict=True)]
        balances[key][on] = now[key]
        balances[key][date.max] = [authorised, actual, reserved]
    return dict(balances)


async def turns(
    count: int, seed: int, ledger: Ledger, do: Do, database: Database
) -> tuple[int, int]:
    """Give commands for so many turns; how many were done and how many refused."""
    dice, model = Dice(seed, ledger.city), Model(TODAY)
    assert (await ledger.limit(20)).status == 201
    model.add((None, "ADMIN"), date(2026, 1, 1), authorised=20)
    ids: dict[str, str] = {}
    done_count = refused_count = 0
    for turn in range(count):
        steps = [dice.step(model, f"{turn}-{nth}") for nth in range(AT_ONCE)]
        answers = await asyncio.gather(*(_given(do, ledger, step, ids) for step in steps))
        done = [answer.status < 400 for answer in answers]
        assert all(answer.status < 500 for answer in answers), [answer.body for answer in answers]
        after = explained(model, steps, done)
        assert after is not None, _account_of(steps, answers)
        model = after
        for step, answer in zip(steps, answers, strict=True):
            if answer.status < 400 and step["do"] in ("reserve", "enter"):
                ids[step["new"]] = told(answer)["id"]
        _require_equal(model, await stored(database), steps)
        done_count += sum(done)
        refused_count += len(done) - sum(done)
    return done_count, refused_count


async def _given(do: Do, ledger: Ledger, step: Step, ids: dict[str, str]) -> Answer:
    version = step.get("version") if step["do"] in ("release", "leave", "move") else None
    headers = {} if version is None else {"if_match": str(version)}
    return await do(command_of(step, ledger, ids), **headers)


def _account_of(steps: list[Step], answers: list[Answer]) -> str:
    lines = [
        f"{step} -> {answer.outcome}: {answer.body.decode() if answer.status >= 400 else ''}"
        for step, answer in zip(steps, answers, strict=True)
    ]
    return "Expected an order in which the model answers so:\n" + "\n".join(lines)


def _require_equal(
    model: Model, found: dict[Key, dict[date, list[int]]], steps: list[Step]
) -> None:
    assert set(found) <= set(model.accounts)
    for key, account in model.accounts.items():
        days = found.get(key, {})
        for day in {*account, *days}:
            known = max((on for on in days if on <= day), default=None)
            is_there = [0, 0, 0] if known is None else days[known]
            assert is_there == model.balance(key, day), (key, day, steps)


@pytest.mark.parametrize("seed", [1, 2])
async def test_random_commands_at_once_do_what_the_model_does(
    ledger: Ledger, do: Do, database: Database, settings: Settings, seed: int
) -> None:
    done, refused = await turns(40, seed, ledger, do, database)
    assert min(done, refused) > 20
    report = await check(settings)
    assert report.is_sound, page(report)


@pytest.mark.long
@pytest.mark.parametrize("seed", [random.SystemRandom().randrange(10**6) for _ in range(3)])
async def test_many_random_commands_at_once_do_what_the_model_does(
    ledger: Ledger, do: Do, database: Database, settings: Settings, seed: int
) -> None:
    done, refused = await turns(1000, seed, ledger, do, database)
    assert min(done, refused) > 500
    report = await check(settings)
    assert report.is_sound, page(report)
