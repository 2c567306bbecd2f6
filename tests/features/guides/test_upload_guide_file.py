"""Templates and samples: harmless files, public with the guide that names them."""

import io
from zipfile import ZipFile

import docx
import pytest

from tests.builders import City
from tests.conftest import Api
from tests.contract.samples import MISSING
from tests.features.guides.conftest import MINUTES, PAGE, Publish
from tests.people import MAY, MAY_READ, NEVER

PATH = "/guide-files?filename=会议纪要样表.docx"


def word() -> bytes:
    made = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("会议纪要（样表）")
    document.save(made)
    return made.getvalue()


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return made.getvalue()


async def test_a_template_is_public_with_the_guide_that_names_it(
    api: Api, publish: Publish, city: City
) -> None:
    content = word()
    made = await api("POST", PATH, content=content)
    assert made.status_code == 201, made.text
    file = made.json()
    path = f"/guide-files/{file['id']}"
    assert (await api("GET", path, who=None)).status_code == 404
    preview = await api("GET", f"{path}/preview")
    assert preview.content == content
    status = [(await api("GET", f"{path}/preview", who=w)).status_code for w in (MAY_READ, None)]
    assert status == [403, 401]
    await publish(materials=[MINUTES | {"template_file_id": file["id"]}])
    page = (await api("GET", "/guides/M10", who=None)).json()
    assert page["materials"][0]["template"] == file
    got = await api("GET", path, who=None)
    assert (got.content, got.headers["content-type"]) == (content, file["media_type"])
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"
    same = await api("GET", path, who=None, if_none_match=got.headers["etag"])
    assert (same.status_code, same.content) == (304, b"")
    await publish(title="不再附样表")
    assert (await api("GET", path, who=None)).status_code == 200


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("a.pdf", b"MZ program"),
        ("a.docx", b"%PDF-1.7"),
        ("a.docx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.xlsx", archive("xl/workbook.xml")),
        ("a.ofd", archive("else.xml")),
        ("a.xlsx", b"PK\x03\x04 broken"),
    ],
)
async def test_a_file_that_is_not_what_it_says_or_carries_a_program_is_refused(
    api: Api, city: City, filename: str, content: bytes
) -> None:
    got = await api("POST", f"/guide-files?filename={filename}", content=content)
    assert (got.status_code, got.json()["code"]) == (422, "guide_file_unsafe")


@pytest.mark.parametrize(
    "filename", ["a.exe", "../a.pdf", "a.pdf.html", "<a>.pdf", ".pdf", "a b.pdf"]
)
async def test_a_name_that_is_none_is_refused(api: Api, city: City, filename: str) -> None:
    got = await api("POST", f"/guide-files?filename={filename}", content=b"%PDF-1.7")
    assert (got.status_code, got.json()["code"]) == (422, "invalid_input")


async def test_pdf_excel_and_ofd_are_files_too(api: Api, city: City) -> None:
    for name, content in (
        ("a.pdf", b"%PDF-1.7"),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.ofd", archive("OFD.xml")),
    ):
        got = await api("POST", f"/guide-files?filename={name}", content=content)
        assert got.status_code == 201, got.text


async def test_too_large_a_file_is_refused(api: Api, city: City) -> None:
    got = await api("POST", "/guide-files?filename=a.pdf", content=b"%PDF-" + b"0" * 2_000_000)
    assert (got.status_code, got.json()["code"]) == (413, "payload_too_large")


async def test_a_guide_cannot_name_a_file_that_nobody_uploaded(api: Api, city: City) -> None:
    material = MINUTES | {"sample_file_id": MISSING}
    got = await api("POST", "/guide-versions", {"code": "M10", **PAGE, "materials": [material]})
    assert (got.status_code, got.json()["code"]) == (422, "guide_file_missing")


async def test_only_the_office_uploads(api: Api, city: City) -> None:
    people = (MAY, MAY_READ, NEVER, None)
    content = word()
    status = [(await api("POST", PATH, content=content, who=who)).status_code for who in people]
    assert status == [201, 403, 403, 401]
