"""Quota lines: listed, totalled, and by file; what the preview says is what the import does."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from service.core.excel.read import read_sheet
from service.core.excel.sheet import MEDIA_TYPE, Value
from service.core.excel.write import write_sheet
from service.features.quota.correct_opening import CorrectOpening
from service.features.quota.line_sheet import COLUMNS
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.quota.conftest import Ledger
from tests.people import MAY, MAY_READ, NEVER

LINE: dict[str, Value] = {
    "body_code": "990081050001",
    "kind": "行政编制",
    "funding": "财政全额拨款",
    "authorised": 6,
    "effective_on": "2026-01-01",
}


def file_of(*lines: dict[str, Value]) -> bytes:
    rows: list[Sequence[Value]] = [[line.get(column.name) for column in COLUMNS] for line in lines]
    return write_sheet("编制", COLUMNS, rows)


async def send(api: Api, path: str, content: bytes, **options: Any) -> Any:
    return await api("POST", path, content=content, content_type=MEDIA_TYPE, **options)


async def lines(api: Api, **asked: str) -> list[tuple[str, str, str, int, int, int]]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    items = (await api("GET", f"/quota/lines?{query}")).json()["items"]
    return [
        (i["body_code"][-1], i["kind"], i["funding"], i["authorised"], i["actual"], i["available"])
        for i in items
    ]


@pytest.fixture
async def three_lines(ledger: Ledger, city: City) -> Ledger:
    """Two lines of ours, of which one holds a person, and one of the other body."""
    await ledger.limit(9, "INSTITUTION", "SELF")
    await ledger.grant(3)
    await ledger.grant(2, "INSTITUTION", "SELF")
    await ledger.grant(4, body=city.other_body)
    notice = told(await ledger.reserve(2))["id"]
    assert (await ledger.enter(1, notice)).status == 201
    return ledger


async def test_lines_are_listed_counted_and_totalled_alike(
    three_lines: Ledger, city: City, api: Api
) -> None:
    assert await lines(api) == [
        ("1", "ADMIN", "FULL", 3, 1, 1),
        ("1", "INSTITUTION", "SELF", 2, 0, 2),
        ("2", "ADMIN", "FULL", 4, 0, 4),
    ]
    for asked, expected in (
        ({"kind": "ADMIN"}, ["1", "2"]),
        ({"funding": "SELF"}, ["1"]),
        ({"body_id": str(city.other_body)}, ["2"]),
    ):
        assert [line[0] for line in await lines(api, **asked)] == expected
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        count = (await api("GET", f"/quota/lines/count?{query}")).json()
        assert count == {"count": len(expected)}
    totals = (await api("GET", "/quota/lines/totals")).json()["totals"]
    assert [
        (t["kind"], t["lines"], t["authorised"], t["actual"], t["reserved"], t["available"])
        for t in totals
    ] == [("ADMIN", 2, 7, 1, 1, 5), ("INSTITUTION", 1, 2, 0, 0, 2)]


async def test_pages_follow_each_other_without_gap_or_repetition(
    three_lines: Ledger, api: Api
) -> None:
    seen, cursor = [], ""
    for _ in range(3):
        page = (await api("GET", f"/quota/lines?limit=1{cursor}")).json()
        seen += [(i["body_code"], i["kind"]) for i in page["items"]]
        cursor = f"&cursor={page['next']}"
    assert page["next"] is None
    assert len(set(seen)) == 3
    wrong = await api("GET", "/quota/lines?cursor=bm8")
    assert wrong.json()["code"] == "invalid_cursor"


async def test_a_moment_of_the_past_is_answered_as_it_was(
    three_lines: Ledger, city: City, api: Api
) -> None:
    assert await lines(api, as_of="2025-12-31") == []
    assert (await lines(api, as_of="2026-02-01"))[0] == ("1", "ADMIN", "FULL", 3, 0, 3)
    then = datetime.now(UTC).isoformat().replace("+", "%2B")
    await asyncio.sleep(0.01)
    await three_lines.limit(5, "SUPPORT")
    await three_lines.grant(1, "SUPPORT")
    assert len(await lines(api)) == 4
    assert len(await lines(api, known_at=then)) == 3, "the newer account does not show"


async def test_three_people_and_the_lines(three_lines: Ledger, api: Api) -> None:
    for path, key in (("", "items"), ("/totals", "totals")):
        found = [
            len((await api("GET", f"/quota/lines{path}", who=who)).json()[key])
            for who in (MAY, MAY_READ, NEVER)
        ]
        assert found == ([3, 2, 1] if path == "" else [2, 2, 1])
        assert (await api("GET", f"/quota/lines{path}", who=None)).status_code == 401
    for path, expected in (
        ("/quota/lines/import/preview", [200, 403, 403, 401]),
        ("/quota/lines/import", [422, 403, 403, 401]),
    ):
        got = [
            (await send(api, path, file_of(), who=who)).status_code
            for who in (MAY, MAY_READ, NEVER, None)
        ]
        assert got == expected


async def test_a_file_is_previewed_without_change_and_then_imported_as_a_whole(
    ledger: Ledger, city: City, api: Api, do: Do
) -> None:
    other = LINE | {"body_code": "990081050002", "authorised": 7}
    content = file_of(LINE, other, LINE | {"kind": "SUPPORT", "authorised": 1})
    preview = (await send(api, "/quota/lines/import/preview", content)).json()
    assert (preview["lines"], preview["errors"], preview["is_importable"]) == (3, [], True)
    assert await lines(api) == []

    made = await send(api, f"/quota/lines/import?document_id={city.document}", content)
    assert made.status_code == 201, made.text
    assert made.json()["sha256"] == preview["sha256"]
    assert [each["line"] for each in made.json()["entries"]] == [2, 3, 4]
    assert [line[:4] for line in await lines(api)] == [
        ("1", "ADMIN", "FULL", 6),
        ("1", "SUPPORT", "FULL", 1),
        ("2", "ADMIN", "FULL", 7),
    ]
    limits = {each["kind"]: each for each in (await api("GET", "/city-limits")).json()["limits"]}
    assert (limits["ADMIN"]["allotted"], limits["ADMIN"]["over"]) == (13, 3), "recorded state"
    again = await send(api, "/quota/lines/import", content)
    assert again.json()["code"] == "import_refused"
    first, second, _ = (each["entry_id"] for each in made.json()["entries"])
    for entry, posts in ((first, 5), (second, 4)):
        right = CorrectOpening(entry_id=entry, posts=posts, reason="点错行")
        assert (await do(right)).status == 201
    limits = {each["kind"]: each for each in (await api("GET", "/city-limits")).json()["limits"]}
    assert limits["ADMIN"]["allotted"] == 9


FAULTS: list[tuple[dict[str, Value], str | None]] = [
    ({"body_code": "990081059999"}, "机构编码 body_code"),
    ({"body_code": None}, "机构编码 body_code"),
    ({"kind": "临时编制"}, "编制类型 kind"),
    ({"funding": "SELF"}, "经费形式 funding"),
    ({"authorised": 0}, "核定编制数 authorised"),
    ({"authorised": "六"}, "核定编制数 authorised"),
    ({"authorised": None}, "核定编制数 authorised"),
    ({"effective_on": "去年"}, "生效日期 effective_on"),
    ({"kind": "SUPPORT"}, None),
]


@pytest.mark.parametrize(("fault", "column"), FAULTS)
async def test_one_wrong_line_is_named_and_keeps_the_whole_file_out(
    ledger: Ledger, api: Api, fault: dict[str, Value], column: str | None
) -> None:
    await ledger.limit(5, "SUPPORT")
    await ledger.grant(1, "SUPPORT")
    good = LINE | {"body_code": "990081050002"}
    content = file_of(good, LINE | fault)
    preview = (await send(api, "/quota/lines/import/preview", content)).json()
    assert [(each["line"], each["column"]) for each in preview["errors"]] == [(3, column)]
    refused = await send(api, "/quota/lines/import", content)
    assert (refused.status_code, refused.json()["code"]) == (422, "import_refused")
    assert refused.json()["facts"]["errors"] == preview["errors"]
    assert len(await lines(api)) == 1


async def test_one_line_stands_once_in_a_file(ledger: Ledger, api: Api) -> None:
    errors = (await send(api, "/quota/lines/import/preview", file_of(LINE, LINE))).json()["errors"]
    assert [each["line"] for each in errors] == [2, 3]


async def test_what_is_exported_can_be_imported_elsewhere(
    three_lines: Ledger, api: Api, city: City
) -> None:
    got = await api("GET", "/quota/lines/export?kind=ADMIN")
    assert got.headers["content-type"] == MEDIA_TYPE
    assert got.headers["content-disposition"] == 'attachment; filename="quota-lines.xlsx"'
    first, second = (line.values for line in read_sheet(got.content, COLUMNS))
    assert first == {
        "body_code": "990081050001",
        "full_name": "青澜市第1局",
        "kind": "行政编制",
        "funding": "财政全额拨款",
        "authorised": 3,
        "actual": 1,
        "reserved": 1,
        "frozen": 0,
        "available": 1,
        "over": 0,
        "effective_on": first["effective_on"],
    }
    assert second["body_code"] == "990081050002"
    seen = read_sheet((await api("GET", "/quota/lines/export", who=NEVER)).content, COLUMNS)
    assert [line.values["body_code"] for line in seen] == ["990081050002"]
    errors = (await send(api, "/quota/lines/import/preview", got.content)).json()["errors"]
    assert [each["line"] for each in errors] == [2, 3], "here they are opened already"
    elsewhere = {**first, "kind": "工勤编制"}
    assert (await send(api, "/quota/lines/import", file_of(elsewhere))).status_code == 201


async def test_one_key_imports_one_file(ledger: Ledger, api: Api) -> None:
    content = file_of(LINE)
    first = await send(api, "/quota/lines/import", content, idempotency_key="k")
    again = await send(api, "/quota/lines/import", content, idempotency_key="k")
    assert (first.status_code, again.content) == (201, first.content)
