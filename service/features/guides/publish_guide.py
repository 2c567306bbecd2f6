"""Publish a guide: a new version of a procedure's page waits for a second person."""

from typing import ClassVar

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.decisions.rules import BudgetSpent, FeelFault, ValueOutside
from service.features.guides import rules
from service.features.guides.fields import GuideFields, GuideText, ProcedureCode
from service.features.guides.required import require_materials
from service.features.guides.tables import GuideMaterial, GuideState, ServiceGuide
from service.features.guides.view import GuideVersionView, materials_of, version_of

EXAMPLE = {
    "title": "内设机构设立和调整",
    "effective_on": "2026-12-01",
    "basis": [
        {"level": "CENTRAL", "title": "中国共产党机构编制工作条例", "article": "第八条"},
        {"level": "INTERNAL", "title": "办事指南材料清单"},
    ],
    "who": ["机关、群团，以及其所属事业单位"],
    "conditions": ["不突破编制总额和领导职数"],
    "flow": [{"name": "受理", "by": "编办综合科", "limit": "2个工作日"}],
    "authority": ["股级内设机构由编办审批"],
    "limit": "25个工作日（不含补正、征求意见时间）",
    "contact": "编办综合科",
    "materials": [
        {
            "code": "PARTY_GROUP_MINUTES",
            "name": "党组（党委）会议纪要",
            "form": "BOTH",
            "format": "A4，加盖公章",
            "copies": 2,
            "is_original": True,
        }
    ],
}


class PublishGuide(GuideFields, Command[GuideVersionView]):
    """Keep the next version of a procedure's guide (拟定办事指南); a second person approves it.

    A matter's guide explains every material that the table in force may ask for: completeness
    and guide work on the same codes. `effective_on` may lie ahead.
    """

    name = "guides.publish_guide"
    duties = frozenset({Duty.OFFICE_CASE_OFFICER})
    title_zh = "拟定办事指南"
    title_en = "Publish a guide"
    status = 201
    refusals = (
        rules.GuideMaterialMissing,
        rules.GuideFileMissing,
        FeelFault,
        BudgetSpent,
        ValueOutside,
    )
    example: ClassVar = {"code": "M10", **EXAMPLE}

    code: ProcedureCode


class GuidePublished(Event):
    """A version of a guide waits for a second person."""

    type: ClassVar[str] = "guides.guide_published"
    title_zh = "办事指南已拟定"
    title_en = "Guide published"

    code: str
    number: int

    def subject(self) -> str:
        return f"guide/{self.code}"


#: Versions of all guides are numbered and decided on one after the other.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('service_guide'))"


@handles(PublishGuide)
async def publish_guide(command: PublishGuide, context: Context) -> GuideVersionView:
    context.require_city()
    codes = {material.code for material in command.materials}
    await require_materials(context.connection, context.now, command.code, codes)
    await context.connection.execute(LOCK)
    number = await context.connection.fetchval(
        "SELECT coalesce(max(number), 0) + 1 FROM service_guide WHERE code = $1", command.code
    )
    content = command.model_dump(mode="json", include=set(GuideText.model_fields))
    guide = context.insert(
        ServiceGuide(
            id=new_id(),
            code=command.code,
            number=number,
            state=GuideState.PROPOSED,
            title=command.title,
            content=content,
            effective_on=command.effective_on,
            proposed_by=context.actor.id,
            proposed_by_name=context.actor.name,
            proposed_at=context.now,
        )
    )
    await context.flush()
    for place, material in enumerate(command.materials, start=1):
        context.insert(GuideMaterial(guide_id=guide.id, place=place, **material.model_dump()))
    await context.flush()
    context.announce(GuidePublished(code=command.code, number=number))
    context.tag(guide)
    return version_of(guide, await materials_of(context.connection, guide.id))
