"""The field study is kept visit by visit, and what it settles reaches the tables."""

from typing import Any

from service.core.ids import new_id
from service.features.matters.gather_facts import GatherFacts
from service.features.matters.keep_expert_opinions import KeepExpertOpinions
from service.features.matters.keep_study import KeepStudy
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Order, staff


def visited(*days: str, **more: Any) -> dict[str, Any]:
    said = dict.fromkeys(("vertical", "horizontal", "findings"), "相当。")
    visits = [{"date": day, "place": "市局", "people": "2人", "facts": "属实"} for day in days]
    return {"visits": visits, **said, **more}


async def test_each_visit_is_a_record_and_a_settled_dispute_is_known_to_the_tables(
    matter: str, order: Order, api: Api, city: City
) -> None:
    officer = await staff(city.settings, "studious", "office_case_officer", None)
    study = visited("2026-11-20", "2026-11-23", settled_in_writing=True)
    kept = await order(KeepStudy.model_validate({"matter_id": matter, "by": officer, **study}))
    assert kept.status < 400, kept.body
    visits = (await api("GET", f"/matters/{matter}/records?kind=VISIT")).json()["items"]
    assert {each["content"]["date"] for each in visits} == {"2026-11-20", "2026-11-23"}
    gathered = told(await order(GatherFacts(matter_id=matter)))
    assert gathered["matter"]["settled_in_writing"] is True
    early = {"matter_id": matter, "by": officer, **visited("2026-11-25")}
    assert told(await order(KeepStudy.model_validate(early)))["code"] == "not_yet_happened"


async def test_experts_sign_what_they_say(matter: str, order: Order, api: Api, city: City) -> None:
    expert = await staff(city.settings, "panel", "expert", None)

    def panel(document: Any) -> KeepExpertOpinions:
        opinion = {"expert": "专家组", "text": "可行", "signed_document_id": document}
        said = {"risk_assessment": "可控", "risk_level": "LOW", "conclusion": "可行"}
        return KeepExpertOpinions.model_validate(
            {"matter_id": matter, "opinions": [opinion], "by": expert, **said}
        )

    assert told(await order(panel(new_id())))["code"] == "document_missing"
    assert (await order(panel(city.document))).status < 400
    (record,) = (await api("GET", f"/matters/{matter}/records?kind=EXPERTS")).json()["items"]
    assert (record["given_by_name"], record["content"]["risk_level"]) == ("panel", "LOW")
