"""Upload a file for guides: a template to fill in, or a filled sample."""

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.guides import rules
from service.features.guides.file_forms import Template, media_type_of
from service.features.guides.tables import GuideFile
from service.features.guides.view import GuideFileView

Filename = Annotated[
    str,
    StringConstraints(pattern=r"^[\w\-（）()]{1,80}\.(pdf|docx|xlsx|ofd)$", max_length=90),
    Field(examples=["内设机构调整对照表.docx"]),
]


class UploadGuideFile(Command[GuideFileView]):
    """Upload a PDF, Word, Excel or OFD file (上传样表), 2 MB at most, without macros. It becomes
    public with the guide that names it.
    """

    name = "guides.upload_guide_file"
    duties = frozenset({Duty.OFFICE_CASE_OFFICER})
    title_zh = "上传样表"
    title_en = "Upload a guide file"
    status = 201
    refusals = (rules.GuideFileUnsafe,)

    filename: Filename
    upload: Template


class GuideFileUploaded(Event):
    """A template or sample can be named in guides."""

    type: ClassVar[str] = "guides.guide_file_uploaded"
    title_zh = "样表已上传"
    title_en = "Guide file uploaded"

    filename: str
    sha256: str

    def subject(self) -> str:
        return f"guide-file/{self.sha256}"


@handles(UploadGuideFile)
async def upload_guide_file(command: UploadGuideFile, context: Context) -> GuideFileView:
    context.require_city()
    content = command.upload.content
    file = context.insert(
        GuideFile(
            id=new_id(),
            filename=command.filename,
            media_type=media_type_of(command.filename, content),
            size=command.upload.size,
            sha256=command.upload.sha256,
            content=content,
        )
    )
    context.announce(GuideFileUploaded(filename=file.filename, sha256=file.sha256))
    return GuideFileView(**file.model_dump(exclude={"content"}))
