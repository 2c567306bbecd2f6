"""What an attached file is, found by looking at its content, never by its name. Pure."""

import io
import zipfile

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"
#: Media type → what people call it.
ALLOWED = {PDF: "PDF", DOCX: "DOCX", XLSX: "XLSX", OFD: "OFD", PNG: "PNG", JPEG: "JPEG"}

_BEGINNINGS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
# What an archive holds says what it is. A plain one is none of these: nobody sees what is in it.
_MAIN_PARTS = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("OFD.xml", OFD))
_MEMBERS_MAX = 10_000


def media_type_of(content: bytes) -> str | None:
    """The media type of a file that may be attached; None for anything else."""
    for beginning, media_type in _BEGINNINGS:
        if content.startswith(beginning):
            return media_type
    return _of_archive(content) if content.startswith(b"PK\x03\x04") else None


def _of_archive(content: bytes) -> str | None:
    """By the names of its members; nothing is unpacked. Documents with macros are none of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {each.filename for each in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if len(names) > _MEMBERS_MAX or any(name.endswith("vbaProject.bin") for name in names):
        return None
    for part, media_type in _MAIN_PARTS:
        if part in names and (media_type is OFD or "[Content_Types].xml" in names):
            return media_type
    return None
