"""Recording documents: numbers without gaps, nothing edited, nothing classified."""

import asyncio
from datetime import date
from typing import Any

from service.core.secrecy import Secrecy
from service.features.documents.record_document import RecordDocument
from tests.conftest import Api, Do, told
from tests.people import MAY, MAY_READ, NEVER

ASKED = {
    "series": "青编",
    "year": 2026,
    "title": "关于核定编制的批复",
    "issued_on": "2026-03-01",
    "issuer": "中共青澜市委机构编制委员会",
}


def recording(**changed: Any) -> RecordDocument:
    return RecordDocument.model_validate(ASKED | changed)


async def test_i15_numbers_are_gap_free_per_series_and_year(do: Do) -> None:
    own = [recording() for _ in range(12)]
    failing = [recording(supersedes_id="00000000-0000-7000-8000-000000000000") for _ in range(6)]
    answers = await asyncio.gather(
        *(do(each) for pair in zip(own, own[:6] + failing, strict=True) for each in pair)
    )
    numbers = sorted(told(answer)["number"] for answer in answers if answer.status == 201)
    assert numbers == list(range(1, 19))
    assert sum(answer.status == 422 for answer in answers) == 6
    next_year = await do(recording(year=2027))
    assert told(next_year)["code"] == "青编〔2027〕1号"


async def test_a_paper_of_somebody_else_keeps_its_number(do: Do) -> None:
    answer = await do(recording(series="澜编发", number=7))
    assert told(answer)["code"] == "澜编发〔2026〕7号"
    again = await do(recording(series="澜编发", number=7))
    assert told(again)["code"] == "document_number_taken"


async def test_an_own_number_is_never_given_by_hand(do: Do) -> None:
    await do(recording())
    answer = await do(recording(number=9))
    assert (answer.status, told(answer)["code"]) == (422, "series_numbered_here")


async def test_a_correction_supersedes_once_and_the_first_stays_as_it_was(do: Do, api: Api) -> None:
    first = told(await do(recording()))
    correction = told(await do(recording(title="更正", supersedes_id=first["id"])))
    again = await do(recording(title="再更正", supersedes_id=first["id"]))
    assert (again.status, told(again)["code"]) == (409, "document_already_superseded")
    read = (await api("GET", f"/documents/{first['id']}")).json()
    assert read == first | {"superseded_by_id": correction["id"]}
    current = (await api("GET", "/documents?is_current=true&year=2026")).json()["items"]
    assert [each["id"] for each in current] == [correction["id"]]


async def test_i20_classified_matter_is_refused_at_input(do: Do) -> None:
    answer = await do(recording(secrecy=Secrecy.CONFIDENTIAL))
    assert (answer.status, told(answer)["code"]) == (422, "classified_matter")


async def test_only_the_office_records_documents(api: Api) -> None:
    status = {
        who: (await api("POST", "/documents", ASKED, who=who)).status_code
        for who in (MAY, MAY_READ, NEVER, None)
    }
    assert status == {MAY: 201, MAY_READ: 403, NEVER: 403, None: 401}


async def test_pages_follow_each_other_without_gap_or_repeat(do: Do, api: Api) -> None:
    for day in range(1, 8):
        await do(recording(issued_on=date(2026, 3, day)))
    seen, cursor = [], ""
    while True:
        page = (await api("GET", f"/documents?year=2026&limit=3{cursor}")).json()
        seen += [each["issued_on"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == [f"2026-03-{day:02}" for day in range(7, 0, -1)]
    assert (await api("GET", "/documents/count?year=2026")).json() == {"count": 7}
    refused = await api("GET", "/documents?cursor=bm9uc2Vuc2U")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_cursor")
