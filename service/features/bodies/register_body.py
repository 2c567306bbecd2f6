"""Register a body: from a day on it exists, with its place, its rank and its names."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter, Secrecy, require_storable
from service.core.values import Line, Text
from service.features.bodies import rules, tree
from service.features.bodies.codes import (
    BodyAction,
    BodyClass,
    BodyStatus,
    BodyType,
    Funding,
    InstClass,
    Nature,
    Rank,
    SystemCategory,
)
from service.features.bodies.fields import (
    BodyCode,
    DomainName,
    EffectiveOn,
    Name,
    Names,
    Phone,
    ShortText,
    Uscc,
)
from service.features.bodies.tables import Body
from service.features.bodies.versions import keep_version, names_of
from service.features.bodies.view import BodyView, view_of


class Registration(BaseModel):
    """What is told about a body when it is registered, its superiors apart.

    `document_id` may be left out only for a body that was there before its documents were on
    record; every later change names one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    body_code: BodyCode
    full_name: Name
    short_name: Name | None = None
    other_names: Names = ()
    uscc: Uscc | None = None
    body_type: BodyType
    system_category: SystemCategory
    nature: Nature | None = None
    body_class: BodyClass | None = None
    rank: Rank
    inst_class: InstClass | None = None
    funding: Funding | None = None
    civil_servant_law_ref: bool = False
    setup_date: date | None = None
    main_functions: Text = ""
    domain_name: DomainName | None = None
    address: ShortText | None = None
    phone: Phone | None = None
    legal_rep: Line | None = None
    secrecy: Secrecy = Secrecy.PUBLIC
    document_id: UUID | None = None
    effective_on: EffectiveOn


class RegisterBody(Registration, Command[BodyView]):
    """Register a body (登记机构).

    `parent_id` is the body that it belongs to; left out, it stands directly under the city.
    Whoever holds a duty over the parent and all below it holds it over the new body too.
    """

    name = "bodies.register_body"
    duties = LEDGER_WRITERS | {Duty.PROCESS}
    title_zh = "登记机构"
    title_en = "Register a body"
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
    require_storable(told.secrecy)
    rules.require_day(told.effective_on, None, context.today)
    rules.require_agreement(
        told.body_type, told.system_category, told.inst_class, told.civil_servant_law_ref
    )
    facts = told.model_dump(include=set(Registration.model_fields) - {"effective_on"})
    body_id = new_id()
    body = context.insert(
        Body(
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
    )
    keep_version(context, body, BodyAction.REGISTER)
    return body
