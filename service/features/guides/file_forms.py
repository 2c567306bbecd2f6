"""Which files a guide may hand out: what their names say, and without programs in them."""

from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from pydantic import Field

from service.core.excel.sheet import Workbook
from service.features.guides import rules

SIZE_MAX: Final = 2_000_000
_PARTS_MAX: Final = 2_000
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "ofd": "application/ofd",
}
#: The part without which an archive is not of its kind.
_PARTS: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"}


class Upload(Workbook):
    """A template or sample as it came; the audit keeps its size and SHA-256, not its bytes."""

    content: bytes = Field(exclude=True, repr=False, max_length=SIZE_MAX)


def media_type_of(filename: str, content: bytes) -> str:
    """The media type of a file by its name's ending, if it is such a file.

    Raises:
        GuideFileUnsafe: It is another kind of file, or carries macros.
    """
    ending = filename.rpartition(".")[2].lower()
    is_such = content.startswith(b"%PDF-") if ending == "pdf" else _is_archive(ending, content)
    if not is_such:
        raise rules.GuideFileUnsafe(
            f"Expected a PDF, Word, Excel or OFD file without macros, but {filename} is not one.",
            f"应当为不含宏的PDF、Word、Excel或OFD文件，但{filename}不是。",
        )
    return MEDIA_TYPES[ending]


def _is_archive(ending: str, content: bytes) -> bool:
    """Whether an archive has the part of its kind and no program; only its list is read."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError):
        return False
    has_program = any(name.lower().endswith((".bin", ".exe", ".js", ".dll")) for name in names)
    return _PARTS.get(ending) in names and len(names) <= _PARTS_MAX and not has_program
