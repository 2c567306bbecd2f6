"""Keep the legality opinion: what the legal reviewer finds becomes a paper of the office."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line, Text
from service.features.documents.basis import Basis, BasisLevel
from service.features.documents.kinds.approval import LegalityVerdict
from service.features.documents.kinds.part import Said
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.rules import SeriesUnknown
from service.features.matters import rules
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.opinions import close_requests
from service.features.matters.papers import issue_paper, name_of
from service.features.matters.record_gate import OPEN
from service.features.matters.record_kinds import RecordKind
from service.features.matters.tables import Matter

_BASIS = Basis(
    level=BasisLevel.CENTRAL, title="中国共产党机构编制工作条例", article="第十四条、第二十七条"
)


class BasisChecked(BaseModel):
    """One document that the matter rests on, and whether it bears it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: Line
    level: Line
    article: Line | None = None
    fits: bool


class LegalityKept(BaseModel):
    """The verdict, and the paper that says it."""

    legality: LegalityVerdict
    document_id: UUID


class KeepLegality(Command[LegalityKept]):
    """Keep the legal reviewer's opinion (合法合规性审查意见书) as a numbered paper of the office.

    `by` is the reviewer: whoever did this does neither take in the matter nor sign its reply.
    Where it fails, bodies that have not answered yet are asked no longer: the round is over.
    """

    name = "matters.keep_legality"
    duties = frozenset({Duty.PROCESS})
    title_zh = "出具合法合规性审查意见"
    title_en = "Keep the legality opinion"
    refusals = (rules.MatterMoved, rules.NotApart, rules.ChangesRequired, SeriesUnknown)

    matter_id: UUID
    legality: LegalityVerdict
    basis: Annotated[list[BasisChecked], Field(min_length=1, max_length=30)]
    authority_check: Said
    procedure_check: Said
    prohibition_check: Said
    risk: Text | None = None
    #: What must be changed, where it passes with changes.
    changes: Text | None = None
    opinion: Said
    by: UUID


@handles(KeepLegality)
async def keep_legality(command: KeepLegality, context: Context) -> LegalityKept:
    """Issue the paper, keep the form, and remember the verdict and whose it is."""
    matter = await locked_matter(context, command.matter_id, *OPEN)
    if command.legality is LegalityVerdict.PASS_WITH_CHANGES and not command.changes:
        raise rules.ChangesRequired(
            "Expected the changes with which it passes, but there are none.",
            "调整后通过的，应当写明须作的调整，但没有。",
        )
    if command.by == matter.intake_by:
        raise rules.NotApart(
            "Expected a reviewer who did not take in the matter, but it is the same person.",
            "审查人应当未参与受理，但为同一人。",
        )
    data = await _data(command, context, matter)
    paper = PaperKind.LEGALITY_OPINION
    document_id = await issue_paper(context, matter, paper, data, command.by, _BASIS)
    content = command.model_dump(mode="json", exclude={"matter_id", "by"})
    await keep(
        context, matter, RecordKind.LEGALITY, content, by=command.by, document_id=document_id
    )
    context.update(matter, legality=command.legality, legal_by=command.by)
    if command.legality is LegalityVerdict.FAIL:
        await close_requests(context, matter.id)
    return LegalityKept(legality=command.legality, document_id=document_id)


async def _data(command: KeepLegality, context: Context, matter: Matter) -> dict[str, Any]:
    reasons = [command.opinion]
    if command.changes:
        reasons.append(f"须作的调整：{command.changes}")
    return {
        "matter": matter.title,
        "basis_table": [
            {**each.model_dump(), "article": each.article or "未引用条款"} for each in command.basis
        ],
        "authority_check": command.authority_check,
        "procedure_check": command.procedure_check,
        "prohibition_check": command.prohibition_check,
        "risk": command.risk or "",
        "opinion": command.legality,
        "reasons": "\n".join(reasons)[:4000],
        "reviewer": await name_of(context, command.by),
        "reviewed_on": context.today.isoformat(),
    }
