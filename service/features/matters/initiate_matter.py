"""Initiate a matter: the office, or the superior by its order, sets a change going itself."""

from typing import ClassVar, Literal
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter
from service.core.store.outbox import Event
from service.core.values import Line
from service.features.matters import rules
from service.features.matters.asking import Asked, MatterType
from service.features.matters.beginning import begun, drafted, require_living
from service.features.matters.by_table import decided
from service.features.matters.codes import Start
from service.features.matters.view import MatterView
from service.features.processes import rules as processes


class InitiateMatter(Asked, Command[MatterView]):
    """Initiate a matter (编办提起、上级交办): without a request, for a body that is concerned.

    The table `second_start` says which kinds of matter the office or the superior may set going;
    the others the unit asks for itself. A superior's order stands in for the communication with
    it beforehand.
    """

    name = "matters.initiate_matter"
    duties = frozenset(
        {Duty.OFFICE_CASE_OFFICER, Duty.OFFICE_DIRECTOR, Duty.SUPERIOR_LIAISON, Duty.PROCESS}
    )
    title_zh = "提起机构编制事项"
    title_en = "Initiate a matter"
    status = 201
    refusals = (
        rules.ApplicantClosed,
        rules.SecondStartRefused,
        rules.MatterRulesMissing,
        ClassifiedMatter,
        processes.ProcessMissing,
    )
    example: ClassVar = {
        "start": "OFFICE",
        "type": "M13",
        "title": "关于收回空编的提起",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "source_case": "评估发现长期空编",
        "deltas": [
            {
                "ledger": "QUOTA",
                "body_id": "01900000-0000-7000-8000-000000000000",
                "kind": "ADMIN",
                "funding": "FULL",
                "before": 5,
                "after": 4,
                "source": "INSIDE",
            }
        ],
    }

    start: Literal[Start.OFFICE, Start.SUPERIOR]
    type: MatterType
    body_id: UUID
    is_urgent: bool = False
    #: The case or paper out of which it comes.
    source_case: Line | None = None


class OfficeInitiated(Event):
    """The office sets a change going."""

    type: ClassVar[str] = "matters.office_initiated"
    title_zh = "编办已提起事项"
    title_en = "Office initiated a matter"

    matter_id: UUID
    body_id: UUID
    matter_type: str

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


class SuperiorOrdered(Event):
    """The superior orders a change."""

    type: ClassVar[str] = "matters.superior_ordered"
    title_zh = "上级已交办事项"
    title_en = "Superior ordered a matter"

    matter_id: UUID
    body_id: UUID
    matter_type: str

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(InitiateMatter)
async def initiate_matter(command: InitiateMatter, context: Context) -> MatterView:
    """Keep the matter and let its case begin with the office."""
    await require_living(context, command.body_id)
    answer = await decided(
        context, "second_start", start=command.start.value, facts={"type": command.type}
    )
    if not answer:
        raise rules.SecondStartRefused(
            f"Expected a matter that {command.start} may set going, but {command.type} is asked "
            "for by the unit.",
            f"{command.type}类事项应当由单位申报，不由编办提起或上级交办。",
            start=command.start,
            type=command.type,
        )
    given = command.model_dump(mode="json", exclude={"deltas", "stated", "start"})
    matter = await drafted(context, command, command.start, given)
    kind = OfficeInitiated if command.start is Start.OFFICE else SuperiorOrdered
    context.announce(kind(matter_id=matter.id, body_id=matter.body_id, matter_type=matter.type))
    return await begun(context, matter, asks_prior_view=False)
