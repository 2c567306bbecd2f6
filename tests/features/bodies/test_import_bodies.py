"""Bodies by file: what the preview says is what the import does, all of it or nothing."""

from collections.abc import Sequence
from typing import Any

import pytest

from service.core.excel.read import read_sheet
from service.core.excel.sheet import MEDIA_TYPE, Value
from service.core.excel.write import write_sheet
from service.core.store.db import Database
from service.features.bodies.sheet import COLUMNS
from tests.builders import City
from tests.conftest import Api
from tests.people import MAY, MAY_READ, NEVER

LINE: dict[str, Value] = {
    "body_code": "990081050003",
    "full_name": "青澜市审计局",
    "body_type": "机关",
    "system_category": "政府",
    "rank": "正科",
    "civil_servant_law_ref": "否",
    "secrecy": "PUBLIC",
    "effective_on": "2019-03-01",
}


def file_of(*lines: dict[str, Value]) -> bytes:
    rows: list[Sequence[Value]] = [[line.get(column.name) for column in COLUMNS] for line in lines]
    return write_sheet("机构", COLUMNS, rows)


async def send(api: Api, path: str, content: bytes, **options: Any) -> Any:
    return await api("POST", path, content=content, content_type=MEDIA_TYPE, **options)


async def count(api: Api) -> int:
    return int((await api("GET", "/bodies/count")).json()["count"])


async def test_a_file_is_previewed_without_change_and_then_imported_as_a_whole(
    api: Api, city: City, document: Any
) -> None:
    station = LINE | {
        "body_code": "990081100001",
        "full_name": "青澜市农业技术推广中心",
        "other_names": "青澜市种子站、青澜市植保站",
        "body_type": "事业单位",
        "system_category": "事业单位",
        "inst_class": "公益一类",
        "parent_code": LINE["body_code"],
        "competent_code": "990081050001",
    }
    content = file_of(station, LINE)
    preview = (await send(api, "/bodies/import/preview", content)).json()
    assert (preview["lines"], preview["errors"], preview["is_importable"]) == (2, [], True)
    assert await count(api) == 2

    made = await send(api, f"/bodies/import?document_id={document}", content)
    assert made.status_code == 201, made.text
    assert made.json()["sha256"] == preview["sha256"]
    assert [each["line"] for each in made.json()["bodies"]] == [2, 3]
    ids = {each["line"]: each["body_id"] for each in made.json()["bodies"]}
    child = (await api("GET", f"/bodies/{ids[2]}")).json()
    assert (child["parent_id"], child["competent_body_id"]) == (ids[3], str(city.body))
    assert child["other_names"] == ["青澜市种子站", "青澜市植保站"]
    assert child["document_id"] == str(document)
    tree = (await api("GET", f"/bodies/{ids[2]}/tree")).json()
    assert [above["id"] for above in tree["above"]] == [ids[3]]


FAULTS: list[tuple[dict[str, Value], str | None]] = [
    ({"body_code": "990081050001"}, "机构编码 body_code"),
    ({"body_code": "99008105000"}, "机构编码 body_code"),
    ({"full_name": "青澜市第1局"}, "机构名称 full_name"),
    ({"full_name": None}, "机构名称 full_name"),
    ({"rank": "高级"}, "机构规格 rank"),
    ({"civil_servant_law_ref": "也许"}, "参公 civil_servant_law_ref"),
    ({"civil_servant_law_ref": "是"}, None),
    ({"parent_code": "990081059999"}, "上级机构编码 parent_code"),
    ({"parent_code": LINE["body_code"]}, None),
    ({"setup_date": "去年"}, "设立日期 setup_date"),
    ({"effective_on": "2100-01-01"}, None),
    ({"status": "已撤销"}, "状态 status"),
    ({"secrecy": "SECRET"}, None),
    ({"uscc": "119900819900000178"}, "统一社会信用代码 uscc"),
]


@pytest.mark.parametrize(("fault", "column"), FAULTS)
async def test_one_wrong_line_is_named_and_keeps_the_whole_file_out(
    api: Api, city: City, fault: dict[str, Value], column: str | None
) -> None:
    good = LINE | {"body_code": "990081050004", "full_name": "青澜市财政局"}
    content = file_of(good, LINE | fault)
    preview = (await send(api, "/bodies/import/preview", content)).json()
    assert [(each["line"], each["column"]) for each in preview["errors"]] == [(3, column)]
    assert (preview["lines"], preview["is_importable"]) == (2, False)
    refused = await send(api, "/bodies/import", content)
    assert (refused.status_code, refused.json()["code"]) == (422, "import_refused")
    assert refused.json()["facts"]["errors"] == preview["errors"]
    assert await count(api) == 2


async def test_two_lines_never_bear_one_code_or_name(api: Api, city: City) -> None:
    other = LINE | {"body_code": "990081050004"}
    errors = (await send(api, "/bodies/import/preview", file_of(LINE, other))).json()["errors"]
    assert [(each["line"], each["column"]) for each in errors] == [
        (2, "机构名称 full_name"),
        (3, "机构名称 full_name"),
    ]


async def test_what_is_exported_can_be_imported_elsewhere(
    api: Api, city: City, database: Database
) -> None:
    evil = '=HYPERLINK("http://example.invalid")'
    await send(api, "/bodies/import", file_of(LINE | {"address": evil, "phone": "000-00000000"}))
    got = await api("GET", "/bodies/export?text=审计")
    assert got.headers["content-type"] == MEDIA_TYPE
    assert got.headers["content-disposition"] == 'attachment; filename="bodies.xlsx"'
    line = read_sheet(got.content, COLUMNS)[0].values
    assert line["address"] == evil
    assert line == LINE | {
        "secrecy": "PUBLIC",
        "address": evil,
        "phone": "000-00000000",
        "status": "正常",
        "effective_on": line["effective_on"],
    }
    errors = (await send(api, "/bodies/import/preview", got.content)).json()["errors"]
    assert {each["column"] for each in errors} == {"机构编码 body_code", "机构名称 full_name"}


async def test_an_export_ends_at_the_callers_reach(api: Api, city: City) -> None:
    seen = {}
    for who in (MAY, MAY_READ, NEVER):
        got = await api("GET", "/bodies/export", who=who)
        seen[who] = [line.values["full_name"] for line in read_sheet(got.content, COLUMNS)]
    assert seen == {
        MAY: ["青澜市第1局", "青澜市第2局"],
        MAY_READ: ["青澜市第1局"],
        NEVER: ["青澜市第2局"],
    }
    assert (await api("GET", "/bodies/export", who=None)).status_code == 401


@pytest.mark.parametrize("path", ["/bodies/import", "/bodies/import/preview"])
async def test_only_the_duty_may_send_a_file(api: Api, city: City, path: str) -> None:
    for who, status in ((MAY_READ, 403), (NEVER, 403), (None, 401)):
        assert (await send(api, path, file_of(LINE), who=who)).status_code == status
    assert await count(api) == 2


async def test_a_file_that_is_no_workbook_or_too_large_is_refused(api: Api, city: City) -> None:
    path = "/bodies/import/preview"
    refused = await send(api, path, b"body_code,full_name")
    assert (refused.status_code, refused.json()["code"]) == (422, "workbook_unreadable")
    refused = await send(api, path, bytes(10_000_001))
    assert (refused.status_code, refused.json()["code"]) == (413, "payload_too_large")
    refused = await send(api, path, bytes(2_000_000))
    assert refused.json()["code"] == "workbook_unreadable", "an upload may be larger than JSON"


async def test_one_key_imports_one_file_and_the_audit_keeps_its_fingerprint_only(
    api: Api, city: City, database: Database
) -> None:
    content = file_of(LINE)
    first = await send(api, "/bodies/import", content, idempotency_key="k")
    again = await send(api, "/bodies/import", content, idempotency_key="k")
    assert (first.status_code, again.content) == (201, first.content)
    other = await send(api, "/bodies/import", file_of(), idempotency_key="k")
    assert other.json()["code"] == "idempotency_key_reused"
    asked = await database.reading.fetchval("SELECT asked FROM audit WHERE outcome = 'done'")
    assert asked["workbook"] == {"sha256": first.json()["sha256"], "size": len(content)}


async def test_a_thousand_lines_come_in_at_once(api: Api, city: City) -> None:
    lines = [
        LINE | {"body_code": f"99008110{number:04}", "full_name": f"青澜市第{number}站"}
        for number in range(1, 1001)
    ]
    made = await send(api, "/bodies/import", file_of(*lines))
    assert made.status_code == 201, made.text
    assert await count(api) == 1002
