"""Read the standards: how many posts a body and how many bodies the city may have."""

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.matters.list_matters import READERS
from service.features.matters.set_body_limit import BodyLimitView
from service.features.matters.set_post_standard import PostStandardView


class Standards(BaseModel):
    """What the office has set; what is not named has no limit."""

    post_standards: list[PostStandardView]
    body_limits: list[BodyLimitView]


class ReadStandards(Query[Standards]):
    """What the office has set for matters (职数标准和机构限额)."""

    name = "matters.read_standards"
    duties = READERS
    title_zh = "职数标准和机构限额"
    title_en = "Read the standards"


@answers(ReadStandards)
async def read_standards(query: ReadStandards, reading: Reading) -> Standards:
    standards = await reading.connection.fetch("SELECT rank, posts FROM post_standard ORDER BY 1")
    limits = await reading.connection.fetch("SELECT counted, bodies FROM body_limit ORDER BY 1")
    return Standards(
        post_standards=[PostStandardView.model_validate(dict(each)) for each in standards],
        body_limits=[
            BodyLimitView(body_type=each["counted"], bodies=each["bodies"]) for each in limits
        ],
    )
