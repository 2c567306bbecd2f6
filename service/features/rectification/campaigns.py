"""How far a campaign is: units that answered, and items that are cleared."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel

from service.core.store.db import Connection
from service.features.rectification.campaign_tables import Campaign

#: What a campaign clears: items of its units that were open on its first day or came since, also
#: those that nobody has confirmed yet. An item that was struck off or merged was none.
TARGET = """
FROM rectification_item i JOIN campaign_answer a ON a.body_id = i.body_id
WHERE a.campaign_id = $1 AND i.state NOT IN ('MERGED', 'VOIDED')
AND (i.state NOT IN ('CLOSED', 'REFERRED_CLOSED') OR i.closed_on >= $2)
"""
_ITEMS = f"""
SELECT count(*) AS total, count(*) FILTER (WHERE i.state IN ('CLOSED', 'REFERRED_CLOSED'))
       AS cleared {TARGET}
"""
_ANSWERS = """
SELECT count(*) AS bodies, count(*) FILTER (WHERE state IN ('PROBLEMS', 'NO_PROBLEM')) AS answered
FROM campaign_answer WHERE campaign_id = $1
"""


class CampaignStep(BaseModel):
    """A campaign after a step that tells nothing else."""

    campaign_id: UUID


@dataclass(frozen=True, slots=True)
class Course:
    """Items cleared of all, and units that answered of all."""

    cleared: int
    total: int
    answered: int
    bodies: int

    @property
    def is_cleared(self) -> bool:
        """Whether nothing is left to clear."""
        return self.cleared == self.total


async def course_of(connection: Connection, campaign: Campaign) -> Course:
    """How far a campaign is now."""
    items = await connection.fetchrow(_ITEMS, campaign.id, campaign.opened_on)
    answers = await connection.fetchrow(_ANSWERS, campaign.id)
    assert items is not None, "a count is one row"
    assert answers is not None, "as above"
    return Course(**items, **answers)
