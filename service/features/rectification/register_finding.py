"""Register a finding: a problem at a body enters the ledger, and its case begins."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field, StringConstraints

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Line, Text
from service.features.processes.start_instance import StartInstance
from service.features.rectification.codes import SourceType
from service.features.rectification.finding import FINDERS
from service.features.rectification.item_view import ItemSummary, summary_of
from service.features.rectification.tables import Finding, RectificationItem

#: The process that an item follows.
PROCESS = "rectification_item"
Breach = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z][A-Z_]*$", max_length=60),
    Field(description="A code of the table `breach_category`.", examples=["OVER_QUOTA"]),
]
_BODY = "SELECT lineage, full_name FROM body WHERE id = $1"


class RegisterFinding(Command[ItemSummary]):
    """Register a finding at a body (登记问题线索): its item is drafted and its case begins.

    Whoever found the problem accepts neither its correction nor disputes about it. A diagram may
    leave out the problem in one line and the day: the first words of the facts, and today.
    """

    name = "rectification.register_finding"
    duties = FINDERS | {Duty.PROCESS}
    title_zh = "登记问题线索"
    title_en = "Register a finding"
    status = 201
    example: ClassVar = {
        "source_type": "INSPECTION",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "breach": "OVER_QUOTA",
        "problem": "行政编制超编1名",
        "facts": "核定行政编制20名，实有21名。",
        "found_on": "2026-11-20",
    }

    source_type: SourceType
    #: The number of the paper or case that it comes from.
    source_ref: Line | None = None
    body_id: UUID
    breach: Breach
    problem: Line | None = None
    facts: Annotated[Text, Field(min_length=1)]
    article: Line | None = None
    evidence: Annotated[list[UUID], Field(max_length=50, default_factory=list)]
    found_on: date | None = None
    #: Named by a diagram; a person finds for himself.
    found_by: UUID | None = None
    is_repeat: bool = False


@handles(RegisterFinding)
async def register_finding(command: RegisterFinding, context: Context) -> ItemSummary:
    """Keep the finding, draft the item, and start its case: all at once."""
    body = await context.connection.fetchrow(_BODY, command.body_id)
    context.require_reach([] if body is None else body["lineage"], "a body")
    assert body is not None, "an unknown body is within nobody's reach"
    finder = context.actor.id or command.found_by
    told = command.model_dump(exclude={"found_by", "problem", "found_on"})
    finding = context.insert(
        Finding(
            **told,
            id=new_id(),
            problem=command.problem or " ".join(command.facts[:80].split()),
            found_on=command.found_on or context.today,
            found_by=finder,
            registered_at=context.now,
        )
    )
    item = _drafted(context, finding)
    await context.flush()
    context.insert(item)
    case = await context.order(
        StartInstance(
            process=PROCESS,
            business_key=str(item.id),
            title=f"{body['full_name']}：{finding.problem}"[:120],
            body_id=item.body_id,
            variables={
                "item_id": str(item.id),
                "body_id": str(item.body_id),
                "finder_by": None if finder is None else str(finder),
            },
        )
    )
    kept = context.update(item, instance_id=case.id)
    context.tag(kept)
    return summary_of(kept, body["full_name"])


def _drafted(context: Context, finding: Finding) -> RectificationItem:
    names = (
        "body_id",
        "source_type",
        "source_ref",
        "found_on",
        "found_by",
        "breach",
        "problem",
        "facts",
        "article",
        "is_repeat",
    )
    return RectificationItem(
        id=new_id(),
        finding_id=finding.id,
        **{name: getattr(finding, name) for name in names},
        milestones=[],
        evidence=[],
        signed_by=[],
        opened_at=context.now,
    )
