"""Set the city's limit of one quota kind and funding form."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_OPENERS
from service.core.command import Context
from service.core.operation import handles
from service.core.store.outbox import Event
from service.features.quota import rules
from service.features.quota.accounts import locked_accounts
from service.features.quota.balances import steps_from
from service.features.quota.codes import TOTAL_BY_SUPERIOR, Funding, QuotaKind
from service.features.quota.decision import (
    QuotaDecision,
    carry_out,
    quota_key,
    require_pair,
    shown,
)
from service.features.quota.entry_view import EntriesMade
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action


class SetCityLimit(QuotaDecision):
    """Set how many posts of one kind and funding form the bodies may have together (编制总量).

    The total of administrative and political-legal quotas changes only by a document of a
    superior (I3); it is never set below what the bodies have already.
    """

    name = "quota.set_city_limit"
    duties = LEDGER_OPENERS | {Duty.OFFICE_DEPUTY, Duty.PROCESS}
    title_zh = "设定全市编制总量"
    title_en = "Set the city limit"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "kind": "ADMIN",
        "funding": "FULL",
        "posts": 620,
    }
    refusals = (
        *QuotaDecision.refusals,
        rules.CityLimitExceeded,
        rules.KindNotAllowed,
        rules.SuperiorDocumentRequired,
    )

    kind: QuotaKind
    funding: Funding
    posts: Annotated[int, Field(ge=0, le=10_000_000)]


class CityLimitSet(Event):
    """The bodies together may have another number of posts of this kind."""

    type: ClassVar[str] = "quota.city_limit_set"
    title_zh = "全市编制总量已设定"
    title_en = "City limit set"

    kind: QuotaKind
    funding: Funding
    posts: int
    document_id: UUID
    effective_on: date

    def subject(self) -> str:
        return f"city_limit/{self.kind}-{self.funding}"


@handles(SetCityLimit)
async def set_city_limit(command: SetCityLimit, context: Context) -> EntriesMade:
    """Append the difference to the limit that holds on the effective day."""
    context.require_city()
    require_pair(command.kind, command.funding)
    if command.kind in TOTAL_BY_SUPERIOR:
        await require_superior(context, command.document_id)
    key = quota_key(None, command.kind, command.funding)
    locked = (await locked_accounts(context, key, is_opening=True))[key]
    steps = await steps_from(context.connection, locked.account, command.effective_on)
    delta = Balance(authorised=command.posts - steps[0].balance.authorised)
    action = Action.GRANT if delta.authorised >= 0 else Action.CUT
    made = await carry_out(
        context, command, action, (locked, delta, Purpose("cut from the limit", "核减总量"))
    )
    context.announce(CityLimitSet(**command.model_dump(include=set(CityLimitSet.model_fields))))
    return shown(made)


async def require_superior(context: Context, document_id: UUID) -> None:
    """Refuse a document of the office's own, or one that is not on record.

    Raises:
        SuperiorDocumentRequired: It is one of these.
    """
    is_own = await context.connection.fetchval(
        "SELECT is_own FROM document WHERE id = $1", document_id
    )
    if is_own is not False:
        raise rules.SuperiorDocumentRequired(
            "Expected a recorded document of a superior, but it is the office's own or unknown.",
            "应当依据已登记的上级文件，但该文件为本级文件或未登记。",
        )
