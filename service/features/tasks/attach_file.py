"""Attach a file to a task."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from service.core.auth.policy import EVERYBODY
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.objects import objects_of
from service.core.upload import Upload
from service.core.values import Line
from service.features.tasks import rules
from service.features.tasks.comment_tables import Attachment
from service.features.tasks.comment_task import allow_speaker
from service.features.tasks.file_types import ALLOWED, media_type_of
from service.features.tasks.finding import seen_task, shared_task
from service.features.tasks.fitness import over_fault
from service.features.tasks.keys import key_of
from service.features.tasks.view import AttachmentView, attachment_view

#: Bytes of one file.
BYTES_MAX = 20_000_000
MOST = 50
_COUNT = "SELECT count(*) FROM attachment WHERE task_id = $1"

# No folder in it, and nothing that turns the direction of writing.
FileName = Annotated[
    Line,
    StringConstraints(pattern=r"^[^/\\\u202a-\u202e\u2066-\u2069]+$"),
    Field(description="The name under which it is saved again.", examples=["申请报告.pdf"]),
]


class AttachedFile(Upload):
    """The file of an attachment."""

    content: bytes = Field(exclude=True, repr=False, max_length=BYTES_MAX)


class AttachFile(Command[AttachmentView]):
    """Attach a file to an open task (上传附件): PDF, DOCX, XLSX, OFD, PNG or JPEG, up to 20 MB.

    What it is decides its content, not its name. Whoever may comment on the task may attach.
    """

    name = "tasks.attach_file"
    duties = EVERYBODY
    title_zh = "上传附件"
    title_en = "Attach a file"
    status = 201
    refusals = (rules.TaskOver, rules.FileTypeRefused, rules.TooManyFiles)

    task_id: UUID
    filename: FileName
    file: AttachedFile


@handles(AttachFile)
async def attach_file(command: AttachFile, context: Context) -> AttachmentView:
    """The object first, then its row: a row never names what is not there."""
    allow_speaker(await seen_task(context.connection, command.task_id, context.actor.id), context)
    media_type = _require_type(command.file.content)
    attachment = Attachment(
        id=new_id(),
        task_id=command.task_id,
        filename=command.filename,
        media_type=media_type,
        size=command.file.size,
        sha256=command.file.sha256,
        actor_id=context.actor.id,
        actor_name=context.actor.name,
        attached_at=context.now,
    )
    await objects_of(context.settings).put(key_of(attachment.id), command.file.content)
    await _require_open(command.task_id, context)
    return attachment_view(context.insert(attachment))


def _require_type(content: bytes) -> str:
    media_type = media_type_of(content)
    if media_type is None:
        listed = ", ".join(ALLOWED.values())
        raise rules.FileTypeRefused(
            f"Expected a file of one of the kinds {listed}, but its content is none of them.",
            f"附件应当为以下类型之一：{listed}，但文件内容不是。",
            allowed=list(ALLOWED),
        )
    return media_type


async def _require_open(task_id: UUID, context: Context) -> None:
    """The task must still be open when the row is written, and not full of files."""
    fault = over_fault((await shared_task(context, task_id)).task)
    if fault is not None:
        raise fault
    if await context.connection.fetchval(_COUNT, task_id) >= MOST:
        raise rules.TooManyFiles(
            f"Expected at most {MOST} files on a task, but it has so many already.",
            f"每个任务的附件应当不超过{MOST}个，但已达上限。",
        )
