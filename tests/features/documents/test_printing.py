"""Printing: all that must stand on a paper stands there, as text, and the same each time."""

import asyncio
import io
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import docx
import pytest

from service.features.documents import printing
from service.features.documents.composing import composed
from service.features.documents.kinds.registry import KINDS, PaperKind, read_data
from service.features.documents.paper import Block, Paper
from service.features.documents.printing import Form, printed
from service.features.documents.rules import PressBusy
from tests.conftest import Api
from tests.contract.samples import MISSING
from tests.features.documents.conftest import BASIS, REQUEST, Draft, Issue
from tests.features.documents.pdf_text import text_of
from tests.people import MAY_READ

HOSTILE = [
    '#panic("x")',
    '#import "@preview/cetz:0.3.0": *',
    '#read("/etc/passwd") $x^2$ *粗* _斜_ `码` // 注 /* */ @ref <label>',
    '"], "layout": 9, "title": "}',
    "] #set page(width: 1pt) [",
    "{matter} {0} %s {{x}} {% raw %} {{ 7*7 }}",
    "<w:p>&amp;&lt;script&gt;</w:p> ]]> <!--",
    "\\u0000 \\x41 \\ 反",
]


def paper(**changed: Any) -> Paper:
    empty: dict[str, Any] = {
        "letterhead": "中共青澜市委机构编制委员会办公室",
        "code": "青编办〔2026〕1号",
        "secrecy": "内部",
        "title": "标题",
        "recipient": "某局",
        "blocks": [],
        "correction": "",
        "attachments": [],
        "basis": [],
        "release": "",
        "issuer": "中共青澜市委机构编制委员会办公室",
        "signer": "甲",
        "dated": "2026年11月24日",
        "copies_to": [],
        "watermark": "",
    }
    return Paper(**(empty | changed))


def words_of(file: bytes) -> str:
    """All words of a Word file, in order."""
    document = docx.Document(io.BytesIO(file))
    lines = [each.text for each in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


async def test_an_issued_paper_shows_number_basis_release_and_both_names(
    api: Api, issue: Issue
) -> None:
    document = await issue(
        basis=[*BASIS, {"level": "INTERNAL", "title": "办理时限默认值"}],
        attachments=["材料清单"],
        copies_to=["市财政局"],
    )
    pdf = await api("GET", f"/documents/{document['id']}/pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert "attachment" in pdf.headers["content-disposition"]
    word = await api("GET", f"/documents/{document['id']}/docx")
    for text in (text_of(pdf.content), words_of(word.content)):
        for told in (
            "青编办〔2026〕1号",
            "关于设立内设机构的受理回执",
            "青澜市第1局：",
            "已于2026年11月24日受理，受理编号QL-SX-2026-0001。",
            "党组会议纪要",
            "《中国共产党机构编制工作条例》第十四条（中央规定）",
            "办理时限默认值（内部规定）",
            "办理所依流程：matters第1版（提交人：officer；审定人：director）",
            "签发人：director",
            "2026年11月24日",
            "附件：1．材料清单",
            "抄送：市财政局",
        ):
            assert told in text
        assert "《办理时限默认值》" not in text
        assert "核稿" not in text


async def test_a_draft_is_marked_for_checking_and_a_units_own_paper_is_not(
    api: Api, draft: Draft, city: Any
) -> None:
    made = await draft()
    pdf = await api("GET", f"/document-drafts/{made['id']}/pdf")
    assert "核稿" in text_of(pdf.content)
    assert "青编办〔　　〕　号".replace("　", "") in text_of(pdf.content).replace("　", "")
    word = await api("GET", f"/document-drafts/{made['id']}/docx")
    with ZipFile(io.BytesIO(word.content)) as parts:
        headers = [parts.read(name).decode() for name in parts.namelist() if "header" in name]
    assert any('string="核稿"' in header for header in headers)
    sent = {"kind": "REQUEST", "title": "关于增设综合科的请示", "data": REQUEST}
    own = await api("POST", "/document-drafts", sent | {"body_id": str(city.body)}, who=MAY_READ)
    pdf = await api("GET", f"/document-drafts/{own.json()['id']}/pdf", who=MAY_READ)
    text = text_of(pdf.content)
    assert "核稿" not in text
    for told in (
        "青一局发〔2026〕7号",
        "妥否，请批示。",
        "逐项说明（《条例》第十六条）",
        "有利于。",
    ):
        assert told in text


async def test_the_same_document_gives_the_same_bytes_and_its_etag_saves_them(
    api: Api, issue: Issue
) -> None:
    document = await issue()
    for way in ("pdf", "docx"):
        path = f"/documents/{document['id']}/{way}"
        first, second = await asyncio.gather(api("GET", path), api("GET", path))
        assert first.content == second.content
        assert first.headers["etag"] == f'"{document["digest"]}-{way}"'
        same = await api("GET", path, if_none_match=first.headers["etag"])
        assert (same.status_code, same.content) == (304, b"")


@pytest.mark.parametrize("form", Form)
async def test_what_people_write_is_set_as_text_and_never_as_markup(form: Form) -> None:
    blocks = [
        Block(kind="paragraph", cells=[[HOSTILE[0]]]),
        Block(kind="heading", cells=[[HOSTILE[1]]]),
        Block(kind="pairs", cells=[[HOSTILE[2], HOSTILE[3]]]),
        Block(kind="grid", cells=[[HOSTILE[4], HOSTILE[5]], [HOSTILE[6], HOSTILE[7]]]),
    ]
    everywhere = {
        name: HOSTILE[place]
        for place, name in enumerate(
            "letterhead code title recipient correction release issuer signer".split()  # noqa: SIM905
        )
    }
    lists = dict.fromkeys(("attachments", "basis", "copies_to"), HOSTILE)
    file = await printed(paper(blocks=blocks, **everywhere, **lists), form, None)
    text = text_of(file) if form is Form.PDF else words_of(file)
    squeezed = "".join(text.split())
    for told in HOSTILE:
        assert "".join(told.split()) in squeezed


async def test_nothing_written_turns_the_direction_of_what_is_printed(
    api: Api, issue: Issue
) -> None:
    document = await issue(title="同意\u202e意同不\uffff", attachments=["甲\u2066乙"])
    paper = (await api("GET", f"/documents/{document['id']}/content")).json()["paper"]
    assert (paper["title"], paper["attachments"]) == ("同意\ufffd意同不\ufffd", ["甲\ufffd乙"])
    assert (await api("GET", f"/documents/{document['id']}/docx")).status_code == 200


def samples() -> Iterator[tuple[PaperKind, dict[str, Any]]]:
    """The smallest data of every kind, from its own schema."""
    for kind in PaperKind:
        schema = KINDS[kind].data.model_json_schema()
        yield kind, _object(schema, schema.get("$defs", {}))


def _object(schema: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(each, known) for name, each in schema["properties"].items()}


def _value(schema: dict[str, Any], known: dict[str, Any]) -> Any:
    match schema:
        case {"$ref": reference}:
            return _value(known[reference.rpartition("/")[2]], known)
        case {"anyOf": [first, *_]}:
            return _value(first, known)
        case {"enum": [first, *_]}:
            return first
        case {"type": "object"}:
            return _object(schema, known)
        case {"type": "array"}:
            return [_value(schema["items"], known)]
        case {"type": "boolean"}:
            return True
        case {"type": "integer" | "number"}:
            return 41
        case {"format": "date"}:
            return "2026-11-24"
        case _:
            return schema.get("title", "字") + "说" * schema.get("minLength", 1)


@pytest.mark.parametrize(("kind", "data"), list(samples()))
async def test_every_kind_of_paper_is_printed_with_all_its_data(
    kind: PaperKind, data: dict[str, Any]
) -> None:
    read = read_data(kind, data)
    blocks = composed(KINDS[kind], read)
    text = "".join((await _text(blocks)).split())
    for name, value in data.items():
        for told in _leaves(value):
            assert "".join(told.split()) in text, name


async def _text(blocks: list[Block]) -> str:
    return text_of(await printed(paper(blocks=blocks), Form.PDF, None))


def _leaves(value: Any) -> list[str]:
    match value:
        case dict():
            return [leaf for each in value.values() for leaf in _leaves(each)]
        case list():
            return [leaf for each in value for leaf in _leaves(each)]
        case True:
            return ["是"]
        case "2026-11-24":
            return ["2026年11月24日"]
        case str() if value.isascii():  # a code, which is printed by its Chinese name
            return []
        case _:
            return [str(value)]


async def test_a_paper_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_LONGEST_S", 0.001)
    began = time.monotonic()
    with pytest.raises(PressBusy):
        await printed(paper(), Form.PDF, None)
    assert time.monotonic() - began < 5


async def test_more_than_may_wait_are_refused_at_once_and_the_loop_goes_on() -> None:
    many = [asyncio.create_task(printed(paper(title=f"第{n}"), Form.PDF, None)) for n in range(25)]
    ticks = 0
    while not all(task.done() for task in many):
        await asyncio.sleep(0.01)
        ticks += 1
    done = [task.exception() for task in many]
    assert [type(each) for each in done].count(PressBusy) == 5
    assert done.count(None) == 20
    assert ticks > 20


async def test_a_lost_draft_looks_like_one_out_of_reach(api: Api, city: Any) -> None:
    got = await api("GET", f"/document-drafts/{UUID(MISSING)}/pdf")
    assert (got.status_code, got.json()["code"]) == (404, "not_found")
