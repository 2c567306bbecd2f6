"""Read one campaign: who answered what, and its wall chart month by month."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.rectification.answer_campaign import StatedProblem
from service.features.rectification.finding import READERS
from service.features.rectification.list_campaigns import CampaignView, found
from service.features.rectification.list_reconciliations import WITHIN_REACH
from service.features.rectification.round_codes import CampaignAnswerState, PressMeasure

_ANSWERS = f"""
SELECT a.*, b.full_name AS body_name FROM campaign_answer a JOIN body b ON b.id = a.body_id
WHERE {WITHIN_REACH} AND a.campaign_id = $4 ORDER BY b.full_name, a.id
"""
_CHARTS = "SELECT * FROM campaign_chart WHERE campaign_id = $1 ORDER BY charted_on, id"


class CampaignAnswerView(BaseModel):
    """What one unit answered."""

    id: UUID
    body_id: UUID
    body_name: str
    state: CampaignAnswerState
    due: date
    problems: list[StatedProblem]
    sealed_document_id: UUID | None
    pressed: PressMeasure
    talk: str | None
    answered_on: date | None


class ChartView(BaseModel):
    """How far it was on a day."""

    charted_on: date
    cleared: int
    total: int
    answered: int
    bodies: int


class CampaignDetail(CampaignView):
    """A campaign with the answers within reach.

    Attributes:
        charts, hidden_risk: Told to who reaches the whole city; empty for others.
    """

    scope: str
    hidden_risk: str | None
    minutes_document_id: UUID | None
    answers: list[CampaignAnswerView]
    charts: list[ChartView]


class ReadCampaign(Query[CampaignDetail]):
    """One campaign (查询清零行动): a unit sees its own answer alone."""

    name = "rectification.read_campaign"
    duties = READERS
    title_zh = "查询清零行动"
    title_en = "Read a campaign"

    campaign_id: UUID


@answers(ReadCampaign)
async def read_campaign(query: ReadCampaign, reading: Reading) -> CampaignDetail:
    kept = await found(reading, query.campaign_id)
    if kept is None:
        raise missing("a campaign")
    fetch = reading.connection.fetch
    given = await fetch(_ANSWERS, *reading.reach, query.campaign_id)
    is_whole = reading.reach[0]
    charts = await fetch(_CHARTS, query.campaign_id) if is_whole else []
    told: dict[str, Any] = {
        "answers": [dict(each) for each in given],
        "charts": [dict(each) for each in charts],
        "hidden_risk": kept["hidden_risk"] if is_whole else None,
    }
    return CampaignDetail.model_validate({**kept, **told})
