"""Where tasks are served."""

from fastapi import APIRouter

from service.core.http.files import mount_download, mount_upload
from service.core.http.mount import mount
from service.features.tasks.assign_task import AssignTask
from service.features.tasks.attach_file import BYTES_MAX, AttachFile
from service.features.tasks.choose_activities import ChooseActivities
from service.features.tasks.claim_task import ClaimTask
from service.features.tasks.comment_task import CommentTask
from service.features.tasks.complete_task import CompleteTask
from service.features.tasks.count_tasks import CountTasks
from service.features.tasks.file_types import ALLOWED
from service.features.tasks.list_done_tasks import ListDoneTasks
from service.features.tasks.list_notices import ListNotices
from service.features.tasks.list_tasks import ListTasks
from service.features.tasks.mark_notice_read import MarkNoticeRead
from service.features.tasks.read_attachment import ReadAttachment
from service.features.tasks.read_task import ReadTask
from service.features.tasks.release_task import ReleaseTask

router = APIRouter()

mount(router, "GET", "/tasks", ListTasks)
mount(router, "GET", "/tasks/done", ListDoneTasks)
mount(router, "GET", "/tasks/count", CountTasks)
mount(router, "GET", "/tasks/{task_id}", ReadTask)
mount(router, "POST", "/tasks/{task_id}/claim", ClaimTask)
mount(router, "POST", "/tasks/{task_id}/release", ReleaseTask)
mount(router, "POST", "/tasks/{task_id}/assign", AssignTask)
mount(router, "POST", "/tasks/{task_id}/choose", ChooseActivities)
mount(router, "POST", "/tasks/{task_id}/complete", CompleteTask)
mount(router, "POST", "/tasks/{task_id}/comments", CommentTask)
mount(router, "GET", "/notices", ListNotices)
mount(router, "POST", "/notices/{notice_id}/read", MarkNoticeRead)
mount_upload(
    router,
    "/tasks/{task_id}/attachments",
    AttachFile,
    field="file",
    media_types=list(ALLOWED),
    bytes_max=BYTES_MAX,
)
mount_download(
    router,
    "/tasks/{task_id}/attachments/{attachment_id}",
    ReadAttachment,
    media_types=list(ALLOWED),
)
