"""A body is asked once and answers once; silence is no opinion, and never consent."""

from typing import Any

from service.core.ids import new_id
from service.features.matters.escalate_opinion import EscalateOpinion
from service.features.matters.gather_facts import GatherFacts
from service.features.matters.record_opinion import RecordOpinion
from service.features.matters.request_opinion import RequestOpinion
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Order, staff

SAID: dict[str, Any] = {"opinion": "OBJECT", "text": "本单位编制不足。"}


async def asked(order: Order, matter: str, city: City) -> str:
    """A request to the other body; its id."""
    made = await order(RequestOpinion(matter_id=matter, body_id=city.other_body, questions="可否"))
    assert made.status < 400, made.body
    return str(told(made)["opinion_request_id"])


async def test_a_body_is_asked_about_the_changes_as_they_stand_and_its_answer_stays(
    matter: str, order: Order, city: City, api: Api
) -> None:
    request = await asked(order, matter, city)
    (shown,) = (await api("GET", f"/matters/{matter}/opinions")).json()["items"]
    assert (shown["due"], shown["opinion"], shown["deltas_number"]) == ("2026-12-01", None, 1)
    assert [each["after"] for each in shown["deltas"]] == [7]
    person = await staff(city.settings, "consulted", "consulted_officer", city.other_body)
    said = {**SAID, "document_id": str(city.document), "by": str(person)}
    answer = told(await order(RecordOpinion(opinion_request_id=request, **said)))
    assert (answer["opinion"], answer["given_by_name"]) == ("OBJECT", "consulted")
    for again in (RecordOpinion(opinion_request_id=request, **SAID), EscalateOpinion):
        command = again if isinstance(again, RecordOpinion) else again(opinion_request_id=request)
        assert told(await order(command))["code"] == "opinion_answered"


async def test_a_silent_body_has_its_leader_asked_and_then_stands_as_without_opinion(
    matter: str, order: Order, city: City, api: Api
) -> None:
    request = await asked(order, matter, city)
    assert told(await order(EscalateOpinion(opinion_request_id=request)))["due"] == "2026-11-27"
    silent = RecordOpinion(opinion_request_id=request, opinion="NO_OPINION")
    assert told(await order(silent))["given_by_name"] is None
    (shown,) = (await api("GET", f"/matters/{matter}/opinions")).json()["items"]
    assert (shown["opinion"], shown["text"]) == ("NO_OPINION", "")
    assert shown["escalated_at"] is not None


async def test_the_tables_learn_how_many_bodies_object_each_by_its_last_word(
    matter: str, order: Order, city: City
) -> None:
    async def objecting() -> Any:
        return told(await order(GatherFacts(matter_id=matter)))["matter"]["bodies_objecting"]

    await order(RecordOpinion(opinion_request_id=await asked(order, matter, city), **SAID))
    assert await objecting() == 1
    later = RecordOpinion(opinion_request_id=await asked(order, matter, city), opinion="AGREE")
    await order(later)
    assert await objecting() == 0


async def test_nobody_is_asked_who_does_not_exist_and_no_letter_is_named_that_does_not(
    matter: str, order: Order, city: City
) -> None:
    nobody = RequestOpinion(matter_id=matter, body_id=new_id())
    assert told(await order(nobody))["code"] == "not_found"
    unknown = RecordOpinion(opinion_request_id=new_id(), opinion="AGREE")
    assert told(await order(unknown))["code"] == "not_found"
    request = await asked(order, matter, city)
    letter = RecordOpinion(opinion_request_id=request, **SAID, document_id=new_id())
    assert told(await order(letter))["code"] == "document_missing"
