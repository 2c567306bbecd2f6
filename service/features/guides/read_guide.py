"""Read the guide of one procedure, for everybody."""

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.guides.fields import ProcedureCode
from service.features.guides.in_force import guide_on
from service.features.guides.view import GuideView, guide_of, materials_of


class ReadGuide(Query[GuideView]):
    """The page of one procedure as it is in force today (办事指南). Open to the public; its ETag
    changes with the version.
    """

    name = "guides.read_guide"
    duties = frozenset({Duty.PUBLIC_USER})
    is_public = True
    title_zh = "查询办事指南"
    title_en = "Read a guide"

    code: ProcedureCode


@answers(ReadGuide)
async def read_guide(query: ReadGuide, reading: Reading) -> GuideView:
    guide = await guide_on(reading.connection, query.code, reading.today)
    if guide is None:
        raise missing("a guide of this procedure in force")
    reading.etag = f"{guide.code}-{guide.number}"
    return guide_of(guide, await materials_of(reading.connection, guide.id))
