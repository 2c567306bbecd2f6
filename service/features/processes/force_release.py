"""Propose a release although tests of its tables or diagrams fail."""

from typing import Annotated, ClassVar

from pydantic import Field

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.processes import rules
from service.features.processes.authors import EXAMPLE_FILES, FORCERS
from service.features.processes.contents import Files, Flow
from service.features.processes.propose_release import ReleaseProposed
from service.features.processes.proposing import propose
from service.features.processes.view import ReleaseView


class ForceRelease(Command[ReleaseView]):
    """Keep a flow's files as its next release although tests fail (强制提交流程版本).

    The failed tests stay in the release, marked as forced, for whoever approves it to see.
    """

    name = "processes.force_release"
    duties = FORCERS
    title_zh = "强制提交流程版本"
    title_en = "Force a release"
    status = 201
    refusals = (
        rules.ReleaseFaulty,
        rules.NothingNew,
        rules.DecisionKeyTaken,
        rules.ProcessIdTaken,
    )
    example: ClassVar = {"note": "测试用例尚未随新政策更新", "files": EXAMPLE_FILES}

    flow: Flow
    files: Files
    note: Annotated[Text, Field(min_length=1, description="Why it cannot wait.")]


@handles(ForceRelease)
async def force_release(command: ForceRelease, context: Context) -> ReleaseView:
    view = await propose(context, command.flow, command.files, command.note, is_forced=True)
    event = ReleaseProposed(flow=view.flow, number=view.number, is_forced=view.is_forced)
    context.announce(event)
    return view
