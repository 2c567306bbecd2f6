"""File an objection: a unit says why the end of its matter is wrong, once and in time."""

from typing import Annotated, ClassVar
from uuid import UUID

from asyncpg import Record
from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.matters import rules
from service.features.matters.by_table import decided
from service.features.matters.codes import Outcome, State
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.objection_tables import MatterObjection
from service.features.matters.objection_view import ObjectionView, objection_view
from service.features.matters.record_kinds import RecordKind
from service.features.matters.tables import Matter
from service.features.processes import rules as processes
from service.features.processes.start_instance import StartInstance

#: The process that answers an objection, and where it begins.
PROCESS, START = "matter_objection", "objection_filed"
_KNOWN = """
SELECT (SELECT count(*) FROM matter_objection WHERE matter_id = $1 AND round = $2) AS earlier,
       EXISTS (SELECT FROM assignment WHERE actor_id = $3 AND duty = 'office_director'
               AND true_from <= $4 AND (true_until IS NULL OR $4 <= true_until)) AS is_director
"""


class FileObjection(Command[ObjectionView]):
    """Object to the end of a matter (提出异议): returned, not admitted or not supported.

    Once per end, and in time after the explanation was received. Somebody who has not signed
    the end answers it.
    """

    name = "matters.file_objection"
    duties = frozenset({Duty.APPLICANT_OFFICER})
    title_zh = "提出异议"
    title_en = "File an objection"
    status = 201
    refusals = (
        rules.MatterMoved,
        rules.ObjectionInadmissible,
        rules.MatterRulesMissing,
        processes.ProcessMissing,
    )
    example: ClassVar = {"grounds": "退回所称缺少的材料已于补正时提交。"}

    matter_id: UUID
    grounds: Annotated[Text, Field(min_length=1)]


class ObjectionFiled(Event):
    """A unit objects to the end of its matter."""

    type: ClassVar[str] = "matters.objection_filed"
    title_zh = "异议已提出"
    title_en = "Objection filed"

    matter_id: UUID
    objection_id: UUID
    end: Outcome

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(FileObjection)
async def file_objection(command: FileObjection, context: Context) -> ObjectionView:
    """Keep the objection and let the case begin that answers it."""
    matter = await locked_matter(context, command.matter_id, State.CLOSED)
    known = await context.connection.fetchrow(
        _KNOWN, matter.id, matter.round, matter.explanation_signed_by, context.today
    )
    assert known is not None, "it is one row of answers"
    await _require_admissible(context, matter, known)
    objection = context.insert(_objection(command, context, matter))
    await keep(
        context, matter, RecordKind.OBJECTION, {"grounds": command.grounds}, by=context.actor.id
    )
    context.announce(
        ObjectionFiled(matter_id=matter.id, objection_id=objection.id, end=objection.outcome)
    )
    case = await context.order(_case(matter, objection, known))
    begun = context.update(objection, instance_id=case.id)
    context.tag(begun)
    return objection_view(begun)


async def _require_admissible(context: Context, matter: Matter, known: Record) -> None:
    """Refuse what the table does not let through.

    Raises:
        ObjectionInadmissible: Too late, a second time, or to another end.
    """
    answer = await decided(
        context,
        "objection_admissible",
        end=str(matter.outcome),
        earlier_objections=known["earlier"],
        received_on=(matter.received_on or context.today).isoformat(),
        filed_on=context.today.isoformat(),
    )
    if not answer["is_admissible"]:
        raise rules.ObjectionInadmissible(
            f"Expected an objection that the office takes up, but to {matter.outcome}, received "
            f"on {matter.received_on}, it is not.",
            f"异议不予受理：{answer['reason']}。",
            end=matter.outcome,
            received_on=str(matter.received_on),
        )


def _objection(command: FileObjection, context: Context, matter: Matter) -> MatterObjection:
    assert matter.outcome is not None, "a closed matter has its end"
    return MatterObjection(
        id=new_id(),
        matter_id=matter.id,
        round=matter.round,
        outcome=matter.outcome,
        grounds=command.grounds,
        filed_on=context.today,
        filed_by=context.actor.id,
        filed_by_name=context.actor.name,
        end_signed_by=matter.explanation_signed_by,
    )


def _case(matter: Matter, objection: MatterObjection, known: Record) -> StartInstance:
    signed_by = matter.explanation_signed_by
    return StartInstance(
        process=PROCESS,
        at=START,
        business_key=str(matter.id),
        title=f"异议：{matter.title}"[:120],
        body_id=matter.body_id,
        variables={
            "matter_id": str(matter.id),
            "body_id": str(matter.body_id),
            "objection_id": str(objection.id),
            "is_urgent": matter.is_urgent,
            "signed_by": str(signed_by) if signed_by else None,
            "signed_by_director": known["is_director"],
        },
    )
