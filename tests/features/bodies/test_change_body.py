"""Changing a body: names, rank, details and status, each by its verb and its document."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.core.secrecy import Secrecy
from service.core.store.db import Database
from service.features.bodies.add_nameplate import AddNameplate
from service.features.bodies.change_body_details import ChangeBodyDetails
from service.features.bodies.codes import Rank
from service.features.bodies.end_reform import EndReform
from service.features.bodies.re_rank_body import ReRankBody
from service.features.bodies.remove_nameplate import RemoveNameplate
from service.features.bodies.rename_body import RenameBody
from service.features.bodies.start_reform import StartReform
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.bodies.conftest import Change, code_of, statuses

VERBS: dict[str, dict[str, Any]] = {
    "rename": {"full_name": "青澜市审计局"},
    "add-nameplate": {"nameplate": "青澜市大数据中心"},
    "re-rank": {"rank": "FUKE"},
    "re-subordinate": {"parent_id": None},
    "change-details": {"phone": "000-00000000"},
    "start-reform": {},
}


@pytest.fixture
def by(document: UUID) -> dict[str, Any]:
    return {"document_id": str(document), "effective_on": "2025-01-01"}


@pytest.mark.parametrize("verb", [*VERBS, "remove-nameplate", "end-reform"])
async def test_only_the_duty_may_change_a_body(
    api: Api, city: City, by: dict[str, Any], verb: str
) -> None:
    path = f"/bodies/{city.body}/{verb}"
    asked = VERBS.get(verb, {"nameplate": "无"} if verb == "remove-nameplate" else {}) | by
    may, *others = await statuses(api, "POST", path, asked, if_match="1")
    assert others == [403, 403, 401]
    assert may in (200, 422), "422 where there is nothing to undo yet"


@pytest.mark.parametrize("verb", [v for v in VERBS if v != "re-subordinate"])
async def test_a_change_needs_the_version_it_was_decided_on(
    api: Api, city: City, by: dict[str, Any], verb: str
) -> None:
    path = f"/bodies/{city.body}/{verb}"
    assert (await api("POST", path, VERBS[verb] | by)).status_code == 428
    assert (await api("POST", path, VERBS[verb] | by, if_match="7")).status_code == 412
    done = await api("POST", path, VERBS[verb] | by, if_match='"1"')
    assert (done.status_code, done.headers["etag"]) == (200, '"2"')
    assert (await api("GET", f"/bodies/{city.body}")).json() == done.json()


async def test_of_two_renames_at_once_one_is_done(do: Do, city: City, document: UUID) -> None:
    asked = [
        RenameBody(
            body_id=city.body,
            document_id=document,
            effective_on=date(2025, 1, 1),
            full_name=f"青澜市第{number}十局",
        )
        for number in "一二三四"
    ]
    answers = await asyncio.gather(*(do(each, if_match="1") for each in asked))
    assert sorted(answer.status for answer in answers) == [200, 412, 412, 412]


async def test_a_new_name_is_found_and_the_old_one_only_in_the_past(
    api: Api, change: Change, city: City
) -> None:
    await change(RenameBody, full_name="青澜市审计局", on=date(2024, 5, 1))
    assert (await api("GET", "/bodies/count?text=第1局")).json()["count"] == 0
    assert (await api("GET", "/bodies/count?text=审计局")).json()["count"] == 1
    then = (await api("GET", "/bodies?text=第1局&as_of=2024-04-30")).json()["items"]
    assert [each["id"] for each in then] == [str(city.body)]
    assert (await api("GET", "/bodies/count?text=第1局&as_of=2024-05-01")).json()["count"] == 0


async def test_a_name_of_another_body_is_refused_until_it_is_free(
    change: Change, city: City
) -> None:
    assert code_of(await change(RenameBody, full_name="青澜市第2局")) == "body_name_taken"
    await change(RenameBody, city.other_body, full_name="青澜市第3局")
    assert (await change(RenameBody, full_name="青澜市第2局")).status == 200


async def test_nameplates_come_and_go_and_are_searched(
    api: Api, change: Change, city: City
) -> None:
    plate = "青澜市大数据中心"
    assert told(await change(AddNameplate, nameplate=plate))["other_names"] == [plate]
    assert code_of(await change(AddNameplate, nameplate=plate)) == "nothing_changes"
    assert (await api("GET", "/bodies/count?text=数据")).json()["count"] == 1
    assert told(await change(RemoveNameplate, nameplate=plate))["other_names"] == []
    assert code_of(await change(RemoveNameplate, nameplate=plate)) == "nothing_changes"
    assert (await api("GET", "/bodies/count?text=数据")).json()["count"] == 0


async def test_details_left_out_stay_and_null_empties_what_may_be_empty(change: Change) -> None:
    told_ = told(await change(ChangeBodyDetails, phone="000-00000000", address="澜水路1号"))
    assert (told_["phone"], told_["address"]) == ("000-00000000", "澜水路1号")
    told_ = told(await change(ChangeBodyDetails, phone=None, main_functions="审计监督"))
    assert (told_["phone"], told_["address"]) == (None, "澜水路1号")
    assert told_["main_functions"] == "审计监督"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"secrecy": Secrecy.SECRET}, "classified_matter"),
        ({"civil_servant_law_ref": True}, "body_facts_disagree"),
        ({"body_type": "PUBLIC_INSTITUTION"}, "body_facts_disagree"),
        ({}, "nothing_changes"),
        ({"document_id": str(uuid4()), "phone": "1"}, "invalid_input"),
        ({"effective_on": "2100-01-01", "phone": "1"}, "day_out_of_order"),
        ({"effective_on": "2019-02-28", "phone": "1"}, "day_out_of_order"),
    ],
)
async def test_details_that_break_a_rule_are_refused(
    api: Api, city: City, by: dict[str, Any], facts: dict[str, Any], code: str
) -> None:
    path = f"/bodies/{city.body}/change-details"
    refused = await api("POST", path, by | facts, if_match="1")
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_a_reform_starts_and_ends(change: Change) -> None:
    assert code_of(await change(EndReform)) == "nothing_changes"
    assert told(await change(StartReform))["status"] == "IN_REFORM"
    assert told(await change(EndReform))["status"] == "ACTIVE"


async def test_every_change_leaves_a_version_with_its_document_and_its_verb(
    api: Api, change: Change, city: City, document: UUID
) -> None:
    await change(ReRankBody, rank=Rank.FUKE, on=date(2024, 1, 1))
    await change(RenameBody, full_name="青澜市审计局", on=date(2025, 1, 1))
    path = f"/bodies/{city.body}/versions"
    versions = (await api("GET", path)).json()["items"]
    assert [(v["action"], v["true_from"], v["true_until"]) for v in versions] == [
        ("REGISTER", "2019-03-01", "2024-01-01"),
        ("RE_RANK", "2024-01-01", "2025-01-01"),
        ("RENAME", "2025-01-01", None),
    ]
    assert [v["document_id"] for v in versions[1:]] == [str(document)] * 2
    first = (await api("GET", f"{path}?limit=2")).json()
    rest = (await api("GET", f"{path}?limit=2&cursor={first['next']}")).json()
    assert first["items"] + rest["items"] == versions
    assert rest["next"] is None
    assert await statuses(api, "GET", path) == [200, 200, 404, 401]


async def test_two_changes_on_one_day_leave_the_later_known_one_in_force(
    api: Api, change: Change, city: City
) -> None:
    await change(ReRankBody, rank=Rank.FUKE, on=date(2024, 1, 1))
    await change(ReRankBody, rank=Rank.ZHENGGU, on=date(2024, 1, 1))
    then = (await api("GET", f"/bodies/{city.body}?as_of=2024-01-01")).json()
    assert (then["rank"], then["version"]) == ("ZHENGGU", None)
    versions = (await api("GET", f"/bodies/{city.body}/versions")).json()["items"]
    assert [v["known_until"] is None for v in versions] == [True, False, True]


async def test_the_application_can_neither_edit_nor_delete_a_version(database: Database) -> None:
    for statement in ("UPDATE body_version SET reason = 'x'", "DELETE FROM body_version"):
        with pytest.raises(Exception, match="permission denied"):
            await database.writing.execute(statement)
