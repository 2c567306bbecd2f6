"""Which files a guide may hand out: what their names say, and without programs in them."""

from typing import Final

from pydantic import Field

from service.core.upload import Upload
from service.features.guides import rules
from service.features.tasks import file_types

SIZE_MAX: Final = 2_000_000
#: The ending of a name → the media type that it means.
MEDIA_TYPES: Final = {
    "pdf": file_types.PDF,
    "docx": file_types.DOCX,
    "xlsx": file_types.XLSX,
    "ofd": file_types.OFD,
}


class Template(Upload):
    """A template or filled sample as it came."""

    content: bytes = Field(exclude=True, repr=False, max_length=SIZE_MAX)


def media_type_of(filename: str, content: bytes) -> str:
    """The media type of a file by its name's ending, if it is such a file.

    Raises:
        GuideFileUnsafe: It is another kind of file, or carries macros.
    """
    told = MEDIA_TYPES.get(filename.rpartition(".")[2])
    if told is None or file_types.media_type_of(content) != told:
        raise rules.GuideFileUnsafe(
            f"Expected a PDF, Word, Excel or OFD file without macros, but {filename} is not one.",
            f"应当为不含宏的PDF、Word、Excel或OFD文件，但{filename}不是。",
        )
    return told
