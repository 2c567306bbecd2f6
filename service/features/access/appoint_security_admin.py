"""Appoint the first security administrator, who registers everybody else."""

from uuid import UUID

from service.core.auth.actor import Duty, Reach
from service.core.auth.tables import ActorRow, Assignment
from service.core.command import Context
from service.core.errors import SubjectTaken
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.access.rules import AdministratorAppointed
from service.features.access.view import ActorSummary, summary_of

_HELD = """
SELECT EXISTS (SELECT FROM assignment g JOIN actor a ON a.id = g.actor_id
               WHERE a.is_active AND g.duty = 'security_admin' AND g.reach = 'CITY'
                 AND g.true_from <= $1 AND (g.true_until IS NULL OR g.true_until > $1))
"""
#: Two who are appointed at once wait for each other on this advisory lock.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('security_admin'))"


class AppointSecurityAdmin(Command[ActorSummary]):
    """Register a person as security administrator where nobody active is one.

    Only the operator says this, at the command line: `dingbian appoint`.
    """

    name = "access.appoint_security_admin"
    duties = frozenset({Duty.PROCESS})
    is_for_diagrams = False
    title_zh = "任命首位安全管理员"
    title_en = "Appoint the first security administrator"
    refusals = (AdministratorAppointed, SubjectTaken)

    subject: Line
    actor_name: Line


@handles(AppointSecurityAdmin)
async def appoint_security_admin(command: AppointSecurityAdmin, context: Context) -> ActorSummary:
    context.require_city()
    await context.connection.execute(_LOCK)
    if await context.connection.fetchval(_HELD, context.today):
        raise AdministratorAppointed(
            "Expected no security administrator, but there is one.",
            "应当尚无安全管理员，但已有安全管理员。",
        )
    actor = context.insert(ActorRow(id=new_id(), subject=command.subject, name=command.actor_name))
    context.insert(_duty_of(actor.id, context))
    return summary_of(actor)


def _duty_of(actor_id: UUID, context: Context) -> Assignment:
    return Assignment(
        id=new_id(),
        actor_id=actor_id,
        duty=Duty.SECURITY_ADMIN,
        reach=Reach.CITY,
        body_id=None,
        true_from=context.today,
    )
