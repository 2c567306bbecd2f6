"""Attachments: what a file is decides its content; what was attached can be read again."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from service.core.ids import new_id
from service.core.store.objects import objects_of
from service.features.tasks.attach_file import BYTES_MAX
from service.features.tasks.keys import key_of
from service.features.tasks.upkeep import remove_orphans
from tests.conftest import Api
from tests.features.tasks.conftest import Cases, one
from tests.people import MAY, MAY_READ, NEVER

PDF = b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n"
_OFFICE = "[Content_Types].xml"


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


async def test_an_attached_file_is_read_again_byte_by_byte(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    place = f"/tasks/{task}/attachments"
    for who, status in ((MAY_READ, 404), (NEVER, 404), (MAY, 201)):
        answer = await api("POST", f"{place}?filename=申请报告.pdf", content=PDF, who=who)
        assert answer.status_code == status, answer.text
    told = answer.json()
    assert (told["media_type"], told["size"]) == ("application/pdf", len(PDF))
    assert told["sha256"] == sha256(PDF).hexdigest()
    shown = (await api("GET", f"/tasks/{task}", who=MAY_READ)).json()["attachments"]
    assert shown == [told]
    for who, status in ((MAY, 200), (MAY_READ, 200), (NEVER, 404)):
        read = await api("GET", f"{place}/{told['id']}", who=who)
        assert read.status_code == status, read.text
        if status == 200:
            assert read.content == PDF
            assert read.headers["content-type"] == "application/pdf"
            assert "%E7%94%B3" in read.headers["content-disposition"]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (archive(_OFFICE, "word/document.xml"), "wordprocessingml.document"),
        (archive(_OFFICE, "xl/workbook.xml"), "spreadsheetml.sheet"),
        (archive("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
    ],
)
async def test_the_content_tells_what_it_is(
    api: Api, cases: Cases, content: bytes, media_type: str
):
    task = await cases.task(await cases.begin(one()))
    answer = await api("POST", f"/tasks/{task}/attachments?filename=a.txt", content=content)
    assert answer.status_code == 201, answer.text
    assert answer.json()["media_type"].endswith(media_type)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script>",
        archive("a.exe"),
        archive(_OFFICE, "word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 and nothing more",
    ],
)
async def test_what_is_none_of_the_kinds_is_refused(api: Api, cases: Cases, content: bytes):
    task = await cases.task(await cases.begin(one()))
    answer = await api("POST", f"/tasks/{task}/attachments?filename=a.pdf", content=content)
    assert (answer.status_code, answer.json()["code"]) == (415, "file_type_refused")


async def test_a_file_that_is_too_large_is_refused(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    content = PDF + bytes(BYTES_MAX)
    answer = await api("POST", f"/tasks/{task}/attachments?filename=a.pdf", content=content)
    assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")


@pytest.mark.parametrize("name", ["../a.pdf", "a\\b.pdf", "fdp.\u202eexe", ""])
async def test_a_name_is_only_a_name(api: Api, cases: Cases, name: str):
    task = await cases.task(await cases.begin(one()))
    answer = await api("POST", f"/tasks/{task}/attachments?filename={name}", content=PDF)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


async def test_nothing_is_attached_to_what_is_over(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    assert (await cases.complete(task)).status == 200
    answer = await api("POST", f"/tasks/{task}/attachments?filename=a.pdf", content=PDF)
    assert (answer.status_code, answer.json()["code"]) == (409, "task_over")


async def test_a_repeated_upload_is_one_file(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    place = f"/tasks/{task}/attachments"
    for _ in range(2):
        await api("POST", f"{place}?filename=a.pdf", content=PDF, idempotency_key="once")
    assert len((await api("GET", f"/tasks/{task}")).json()["attachments"]) == 1


async def test_files_that_nothing_names_are_removed_after_a_day(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    answer = await api("POST", f"/tasks/{task}/attachments?filename=a.pdf", content=PDF)
    objects, orphan = objects_of(cases.settings), key_of(new_id())
    await objects.put(orphan, PDF)
    assert await remove_orphans(cases.database) == 0
    later = datetime.now(UTC) + timedelta(days=1, minutes=1)
    assert await remove_orphans(cases.database, later) == 1
    assert await objects.get(orphan) is None
    kept = await api("GET", f"/tasks/{task}/attachments/{answer.json()['id']}")
    assert kept.content == PDF
