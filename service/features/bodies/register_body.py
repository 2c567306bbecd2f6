"""Register a body: from a day on it exists, with its place, its rank and its names."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter
from service.features.bodies import rules, tree
from service.features.bodies.codes import BodyAction, BodyStatus
from service.features.bodies.details import require_sound
from service.features.bodies.registration import Registration
from service.features.bodies.tables import Body
from service.features.bodies.versions import keep_version, names_of
from service.features.bodies.view import BodyView, view_of


class RegisterBody(Registration, Command[BodyView]):
    """Register a body (登记机构).

    `parent_id` is the body that it belongs to; left out, it stands directly under the city.
    Whoever holds a duty over the parent and all below it holds it over the new body too.
    """

    name = "bodies.register_body"
    duties = LEDGER_WRITERS | {Duty.PROCESS}
    title_zh = "登记机构"
    title_en = "Register a body"
    example: ClassVar = {
        "body_code": "990081050090",
        "full_name": "青澜市数据局",
        "body_type": "ORGAN",
        "system_category": "GOV",
        "rank": "ZHENGKE",
        "effective_on": "2026-11-24",
    }
    status = 201
    refusals = (
        rules.BodyCodeTaken,
        rules.UsccTaken,
        rules.NameTaken,
        rules.BodyClosed,
        rules.DayOutOfOrder,
        rules.FactsDisagree,
        ClassifiedMatter,
    )

    parent_id: UUID | None = None
    competent_body_id: UUID | None = None
    sponsor_body_id: UUID | None = None


@handles(RegisterBody)
async def register_body(command: RegisterBody, context: Context) -> BodyView:
    """Insert the body under its parent, and its first version."""
    await tree.hold(context, alone=False)
    above = await tree.lineage_below(context, command.parent_id)
    body = register(
        context,
        command,
        above,
        known_from=await context.connection.fetchval("SELECT clock_timestamp()"),
        parent_id=command.parent_id,
        competent_body_id=command.competent_body_id,
        sponsor_body_id=command.sponsor_body_id,
    )
    context.tag(body)
    return view_of(body)


def register(
    context: Context, told: Registration, above: list[UUID], known_from: datetime, **superiors: Any
) -> Body:
    """The new body and its first version, once all that can be told without asking is right.

    Raises:
        ClassifiedMatter: It is marked 秘密 or above (I20).
        DayOutOfOrder: It would exist only from a day to come.
        FactsDisagree: Its facts contradict each other.
    """
    rules.require_day(told.effective_on, None, context.today)
    facts = told.model_dump(include=set(Registration.model_fields) - {"effective_on"})
    body_id = new_id()
    body = Body(
        id=body_id,
        lineage=[body_id, *above],
        status=BodyStatus.ACTIVE,
        names=names_of(facts),
        setup_document_id=told.document_id,
        true_from=told.effective_on,
        known_from=known_from,
        **facts,
        **superiors,
    )
    require_sound(body, is_sample=context.settings.is_demo)
    context.insert(body)
    keep_version(context, body, BodyAction.REGISTER)
    return body
