"""Start a matter: a body asks for a change, and the case that handles it begins."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.asking import Asked, MatterType
from service.features.matters.beginning import begun, drafted, require_living
from service.features.matters.codes import Start
from service.features.matters.view import MatterView
from service.features.processes import rules as processes


class StartMatter(Asked, Command[MatterView]):
    """Start a matter (发起机构编制事项) for a body; its case follows `request_approval`.

    The changes name the accounts of the ledger, from how many to how many posts. What is
    classified is refused and kept nowhere (I20).
    """

    name = "matters.start_matter"
    duties = frozenset({Duty.APPLICANT_OFFICER})
    title_zh = "发起机构编制事项"
    title_en = "Start a matter"
    status = 201
    refusals = (rules.ApplicantClosed, ClassifiedMatter, processes.ProcessMissing)
    example: ClassVar = {
        "type": "M07",
        "title": "关于增加编制的请示",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "deltas": [
            {
                "ledger": "QUOTA",
                "body_id": "01900000-0000-7000-8000-000000000000",
                "kind": "ADMIN",
                "funding": "FULL",
                "before": 5,
                "after": 7,
                "source": "POOL",
            }
        ],
    }

    type: MatterType
    body_id: UUID
    is_urgent: bool = False
    #: Whether the office is asked for its view before anything is written.
    asks_prior_view: bool = False


class MatterStarted(Event):
    """A body begins to ask for a change."""

    type: ClassVar[str] = "matters.started"
    title_zh = "事项已发起"
    title_en = "Matter started"

    matter_id: UUID
    body_id: UUID
    matter_type: str

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(StartMatter)
async def start_matter(command: StartMatter, context: Context) -> MatterView:
    """Keep the matter and its first version, then let its case begin."""
    await require_living(context, command.body_id)
    given = command.model_dump(mode="json", exclude={"asks_prior_view", "deltas", "stated"})
    matter = await drafted(context, command, Start.APPLICANT, given)
    context.announce(
        MatterStarted(matter_id=matter.id, body_id=matter.body_id, matter_type=matter.type)
    )
    return await begun(context, matter, asks_prior_view=command.asks_prior_view)
