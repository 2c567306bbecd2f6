"""Propose a release: the files of a flow, checked, wait for a second person."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.processes import rules
from service.features.processes.authors import AUTHORS, EXAMPLE_FILES
from service.features.processes.contents import Files, Flow
from service.features.processes.proposing import propose
from service.features.processes.view import ReleaseView


class ProposeRelease(Command[ReleaseView]):
    """Keep the files of a flow's folder as its next release (提交流程版本).

    All of the folder: a file that is left out is not in the release. Unchanged files keep their
    version. It takes effect when a second person approves it.
    """

    name = "processes.propose_release"
    duties = AUTHORS
    title_zh = "提交流程版本"
    title_en = "Propose a release"
    status = 201
    refusals = (
        rules.ReleaseFaulty,
        rules.TableTestsFailed,
        rules.NothingNew,
        rules.DecisionKeyTaken,
        rules.ProcessIdTaken,
    )
    example: ClassVar = {"note": "按新的三定规定调整审批权限", "files": EXAMPLE_FILES}

    flow: Flow
    files: Files
    note: Text = ""


class ReleaseProposed(Event):
    """A release waits for a second person."""

    type: ClassVar[str] = "processes.release_proposed"
    title_zh = "流程版本已提交"
    title_en = "Release proposed"

    flow: str
    number: int
    is_forced: bool

    def subject(self) -> str:
        return f"flow/{self.flow}"


@handles(ProposeRelease)
async def propose_release(command: ProposeRelease, context: Context) -> ReleaseView:
    view = await propose(context, command.flow, command.files, command.note, is_forced=False)
    context.announce(ReleaseProposed(flow=view.flow, number=view.number, is_forced=False))
    return view
