"""Open a campaign: its plan is approved, and every unit of it is asked."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line
from service.features.calendar.stored import stored_calendar
from service.features.documents.numbering import next_number
from service.features.rectification.campaign_tables import Campaign, CampaignAnswer
from service.features.rectification.round_rules import CampaignEmpty

#: Numbers of campaigns are counted by year in this series.
SERIES = "QL-QD"
#: Working days in which a unit answers (domain §3.C).
ANSWER_DAYS = 10
_UNITS = """
SELECT id FROM body WHERE status IN ('ACTIVE', 'IN_REFORM')
AND ($1::uuid[] IS NULL OR id = ANY ($1)) ORDER BY full_name, id
"""


class AskedBody(BaseModel):
    """A unit that has to answer."""

    answer_id: UUID
    body_id: UUID


class CampaignOpened(BaseModel):
    """The campaign, and the units that it asks."""

    campaign_id: UUID
    number: str
    units: list[AskedBody]


class OpenCampaign(Command[CampaignOpened]):
    """Open a campaign that clears the ledger (启动清零行动).

    Without `body_ids` it asks every body that exists. It gets its number here, without a gap.
    """

    name = "rectification.open_campaign"
    duties = frozenset({Duty.PROCESS})
    title_zh = "启动清零行动"
    title_en = "Open a campaign"
    refusals = (CampaignEmpty,)

    instance_id: UUID
    title: Line
    from_on: date
    to_on: date
    scope: Annotated[str, Field(min_length=1, max_length=3000)]
    body_ids: Annotated[list[UUID] | None, Field(max_length=200)] = None
    planned_by: UUID | None = None
    agenda_item_id: UUID | None = None


class CampaignBegun(Event):
    """A campaign has begun; its units have ten working days to answer."""

    type: ClassVar[str] = "rectification.campaign_begun"
    title_zh = "清零行动已启动"
    title_en = "Campaign begun"

    campaign_id: UUID
    number: str
    units: int

    def subject(self) -> str:
        return f"rectification_campaign/{self.campaign_id}"


@handles(OpenCampaign)
async def open_campaign(command: OpenCampaign, context: Context) -> CampaignOpened:
    context.require_city()
    units = await context.connection.fetch(_UNITS, command.body_ids)
    _require_whole(command, [unit["id"] for unit in units], context.today)
    calendar = await stored_calendar(context.connection)
    year = context.today.year
    number = f"{SERIES}-{year}-{await next_number(context, SERIES, year):04d}"
    told = command.model_dump(exclude={"title", "body_ids"})
    campaign = context.insert(
        Campaign(
            id=new_id(),
            number=number,
            name=command.title,
            opened_on=context.today,
            opened_at=context.now,
            **told,
        )
    )
    await context.flush()
    due = calendar.add(context.today, ANSWER_DAYS)
    asked = [_asked(context, campaign.id, unit["id"], due) for unit in units]
    context.announce(CampaignBegun(campaign_id=campaign.id, number=number, units=len(asked)))
    return CampaignOpened(campaign_id=campaign.id, number=number, units=asked)


def _require_whole(command: OpenCampaign, units: Sequence[UUID], today: date) -> None:
    """Refuse a plan that asks nobody, names what is no unit, or is over before it begins.

    Raises:
        CampaignEmpty: It is so.
    """
    strange = [str(each) for each in set(command.body_ids or ()) - set(units)]
    if not units or strange or command.to_on < max(command.from_on, today):
        raise CampaignEmpty(
            "Expected units that exist and a last day still to come, but it is not so.",
            "应当有现存的参加单位，且结束日期不早于开始日期和今天，但不符合。",
            strange=strange,
        )


def _asked(context: Context, campaign_id: UUID, body_id: UUID, due: date) -> AskedBody:
    answer = context.insert(
        CampaignAnswer(id=new_id(), campaign_id=campaign_id, body_id=body_id, due=due, problems=[])
    )
    return AskedBody(answer_id=answer.id, body_id=body_id)
