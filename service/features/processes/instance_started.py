"""The event by which others learn that a case has begun, however it was started."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.store.outbox import Event
from service.features.processes.instance_tables import Instance


class InstanceStarted(Event):
    """A case has begun."""

    type: ClassVar[str] = "processes.instance_started"
    title_zh = "流程已启动"
    title_en = "Instance started"

    instance_id: UUID
    process: str
    business_key: str | None
    body_id: UUID | None

    def subject(self) -> str:
        return f"instance/{self.instance_id}"


def announce_started(context: Context, instance: Instance) -> None:
    context.announce(
        InstanceStarted(
            instance_id=instance.id,
            process=instance.process,
            business_key=instance.business_key,
            body_id=instance.body_id,
        )
    )
