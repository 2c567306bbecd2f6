"""Start a matter: a body asks for a change, and the case that handles it begins."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter, Secrecy, require_storable
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.asking import Asked, MatterType
from service.features.matters.codes import Origin, Start
from service.features.matters.deltas import stored
from service.features.matters.tables import Matter, MatterDeltas
from service.features.matters.view import MatterView, view_of
from service.features.processes import rules as processes
from service.features.processes.start_instance import StartInstance

#: The process that handles matters, in its diagram.
PROCESS = "request_approval"
_BODY = "SELECT lineage, full_name, status FROM body WHERE id = $1"


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
    await _require_living(command, context)
    if command.stated.is_classified:
        require_storable(Secrecy.CONFIDENTIAL)
    given = command.model_dump(mode="json", exclude={"asks_prior_view", "deltas"})
    matter = context.insert(
        Matter.model_validate(
            {
                **given,
                "id": new_id(),
                "start": Start.APPLICANT,
                "deltas": stored(command.deltas),
                "asked_at": context.now,
                "asked_by": context.actor.id,
            }
        )
    )
    # The matter first: its version refers to it.
    await context.flush()
    context.insert(
        MatterDeltas(
            matter_id=matter.id,
            number=1,
            origin=Origin.REQUEST,
            deltas=matter.deltas,
            kept_at=context.now,
            kept_by_name=context.actor.name,
        )
    )
    context.announce(
        MatterStarted(matter_id=matter.id, body_id=matter.body_id, matter_type=matter.type)
    )
    await context.order(_case(command, matter))
    return await _with_case(context, matter.id)


async def _require_living(command: StartMatter, context: Context) -> None:
    record = await context.connection.fetchrow(_BODY, command.body_id)
    context.require_reach(record["lineage"] if record else [], "a body with this id")
    assert record is not None, "an empty lineage is never covered"
    if record["status"] in ("ABOLISHED", "MERGED"):
        raise rules.ApplicantClosed(
            f"Expected a living body to ask, but {record['full_name']} is abolished or merged.",
            f"申请单位应当为存续机构，但{record['full_name']}已撤销或合并。",
        )


def _case(command: StartMatter, matter: Matter) -> StartInstance:
    return StartInstance(
        process=PROCESS,
        business_key=str(matter.id),
        title=matter.title,
        body_id=matter.body_id,
        variables={
            "matter_id": str(matter.id),
            "body_id": str(matter.body_id),
            "start": matter.start,
            "has_applicant": True,
            "is_urgent": matter.is_urgent,
            "asks_prior_view": command.asks_prior_view,
            "overrides": [],
            "supplement_rounds": 0,
            "restudies": 0,
            "returns": 0,
        },
    )


async def _with_case(context: Context, matter_id: UUID) -> MatterView:
    """The matter as its case has left it, and which case that is."""
    record = await context.connection.fetchrow(
        """SELECT m.*, i.id AS case_id FROM matter m
           JOIN instance i ON i.business_key = m.id::text AND i.id = i.root_id
           WHERE m.id = $1""",
        matter_id,
    )
    assert record is not None, "both were written just now"
    begun = context.update(Matter.read(record), instance_id=record["case_id"])
    context.tag(begun)
    return view_of(begun)
