"""List opinions on a matter: who was asked, who said what, and who let the time pass."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.matters.finding import WHAT
from service.features.matters.list_matters import READERS
from service.features.matters.opinion_view import ASKED, OpinionView

#: Whoever answers for a body that is asked.
CONSULTED = frozenset({Duty.CONSULTED_OFFICER, Duty.APPLICANT_PARTY_GROUP})
_LINEAGE = "SELECT b.lineage FROM matter m JOIN body b ON b.id = m.body_id WHERE m.id = $1"
_ALL = f"{ASKED} WHERE o.matter_id = $1 ORDER BY o.asked_at, b.full_name, o.id"
_OWN = f"""
{ASKED} WHERE o.matter_id = $1 AND ($2 OR b.id = ANY ($3) OR b.lineage && $4)
ORDER BY o.asked_at, b.full_name, o.id
"""


class Opinions(BaseModel):
    """What was asked and said, the first asked first."""

    items: list[OpinionView]


class ListMatterOpinions(Query[Opinions]):
    """What other bodies were asked about a matter and what they said (征求意见情况).

    Whoever may read the matter sees all of it. A body that is asked sees what it was asked itself
    and its own answer; the matter's other papers stay out of its reach.
    """

    name = "matters.list_matter_opinions"
    duties = READERS | CONSULTED
    title_zh = "征求意见情况"
    title_en = "List opinions on a matter"

    matter_id: UUID


@answers(ListMatterOpinions)
async def list_matter_opinions(query: ListMatterOpinions, reading: Reading) -> Opinions:
    """Refuse like a matter that is not there whoever neither reads it nor is asked."""
    lineage = await reading.connection.fetchval(_LINEAGE, query.matter_id) or []
    if any(grant.duty in READERS and grant.covers(lineage) for grant in reading.grants):
        records = await reading.connection.fetch(_ALL, query.matter_id)
    else:
        records = await reading.connection.fetch(_OWN, query.matter_id, *reading.reach)
        if not records:
            raise missing(WHAT)
    return Opinions(items=[OpinionView.model_validate(dict(each)) for each in records])
