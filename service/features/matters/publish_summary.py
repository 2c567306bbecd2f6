"""Publish a summary: whether a reply is made public, looked at by a person."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.matters import rules
from service.features.matters.codes import State
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.record_kinds import RecordKind
from service.features.matters.view import MatterView, view_of


class PublishSummary(Command[MatterView]):
    """Keep whether a reply is made public (公开审查), with its summary or the reason why not.

    What holds secrets or personal data is not published.
    """

    name = "matters.publish_summary"
    duties = frozenset({Duty.PROCESS})
    title_zh = "公开审查"
    title_en = "Publish a summary"
    refusals = (rules.MatterMoved, rules.NotPublishable)

    matter_id: UUID
    is_published: bool
    contains_secrets: bool
    contains_personal_data: bool
    reason: Text | None = None
    summary: Text | None = None
    by: UUID | None = None


class SummaryPublished(Event):
    """What was decided may be known to everybody, in these words."""

    type: ClassVar[str] = "matters.summary_published"
    title_zh = "审批结果已公开"
    title_en = "Summary published"

    matter_id: UUID
    document_id: UUID
    summary: str

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(PublishSummary)
async def publish_summary(command: PublishSummary, context: Context) -> MatterView:
    """Keep the check; announce the summary where it is public."""
    matter = await locked_matter(context, command.matter_id, State.ISSUED)
    assert matter.approval_document_id is not None, "an issued matter has its reply"
    _require_publishable(command)
    await keep(
        context,
        matter,
        RecordKind.PUBLICATION,
        command.model_dump(mode="json", exclude={"matter_id", "by"}),
        by=command.by,
        document_id=matter.approval_document_id,
    )
    if command.is_published and command.summary:
        context.announce(
            SummaryPublished(
                matter_id=matter.id,
                document_id=matter.approval_document_id,
                summary=command.summary,
            )
        )
    return view_of(matter)


def _require_publishable(command: PublishSummary) -> None:
    """Refuse to publish what must not be, or nothing, and to keep back without a reason.

    Raises:
        NotPublishable: It is so.
    """
    if command.is_published and (command.contains_secrets or command.contains_personal_data):
        raise rules.NotPublishable(
            "Expected nothing secret or personal in what is published, but there is.",
            "公开的内容应当不含涉密内容和个人信息，但含有。",
        )
    if not (command.summary if command.is_published else command.reason):
        raise rules.NotPublishable(
            "Expected a summary to publish, or a reason not to, but there is none.",
            "公开的应当填写公开摘要，不公开的应当写明理由，但未填写。",
        )
