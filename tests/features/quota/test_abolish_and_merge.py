"""Closing bodies: abolished only when empty (I18), merged with no more quota than before (I17)."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from service.core.command import Answer
from service.core.operation import Command
from service.core.store.db import Database
from service.features.bodies.codes import SystemCategory
from service.features.bodies.re_subordinate_body import ReSubordinateBody
from service.features.bodies.rename_body import RenameBody
from service.features.bodies.set_functions import SetFunctions
from service.features.bodies.start_reform import StartReform
from service.features.quota.abolish_body import AbolishBody
from service.features.quota.codes import ExitType, Funding, Level, QuotaKind, Slot
from service.features.quota.cut_quota import CutQuota
from service.features.quota.exit_person import ExitPerson
from service.features.quota.grant_leadership_posts import GrantLeadershipPosts
from service.features.quota.merge_bodies import MergeBodies, ResultingQuota
from service.features.quota.person_facts import Post
from tests.builders import City, registration
from tests.conftest import Api, Do, told
from tests.features.bodies.conftest import statuses
from tests.features.quota.conftest import Ledger

ON = date(2026, 10, 1)


@pytest.fixture
def say(do: Do, city: City, database: Database) -> Any:
    """Give a verb about a body (ours unless another is named) on its present version."""

    async def say(verb: type[Command[Any]], body: UUID | None = None, **facts: Any) -> Answer:
        body = body or city.body
        version = await database.reading.fetchval("SELECT version FROM body WHERE id = $1", body)
        by: dict[str, Any] = {"document_id": city.document, "effective_on": ON}
        return await do(verb(**{"body_id": body} | by | facts), if_match=str(version))

    return say


def code_of(answer: Answer) -> tuple[int, str]:
    return answer.status, told(answer).get("code", "")


async def balance(database: Database, body: UUID | None) -> dict[str, tuple[int, int, int]]:
    """What is authorised, held and reserved in each quota account of a body; None: the city."""
    records = await database.reading.fetch(
        """SELECT kind, authorised, actual, reserved FROM account
           WHERE body_id IS NOT DISTINCT FROM $1 AND ledger = 'QUOTA'""",
        body,
    )
    return {r[0]: (r[1], r[2], r[3]) for r in records}


async def person_of(ledger: Ledger, number: int, **facts: Any) -> dict[str, Any]:
    held = told(await ledger.reserve(1))
    answer = await ledger.enter(number, held["id"], **facts)
    assert answer.status == 201, answer.body
    person: dict[str, Any] = told(answer)
    return person


async def leave(do: Do, city: City, person: dict[str, Any]) -> None:
    asked = ExitPerson(
        person_id=UUID(person["id"]),
        exit_type=ExitType.RETIREMENT,
        effective_on=date(2026, 9, 1),
        document_id=city.document,
    )
    assert (await do(asked, if_match="1")).status == 200


async def test_i18_a_body_is_abolished_once_everybody_is_placed_and_no_quota_is_left(
    do: Do, api: Api, say: Any, ledger: Ledger, city: City
) -> None:
    await ledger.grant(1)
    person = await person_of(ledger, 1)
    assert code_of(await say(AbolishBody)) == (422, "still_in_use")
    await leave(do, city, person)
    assert code_of(await say(AbolishBody)) == (422, "still_in_use")
    cut = CutQuota(
        body_id=city.body,
        kind=QuotaKind.ADMIN,
        funding=Funding.FULL,
        posts=1,
        document_id=city.document,
        effective_on=ON,
    )
    await do(cut)
    early = await say(AbolishBody, effective_on=date(2026, 9, 30))
    assert code_of(early) == (422, "day_out_of_order")
    assert told(await say(AbolishBody))["status"] == "ABOLISHED"
    assert code_of(await say(RenameBody, full_name="新名")) == (422, "body_closed")
    then = (await api("GET", f"/bodies/{city.body}?as_of=2026-09-30")).json()
    assert then["status"] == "ACTIVE"


async def test_what_a_closed_body_did_and_how_it_was_divided_ends_with_it(
    api: Api, say: Any, city: City
) -> None:
    path = f"/bodies/{city.body}"
    by = {"document_id": str(city.document), "effective_on": "2026-01-01"}
    section = {"section_name": "综合股", **by}
    section_id = (await api("POST", f"{path}/internal-bodies", section)).json()["id"]
    await say(SetFunctions, add=({"content": "审计监督", "internal_body_id": section_id},))
    assert (await say(AbolishBody)).status == 200
    for what in ("functions", "internal-bodies"):
        assert (await api("GET", f"{path}/{what}")).json()["items"] == []
        before = f"{path}/{what}?as_of=2026-{'09-30' if what == 'internal-bodies' else '10-01'}"
        assert len((await api("GET", before)).json()["items"]) == (what == "internal-bodies")


async def test_a_body_with_others_below_it_is_not_abolished(do: Do, say: Any, city: City) -> None:
    await say(ReSubordinateBody, city.other_body, parent_id=city.body)
    assert code_of(await say(AbolishBody)) == (422, "still_in_use")
    await say(ReSubordinateBody, city.other_body, parent_id=None)
    assert (await say(AbolishBody)).status == 200


@pytest.mark.parametrize("turn", range(4))
async def test_a_body_is_never_both_abolished_and_granted_quota(
    do: Do, say: Any, ledger: Ledger, city: City, database: Database, turn: int
) -> None:
    if turn % 2:  # the account is there already, with nothing left in it
        await ledger.grant(1, on=date(2026, 1, 1))
        asked = {"kind": QuotaKind.ADMIN, "funding": Funding.FULL, "posts": 1}
        by = {"document_id": city.document, "effective_on": date(2026, 2, 1)}
        await do(CutQuota(body_id=city.body, **asked, **by))
    abolished, granted = await asyncio.gather(say(AbolishBody), ledger.grant(1, on=ON))
    assert (abolished.status == 200) != (granted.status == 201)
    left = (await balance(database, city.body)).get("ADMIN", (0, 0, 0))
    assert left[0] == (1 if granted.status == 201 else 0)


async def test_i17_a_merged_body_has_at_most_the_sum_and_the_people_come_along(
    api: Api, say: Any, ledger: Ledger, city: City, database: Database
) -> None:
    await ledger.grant(3)
    await ledger.grant(2, body=city.other_body)
    person = await person_of(ledger, 1)
    await say(StartReform, effective_on=date(2026, 9, 1))
    asked: dict[str, Any] = {"body": city.other_body, "merged_ids": (city.body,)}

    def quotas(posts: int) -> tuple[ResultingQuota, ...]:
        return (ResultingQuota(kind=QuotaKind.ADMIN, funding=Funding.FULL, posts=posts),)

    refused = await say(MergeBodies, **asked, quotas=quotas(6))
    assert code_of(refused) == (422, "merge_exceeds_sum")
    assert told(refused)["rule"] == "I17"
    assert code_of(await say(MergeBodies, **asked, quotas=quotas(0))) == (422, "quota_exceeded")
    assert (await balance(database, city.body))["ADMIN"] == (3, 1, 0)

    merged = await say(MergeBodies, **asked, quotas=quotas(4))
    assert merged.status == 200, merged.body
    assert (await balance(database, city.body))["ADMIN"] == (0, 0, 0)
    assert (await balance(database, city.other_body))["ADMIN"] == (4, 1, 0)
    assert (await balance(database, None))["ADMIN"] == (10, 4, 0)
    moved = (await api("GET", f"/persons/{person['id']}")).json()
    assert (moved["body_id"], moved["work_body_id"]) == (str(city.other_body),) * 2
    closed = (await api("GET", f"/bodies/{city.body}")).json()
    assert (closed["status"], closed["merged_into_id"]) == ("MERGED", str(city.other_body))
    on = "as_of=2026-09-30"
    before = (await api("GET", f"/bodies/{city.body}/balances?{on}")).json()["balances"]
    assert (before[0]["authorised"], before[0]["actual"]) == (3, 1)


async def test_without_a_word_about_quotas_the_sum_is_kept(
    say: Any, ledger: Ledger, city: City, database: Database
) -> None:
    await ledger.grant(3)
    await say(StartReform, effective_on=date(2026, 9, 1))
    merged = await say(MergeBodies, city.other_body, merged_ids=(city.body,))
    assert merged.status == 200, merged.body
    assert (await balance(database, city.other_body))["ADMIN"] == (3, 0, 0)
    assert (await balance(database, None))["ADMIN"] == (10, 3, 0)


async def test_a_merger_waits_for_the_reform_for_promises_and_for_leaders(
    do: Do, say: Any, ledger: Ledger, city: City, database: Database
) -> None:
    await ledger.grant(3)
    asked: dict[str, Any] = {"body": city.other_body, "merged_ids": (city.body,)}
    assert code_of(await say(MergeBodies, **asked)) == (422, "body_status_unfit")
    await say(StartReform, effective_on=date(2026, 9, 1))
    held = told(await ledger.reserve(1))
    assert code_of(await say(MergeBodies, **asked)) == (422, "still_in_use")

    await do(
        GrantLeadershipPosts(
            body_id=city.body,
            level=Level.ZHENGKE,
            slot=Slot.CHIEF,
            posts=1,
            document_id=city.document,
            effective_on=date(2026, 1, 1),
        )
    )
    chief = Post(level=Level.ZHENGKE, slot=Slot.CHIEF)
    leader = told(await ledger.enter(1, held["id"], post=chief))
    assert code_of(await say(MergeBodies, **asked)) == (422, "still_in_use")
    await leave(do, city, leader)
    assert (await say(MergeBodies, **asked)).status == 200
    posts = await database.reading.fetchval(
        "SELECT sum(authorised) FROM account WHERE body_id = $1", city.body
    )
    assert posts == 0


async def test_bodies_of_a_merger_are_different_and_within_reach(say: Any, city: City) -> None:
    same = await say(MergeBodies, merged_ids=(city.body,))
    assert code_of(same) == (422, "same_body")
    nowhere = await say(MergeBodies, merged_ids=(city.document,))
    assert code_of(nowhere) == (404, "not_found")


async def test_only_the_duty_may_close_a_body(api: Api, city: City) -> None:
    by: dict[str, Any] = {"document_id": str(city.document), "effective_on": "2026-10-01"}
    merge = by | {"merged_ids": [str(city.other_body)]}
    path = f"/bodies/{city.body}"
    assert (await api("POST", f"{path}/merge", merge)).status_code == 428
    assert await statuses(api, "POST", f"{path}/merge", merge, if_match="1") == [422, 403, 403, 401]
    assert (await api("POST", f"{path}/abolish", by)).status_code == 428
    assert await statuses(api, "POST", f"{path}/abolish", by, if_match="1") == [200, 403, 403, 401]


async def test_a_grant_beside_a_merger_is_counted_once(
    say: Any, ledger: Ledger, city: City, database: Database
) -> None:
    await ledger.grant(2)
    await say(StartReform, effective_on=date(2026, 9, 1))
    asked = say(MergeBodies, city.other_body, merged_ids=(city.body,))
    merged, *grants = await asyncio.gather(
        asked,
        ledger.grant(1, on=ON),
        ledger.grant(1, on=ON, body=city.other_body),
    )
    granted = sum(grant.status == 201 for grant in grants)
    both = [await balance(database, body) for body in (city.body, city.other_body)]
    authorised = sum(each.get("ADMIN", (0, 0, 0))[0] for each in both)
    assert authorised == 2 + granted
    assert (await balance(database, None))["ADMIN"][1] == authorised
    if merged.status == 200:
        assert both[0]["ADMIN"][0] == 0


async def test_i21_what_stands_below_a_town_is_not_merged_into_an_organ_of_the_city(
    do: Do, say: Any, city: City
) -> None:
    town = told(
        await do(registration("990081110009", "青澜市第9镇", system_category=SystemCategory.TOWN))
    )
    await say(ReSubordinateBody, parent_id=UUID(town["id"]), effective_on=date(2026, 8, 1))
    await say(StartReform, effective_on=date(2026, 9, 1))
    refused = await say(MergeBodies, city.other_body, merged_ids=(city.body,))
    assert code_of(refused) == (422, "grass_roots_protected")
