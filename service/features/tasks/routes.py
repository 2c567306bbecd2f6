"""Where tasks are served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.tasks.complete_task import CompleteTask

router = APIRouter()

mount(router, "POST", "/tasks/{task_id}/complete", CompleteTask)
