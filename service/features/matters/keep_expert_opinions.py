"""Keep experts' opinions: each one signed, and the risk that they see."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.documents.kinds.part import Said
from service.features.documents.rules import DocumentMissing
from service.features.matters import rules
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.list_matter_records import RecordView, record_of
from service.features.matters.papers import require_documents
from service.features.matters.record_gate import OPEN
from service.features.matters.record_kinds import RecordKind


class RiskLevel(StrEnum):
    """How great the risk is, taken together."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


class ExpertOpinion(BaseModel):
    """What one expert says, and the paper that bears the signature."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    expert: Annotated[Text, Field(min_length=1, max_length=200)]
    text: Said
    signed_document_id: UUID


class KeepExpertOpinions(Command[RecordView]):
    """Keep what a panel of experts says about a matter (留存专家意见), and its risk assessment.

    The signed paper of each expert is on record as a document.
    """

    name = "matters.keep_expert_opinions"
    duties = frozenset({Duty.PROCESS})
    title_zh = "留存专家意见"
    title_en = "Keep experts' opinions"
    refusals = (rules.MatterMoved, DocumentMissing)

    matter_id: UUID
    opinions: Annotated[list[ExpertOpinion], Field(min_length=1, max_length=15)]
    risk_assessment: Said
    risk_level: RiskLevel | None = None
    conclusion: Said
    by: UUID


@handles(KeepExpertOpinions)
async def keep_expert_opinions(command: KeepExpertOpinions, context: Context) -> RecordView:
    matter = await locked_matter(context, command.matter_id, *OPEN)
    await require_documents(context, *(each.signed_document_id for each in command.opinions))
    content = command.model_dump(mode="json", exclude={"matter_id", "by"})
    return record_of(await keep(context, matter, RecordKind.EXPERTS, content, by=command.by))
