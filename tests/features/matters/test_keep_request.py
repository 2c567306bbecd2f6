"""What a form says becomes what the matter asks for, and stays in the file as it was given."""

from typing import Any

from service.core.store.db import Database
from service.features.matters.file_application import FileApplication
from service.features.matters.keep_request import KeepRequest
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.matters.after_the_end import ended, rules_in_force
from tests.features.matters.conftest import Deciding, Order, asking
from tests.people import MAY_READ

ART16 = {
    "leadership": "坚持党的领导",
    "conformity": "符合规定",
    "need_and_means": "确有需要",
    "science": "科学合理",
    "foresight": "已有预案",
}


def said(matter: str, kind: str = "REQUEST", **form: Any) -> KeepRequest:
    return KeepRequest.model_validate({"matter_id": matter, "kind": kind, **form})


def row(**changed: Any) -> dict[str, Any]:
    """A row of the list of changes, as a form has it."""
    return {
        "ledger": "QUOTA",
        "action": "CHANGE",
        "kind": "ADMIN",
        "funding": "FULL",
        "before": 5,
        "after": 6,
        "source": "OUTSIDE",
        **changed,
    }


async def test_a_request_says_the_matter_anew(
    matter: str, order: Order, api: Api, city: City
) -> None:
    basis = {"title": "工作\n方案", "number": "青编发〔2026〕1号", "level": "CITY"}
    kept = told(
        await order(
            said(
                matter,
                title="关于增加行政编制的请示",
                deltas=[row(), row(ledger="NAME", action="RENAME", before="旧名", after="新名")],
                basis=[basis],
                art16=ART16,
                open_problems="无",
                contents=[{"code": "REASONS", "text": "任务增加"}],
                materials=[{"code": "MINUTES", "document_id": city.document}],
            )
        )
    )
    assert kept["title"] == "关于增加行政编制的请示"
    assert kept["statements"] == list(ART16.values())
    assert (kept["contents"], kept["materials"]) == (["REASONS"], ["MINUTES"])
    assert (kept["basis"][0]["title"], kept["basis"][0]["number"]) == (
        "工作 方案",
        "青编发〔2026〕1号",
    )
    # A row that names no body is about the applicant's own; words are no number.
    first, second = kept["deltas"]
    assert (first["body_id"], first["before"], first["after"]) == (str(city.body), 5, 6)
    assert (second["text"], second["before"], second["after"]) == ("新名", None, None)
    assert kept["deltas_number"] == 2
    file = (await api("GET", f"/matters/{matter}/records")).json()["items"]
    assert [each["kind"] for each in file] == ["REQUEST"]
    assert file[0]["content"]["contents"] == [{"code": "REASONS", "text": "任务增加"}]


async def test_a_change_half_said_is_refused_with_its_row(matter: str, order: Order) -> None:
    refused = told(await order(said(matter, deltas=[row(), row(kind=None)])))
    assert (refused["code"], refused["facts"]["row"]) == ("delta_incomplete", 2)


async def test_a_paper_that_nobody_registered_is_refused(
    matter: str, order: Order, city: City, database: Database
) -> None:
    paper = {"code": "MINUTES", "document_id": city.body}
    assert told(await order(said(matter, materials=[paper])))["code"] == "document_missing"
    assert await database.reading.fetchval("SELECT count(*) FROM matter_record") == 0


async def test_a_supplement_adds_to_what_is_there(matter: str, order: Order, city: City) -> None:
    first = {"code": "MINUTES", "document_id": city.document}
    await order(said(matter, materials=[first], art16=ART16))
    await order(FileApplication(matter_id=matter))
    later = {"code": "FISCAL", "document_id": city.document}
    kept = told(await order(said(matter, "SUPPLEMENT", reply="已补", materials=[later])))
    assert kept["materials"] == ["MINUTES", "FISCAL"]
    assert kept["statements"] == list(ART16.values())
    assert told(await order(said(matter, title="改题")))["code"] == "matter_moved"


async def test_what_was_refused_this_year_says_what_has_changed(
    deciding: Deciding, order: Order, do: Do, city: City
) -> None:
    await rules_in_force(city.settings)
    await ended(deciding, "E4", "NOT_SUPPORTED")
    again = told(await do(asking(city), who=MAY_READ))["id"]
    assert told(await order(said(again, title="再次请示")))["code"] == "change_unsaid"
    kept = await order(said(again, title="再次请示", changed_since_refusal="编制已调剂"))
    assert kept.status == 200, kept.body
    other = told(await do(asking(city, type="M12"), who=MAY_READ))["id"]
    assert (await order(said(other, title="另一事项"))).status == 200
