"""List campaigns, the newest first."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.rectification.finding import READERS
from service.features.rectification.list_reconciliations import WITHIN_REACH
from service.features.rectification.round_codes import CampaignState

# Counted within reach. Of a campaign that is over, as it was on its last day.
_CAMPAIGNS = f"""
SELECT c.*, a.bodies, a.answered, i.total, i.cleared FROM rectification_campaign c
CROSS JOIN LATERAL (
    SELECT count(*) AS bodies,
           count(*) FILTER (WHERE a.state IN ('PROBLEMS', 'NO_PROBLEM')) AS answered,
           array_agg(a.body_id) AS ids
    FROM campaign_answer a JOIN body b ON b.id = a.body_id
    WHERE a.campaign_id = c.id AND {WITHIN_REACH}) a
CROSS JOIN LATERAL (
    SELECT count(*) AS total, count(*) FILTER (WHERE i.state IN ('CLOSED', 'REFERRED_CLOSED')
           AND i.closed_on <= coalesce(c.closed_on, i.closed_on)) AS cleared
    FROM rectification_item i
    WHERE i.body_id = ANY (a.ids) AND i.state NOT IN ('MERGED', 'VOIDED')
    AND (c.closed_on IS NULL
         OR (i.opened_at AT TIME ZONE 'Asia/Shanghai')::date <= c.closed_on)
    AND (i.state NOT IN ('CLOSED', 'REFERRED_CLOSED') OR i.closed_on >= c.opened_on)) i
WHERE ($1 OR a.bodies > 0)
"""


class CampaignView(BaseModel):
    """A campaign: cleared of all items, answered of all units, each within reach."""

    id: UUID
    number: str
    name: str
    from_on: date
    to_on: date
    state: CampaignState
    cleared: int
    total: int
    answered: int
    bodies: int
    document_id: UUID | None
    closed_on: date | None
    opened_at: datetime
    instance_id: UUID
    version: int


class ListCampaigns(Query[Page[CampaignView]]):
    """Campaigns that clear the ledger (清零行动), the newest first, within reach."""

    name = "rectification.list_campaigns"
    duties = READERS
    title_zh = "清零行动列表"
    title_en = "List campaigns"

    state: CampaignState | None = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(ListCampaigns)
async def list_campaigns(query: ListCampaigns, reading: Reading) -> Page[CampaignView]:
    opened_at, campaign_id = position_of(query.cursor, datetime, UUID) or (None, None)
    records = await reading.connection.fetch(
        f"""{_CAMPAIGNS} AND ($4::text IS NULL OR c.state = $4)
            AND ($5::timestamptz IS NULL OR (c.opened_at, c.id) < ($5, $6::uuid))
            ORDER BY c.opened_at DESC, c.id DESC LIMIT $7""",
        *reading.reach,
        query.state,
        opened_at,
        campaign_id,
        query.limit + 1,
    )
    views = [CampaignView.model_validate(dict(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.opened_at, view.id))


async def found(reading: Reading, campaign_id: UUID) -> dict[str, Any] | None:
    """One campaign with its counts, where anything of it is within reach."""
    record = await reading.connection.fetchrow(
        f"{_CAMPAIGNS} AND c.id = $4", *reading.reach, campaign_id
    )
    return None if record is None else dict(record)
