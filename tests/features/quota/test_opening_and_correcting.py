"""Opening state may be what it was; corrections name what they correct; the past stays known."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from service.core.store.db import Database
from service.features.quota.abolish_body import AbolishBody
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.correct_entry import CorrectEntry
from service.features.quota.correct_opening import CorrectOpening
from service.features.quota.cut_quota import CutQuota
from service.features.quota.open_balances import OpenBalances
from service.features.quota.transfer_quota import TransferQuota
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do, told
from tests.features.quota.conftest import Ledger
from tests.people import MAY, MAY_READ, NEVER


def opening(city: City, posts: int) -> OpenBalances:
    return OpenBalances.model_validate(
        {
            "body_id": city.body,
            "effective_on": date(2026, 1, 1),
            "quotas": [{"kind": "ADMIN", "funding": "FULL", "posts": posts}],
            "leadership": [{"level": "ZHENGKE", "slot": "CHIEF", "posts": 1}],
        }
    )


def people(count: int, **facts: Any) -> dict[str, Any]:
    return {
        "effective_on": "2026-01-01",
        "persons": [
            {
                "id_no": number,
                "name": f"周某{nth:03}",
                "kind": "ADMIN",
                "funding": "FULL",
                "entry_type": "EXAM_RECRUITMENT",
                "entry_on": "2019-01-01",
                **facts,
            }
            for nth, number in enumerate(
                ("990081198501010017", "990081199202290025", "990081197811150037")[:count]
            )
        ],
    }


async def test_an_existing_breach_is_recorded_and_never_made_worse(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    await do(opening(city, 2))
    recorded = await api("POST", f"/bodies/{city.body}/persons/open", people(3))
    assert recorded.json() == {"active": 3, "exited": 0}
    row = (await api("GET", f"/bodies/{city.body}/balances")).json()["balances"][0]
    assert (row["authorised"], row["actual"], row["available"], row["over"]) == (2, 3, 0, 1)
    assert told(await ledger.reserve(1))["code"] == "quota_exceeded"
    assert (await ledger.grant(1)).status == 201
    assert told(await ledger.reserve(1))["code"] == "quota_exceeded"
    assert (await ledger.grant(1)).status == 201
    assert (await ledger.reserve(1)).status == 201


async def test_an_opening_may_exceed_the_citys_limit_but_then_nothing_is_granted(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    assert (await do(opening(city, 12))).status == 201
    limit = (await api("GET", "/city-limits")).json()["limits"][0]
    assert (limit["limit"], limit["allotted"], limit["over"]) == (10, 12, 2)
    assert told(await ledger.grant(1))["code"] == "city_limit_exceeded"


async def test_a_ledger_is_opened_once_and_first(ledger: Ledger, city: City, do: Do) -> None:
    await do(opening(city, 3))
    assert told(await do(opening(city, 3)))["code"] == "already_opened"


async def test_nothing_is_opened_for_a_body_that_is_closed(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    by = {"document_id": city.document, "effective_on": date(2026, 2, 1)}
    assert (await do(AbolishBody(body_id=city.body, **by), if_match="1")).status == 200
    assert told(await do(opening(city, 3)))["code"] == "body_not_living"
    found = await api("POST", f"/bodies/{city.body}/persons/open", people(1))
    assert found.json()["code"] == "body_not_living"


async def test_only_the_registrar_opens(ledger: Ledger, city: City, api: Api) -> None:
    quotas = {
        "effective_on": "2026-01-01",
        "quotas": [{"kind": "ADMIN", "funding": "FULL", "posts": 1}],
    }
    for path, body in (("balances/open", quotas), ("persons/open", people(1))):
        status = [
            (await api("POST", f"/bodies/{city.body}/{path}", body, who=who)).status_code
            for who in (MAY, MAY_READ, NEVER, None)
        ]
        assert status == [201, 403, 403, 401], path


async def test_people_who_left_before_are_recorded_and_counted_nowhere(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    await do(opening(city, 3))
    left = {"exit": {"exit_type": "RETIREMENT", "exit_on": "2025-06-01"}}
    recorded = await api("POST", f"/bodies/{city.body}/persons/open", people(2, **left))
    assert recorded.json() == {"active": 0, "exited": 2}
    row = (await api("GET", f"/bodies/{city.body}/balances")).json()["balances"][0]
    assert row["actual"] == 0
    assert (await api("GET", "/persons/count?status=EXITED")).json() == {"count": 2}


def correcting(city: City, entry_id: UUID | str) -> CorrectEntry:
    return CorrectEntry(entry_id=UUID(str(entry_id)), document_id=city.document, reason="录入错误")


async def test_a_correction_takes_back_both_sides_and_names_what_it_corrects(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    granted = told(await ledger.grant(4))["entries"]
    correction = told(await do(correcting(city, granted[0]["id"])))["entries"]
    assert {each["corrects_id"] for each in correction} == {each["id"] for each in granted}
    row = (await api("GET", f"/bodies/{city.body}/balances")).json()["balances"][0]
    assert row["authorised"] == 0
    assert (await api("GET", "/city-limits")).json()["limits"][0]["allotted"] == 0
    for again in (granted[1]["id"], correction[0]["id"]):
        assert told(await do(correcting(city, again)))["code"] == "entry_not_correctable"


async def test_a_correction_gives_both_sides_the_right_number(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    granted = told(await ledger.grant(4))["entries"]
    right = correcting(city, granted[0]["id"])
    same = await do(right.model_copy(update={"posts": 4}))
    assert told(same)["code"] == "nothing_changes"
    too_many = await do(right.model_copy(update={"posts": 11}))
    assert told(too_many)["code"] == "city_limit_exceeded"
    made = told(await do(right.model_copy(update={"posts": 7})))["entries"]
    assert sorted(
        (each["body_id"] is None, each["authorised"], each["actual"]) for each in made
    ) == [
        (False, 3, 0),
        (True, 0, 3),
    ]
    row = (await api("GET", f"/bodies/{city.body}/balances")).json()["balances"][0]
    assert row["authorised"] == 7
    assert (await api("GET", "/city-limits")).json()["limits"][0]["allotted"] == 7


async def test_a_corrected_transfer_moves_the_right_number_on_both_sides(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    await ledger.grant(6)
    transfer = TransferQuota(
        body_id=city.body,
        to_body_id=city.other_body,
        kind=QuotaKind.ADMIN,
        funding=Funding.FULL,
        posts=5,
        document_id=city.document,
        effective_on=date(2026, 2, 1),
    )
    moved = told(await do(transfer))["entries"]
    right = correcting(city, moved[1]["id"])
    assert told(await do(right.model_copy(update={"posts": 7})))["code"] == "quota_exceeded"
    assert (await do(right.model_copy(update={"posts": 2}))).status == 201
    left = [
        (await api("GET", f"/bodies/{body}/balances")).json()["balances"][0]["authorised"]
        for body in (city.body, city.other_body)
    ]
    assert left == [4, 2]


async def test_i3_a_corrected_limit_rests_on_a_superiors_document_too(
    ledger: Ledger, city: City, do: Do
) -> None:
    limit = told(await ledger.limit(20))["entries"][0]
    own = correcting(city, limit["id"]).model_copy(update={"posts": 5})
    refused = told(await do(own))
    assert (refused["code"], refused["rule"]) == ("superior_document_required", "I3")
    superior = own.model_copy(update={"document_id": ledger.superior})
    assert (await do(superior)).status == 201


async def test_a_correction_gives_nothing_to_a_body_that_is_closed(
    ledger: Ledger, city: City, do: Do
) -> None:
    await ledger.grant(4)
    cut = CutQuota(
        body_id=city.body,
        kind=QuotaKind.ADMIN,
        funding=Funding.FULL,
        posts=4,
        document_id=city.document,
        effective_on=date(2026, 2, 1),
    )
    entries = told(await do(cut))["entries"]
    by = {"document_id": city.document, "effective_on": date(2026, 2, 1)}
    assert (await do(AbolishBody(body_id=city.body, **by), if_match="1")).status == 200
    assert told(await do(correcting(city, entries[0]["id"])))["code"] == "body_not_living"


def opening_corrected(entry_id: str, posts: int) -> CorrectOpening:
    return CorrectOpening(entry_id=UUID(entry_id), posts=posts, reason="点错行")


async def test_a_wrong_opening_is_corrected_by_an_entry_that_names_it(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    quota, chief = told(await do(opening(city, 3)))["entries"]
    taken_back = await do(correcting(city, quota["id"]))
    assert told(taken_back)["code"] == "entry_not_correctable", "an opening has its own verb"
    first = told(await do(opening_corrected(quota["id"], 12)))["entries"][0]
    assert (first["corrects_id"], first["authorised"]) == (quota["id"], 9)
    limit = (await api("GET", "/city-limits")).json()["limits"][0]
    assert (limit["allotted"], limit["over"]) == (12, 2), "recorded state, as an opening is"
    again = told(await do(opening_corrected(quota["id"], 5)))
    assert again["code"] == "entry_not_correctable"
    second = told(await do(opening_corrected(first["id"], 5)))["entries"][0]
    assert (second["corrects_id"], second["authorised"]) == (first["id"], -7)
    assert told(await do(opening_corrected(second["id"], 5)))["code"] == "nothing_changes"
    assert (await api("GET", "/city-limits")).json()["limits"][0]["allotted"] == 5
    posts = told(await do(opening_corrected(chief["id"], 0)))["entries"][0]
    assert (posts["ledger"], posts["authorised"]) == ("LEADERSHIP", -1)


async def test_a_corrected_opening_flags_people_and_keeps_promises(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    entry = told(await do(opening(city, 5)))["entries"][0]
    await api("POST", f"/bodies/{city.body}/persons/open", people(3))
    held = told(await ledger.reserve(2))
    assert told(await do(opening_corrected(entry["id"], 4)))["code"] == "quota_exceeded"
    release = await api("POST", f"/reservations/{held['id']}/release", {}, if_match='"1"')
    assert release.status_code == 200
    found = told(await do(opening_corrected(entry["id"], 4)))["entries"][0]
    assert found["is_breach"] is True, "more was promised then"
    more = told(await do(opening_corrected(found["id"], 6)))["entries"][0]
    assert more["is_breach"] is False


async def test_more_people_than_a_corrected_opening_are_recorded_and_flagged(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    entry = told(await do(opening(city, 5)))["entries"][0]
    await api("POST", f"/bodies/{city.body}/persons/open", people(3))
    found = told(await do(opening_corrected(entry["id"], 2)))["entries"][0]
    assert found["is_breach"] is True
    row = (await api("GET", f"/bodies/{city.body}/balances")).json()["balances"][0]
    assert (row["authorised"], row["over"]) == (2, 1)


async def test_only_the_registrar_corrects_an_opening(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    entry = told(await do(opening(city, 5)))["entries"][0]
    path, body = f"/entries/{entry['id']}/correct-opening", {"posts": 4, "reason": "点错行"}
    status = [
        (await api("POST", path, body, who=who)).status_code for who in (MAY, MAY_READ, NEVER, None)
    ]
    assert status == [201, 403, 403, 401]


async def test_only_one_of_two_corrections_at_once_counts(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    granted = told(await ledger.grant(4))["entries"]
    await ledger.grant(4)
    answers = await asyncio.gather(*(do(correcting(city, granted[0]["id"])) for _ in range(4)))
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    row = (await api("GET", f"/bodies/{city.body}/balances")).json()["balances"][0]
    assert row["authorised"] == 4


async def test_a_correction_never_takes_posts_that_are_promised(
    ledger: Ledger, city: City, do: Do
) -> None:
    granted = told(await ledger.grant(4))["entries"]
    await ledger.reserve(1)
    assert told(await do(correcting(city, granted[0]["id"])))["code"] == "quota_exceeded"


async def test_what_a_reservation_or_a_person_did_is_not_taken_back_by_hand(
    ledger: Ledger, city: City, do: Do, database: Database
) -> None:
    await ledger.grant(4)
    await ledger.reserve(1)
    entry = await database.reading.fetchval("SELECT id FROM entry WHERE action = 'RESERVE'")
    assert told(await do(correcting(city, entry)))["code"] == "entry_not_correctable"


async def test_only_the_office_corrects(ledger: Ledger, city: City, api: Api) -> None:
    granted = told(await ledger.grant(4))["entries"]
    body = {"document_id": str(city.document), "reason": "录入错误"}
    path = f"/entries/{granted[0]['id']}/correct"
    status = [
        (await api("POST", path, body, who=who)).status_code for who in (MAY, MAY_READ, NEVER, None)
    ]
    assert status == [201, 403, 403, 401]
    assert (await api("POST", f"/entries/{UUID(int=5)}/correct", body)).status_code == 404


async def test_what_was_known_is_answered_as_it_was_known(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    granted = told(await ledger.grant(4))["entries"]
    then = datetime.now(UTC)
    await asyncio.sleep(0.01)
    await do(correcting(city, granted[0]["id"]))
    path = f"/bodies/{city.body}/balances"
    moment = then.isoformat().replace("+", "%2B")
    before = (await api("GET", f"{path}?known_at={moment}")).json()["balances"][0]
    assert before["authorised"] == 4
    count = f"/bodies/{city.body}/entries/count"
    assert (await api("GET", f"{count}?known_at={moment}")).json() == {"count": 1}
    assert (await api("GET", count)).json() == {"count": 2}


async def test_an_instant_that_may_still_change_is_refused(
    ledger: Ledger, city: City, api: Api, settings: Settings
) -> None:
    await ledger.grant(4)
    open_one = await asyncpg.connect(settings.database_url)
    await open_one.execute("BEGIN")
    await open_one.execute("SELECT 1")
    moment = (datetime.now(UTC) + timedelta(seconds=0)).isoformat().replace("+", "%2B")
    path = f"/bodies/{city.body}/balances?known_at={moment}"
    refused = await api("GET", path)
    assert (refused.status_code, refused.json()["code"]) == (422, "known_at_not_settled")
    await open_one.execute("ROLLBACK")
    await open_one.close()
    assert (await api("GET", path)).status_code == 200


async def test_a_backdated_breach_is_flagged_and_needs_the_director(
    ledger: Ledger, city: City, do: Do, settings: Settings
) -> None:
    await ledger.grant(2, on=date(2026, 5, 1))
    early = await ledger.reserve(1, on=date(2026, 4, 1))
    assert told(early)["code"] == "backdated_breach"
    await give_duty(settings, MAY, "office_director")
    assert (await ledger.reserve(1, on=date(2026, 4, 1))).status == 201
    assert told(await ledger.reserve(2, on=date(2026, 4, 1)))["code"] == "quota_exceeded"
    connection = await asyncpg.connect(settings.database_url)
    flags = await connection.fetch("SELECT is_breach FROM entry WHERE action = 'RESERVE'")
    await connection.close()
    assert [row["is_breach"] for row in flags] == [True]
