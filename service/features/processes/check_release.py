"""Check a release without proposing it."""

from typing import ClassVar

from pydantic import BaseModel

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.decisions.finding import Finding
from service.features.processes.authors import AUTHORS, EXAMPLE_FILES
from service.features.processes.checking_apart import check_apart
from service.features.processes.contents import Files, Flow
from service.features.processes.surroundings import outside_of


class ReleaseReport(BaseModel):
    """What the checks found; a release without errors and failed tests can be proposed."""

    is_sound: bool
    findings: list[Finding]


class CheckRelease(Command[ReleaseReport]):
    """Read, compile and test the files of a flow (检查流程文件); nothing is kept."""

    name = "processes.check_release"
    duties = AUTHORS
    title_zh = "检查流程文件"
    title_en = "Check a release"
    is_stored = False
    example: ClassVar = {"files": EXAMPLE_FILES}

    flow: Flow
    files: Files


@handles(CheckRelease)
async def check_release(command: CheckRelease, context: Context) -> ReleaseReport:
    context.require_city()
    outside = await outside_of(context.connection, command.flow)
    checked = await check_apart(command.files, outside)
    is_sound = not checked.errors and not checked.failed_tests
    return ReleaseReport(is_sound=is_sound, findings=checked.findings)
