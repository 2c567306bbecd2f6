"""The office's clock of a matter: it stands still while others are to act (domain.md §3.0)."""

from enum import StrEnum
from uuid import UUID

from service.core.command import Context
from service.features.matters.tables import Matter
from service.features.processes.resume_clock import ResumeClock
from service.features.processes.stop_clock import StopClock


class Stop(StrEnum):
    """For what the office waits."""

    SUPPLEMENT = "SUPPLEMENT"
    APPLICANT = "APPLICANT"
    EXPERT = "EXPERT"
    PRIOR_COMMUNICATION = "PRIOR_COMMUNICATION"
    MEETING = "MEETING"
    SUPERIOR = "SUPERIOR"
    GATE = "GATE"
    OBJECTION = "OBJECTION"

    @property
    def zh(self) -> str:
        return _ZH[self]


_ZH = {
    Stop.SUPPLEMENT: "等待补正",
    Stop.APPLICANT: "等待申请单位",
    Stop.EXPERT: "等待专家意见",
    Stop.PRIOR_COMMUNICATION: "事前沟通",
    Stop.MEETING: "等待会议",
    Stop.SUPERIOR: "等待上级批复",
    Stop.GATE: "联动关口中止",
    Stop.OBJECTION: "异议处理",
}


async def stop(
    context: Context, matter: Matter, cause: Stop, document_id: UUID | None = None
) -> None:
    """The office waits for something from now on; said again it changes nothing."""
    if matter.instance_id is not None:
        await context.order(
            StopClock(
                instance_id=matter.instance_id,
                cause=cause,
                reason=cause.zh,
                document_id=document_id,
            )
        )


async def go_on(
    context: Context, matter: Matter, cause: Stop, document_id: UUID | None = None
) -> None:
    """This is over; the clock goes on when nothing else is waited for."""
    if matter.instance_id is not None:
        await context.order(
            ResumeClock(
                instance_id=matter.instance_id,
                cause=cause,
                reason=cause.zh,
                document_id=document_id,
            )
        )
