"""Situations that go the whole way: appraised, evaluated, deliberated, issued, carried out."""

from typing import Final

from service.demo.asking import previewed, written
from service.demo.scene import READER, Scene, Situation
from service.sample_city.playing.answers import Choice
from service.sample_city.playing.sittings import waiting

KEEPER: Final = "office-10"
#: What the two stations have together: a merger makes it no more (I17).
_FULL_BEFORE: Final = 40
_SUPPORT_BEFORE: Final = 2
#: The order of 副科 among the ranks.
_FUKE: Final = 6
_INSTITUTION = {"kind": "INSTITUTION", "funding": "FULL"}


async def _subdistrict(scene: Scene) -> None:
    """The superior decides; it is not asked before the office has talked with it."""
    deltas = [
        {
            "ledger": "BODY",
            "action": "SET_UP",
            "body_name": "青澜市青岭街道综合服务中心",
            "after": _FUKE,
        }
    ]
    found = await previewed(scene, "M02", deltas)
    scene.check("审批权限", "authority", "SUPERIOR", found["authority"]["final_authority"])
    scene.check("须事前评估", "to be evaluated", expected=True, seen=found["evaluation_needed"])
    matter = await written(scene, "M02", "关于设立副科级事业单位的请示", deltas)
    reached = await matter.run("communicate")
    scene.step("受理、论证、评估", "admitted, appraised, evaluated")
    scene.check("先与上级沟通", "first talks with the superior", "communicate", reached)
    seen = await matter.seen()
    agenda = await waiting(scene.stage.people, matter.id)
    scene.check("未上会", "on no agenda yet", 0, len(agenda))
    scene.check("未报上级", "nothing sent up yet", expected=None, seen=seen["upward_document_id"])
    scene.check("尚无事前沟通记录", "no talks on record yet", 0, await _talks(scene, matter.id))
    reached = await matter.run("sign_upward_request")
    scene.step("登记事前沟通后室务会、编委会审议", "talks on record, then the meetings")
    scene.check("事前沟通已登记", "talks on record", 1, await _talks(scene, matter.id))
    scene.check("起草上报请示", "then goes up", "sign_upward_request", reached)
    await matter.run(holds_meetings=False)
    seen = await matter.seen()
    scene.check("已报上级", "lies with the superior", "AT_SUPERIOR", seen["state"])


async def _talks(scene: Scene, matter_id: str) -> int:
    """How many talks with the superior the file has."""
    path = f"/matters/{matter_id}/records?kind=PRIOR_COMMUNICATION"
    return len((await scene.stage.people.done(READER, "GET", path))["items"])


async def _merger(scene: Scene) -> None:
    stage = scene.stage
    stays, goes = (stage.staff.bodies[no] for no in ("27", "31"))
    deltas = [
        {"ledger": "BODY", "action": "MERGE", "body_id": goes, "to_body_id": stays},
        stage.change("27", 28, 40, source="MERGED", **_INSTITUTION),
        stage.change("31", 12, 0, source="MERGED", **_INSTITUTION),
    ]
    found = await previewed(scene, "M03", deltas)
    scene.check("审批权限", "authority", "COMMISSION", found["authority"]["final_authority"])
    told = {"report_implementation": [Choice(None, {**_MERGED, "evidence": [stage.paper]})]}
    title = "关于合并农技中心和水产站的请示"
    matter = await written(scene, "M03", title, deltas, choices=told)
    reached = await matter.run("report_implementation")
    scene.step("编委会议审议，批复已发", "the commission decides, the reply is issued")
    scene.check("组织实施", "to be carried out", "report_implementation", reached)
    seen = await stage.people.done(READER, "GET", f"/bodies/{goes}")
    scene.check("31号机构状态", "body 31 meanwhile", "IN_REFORM", seen["status"])
    line = await stage.line("31", **_INSTITUTION)
    scene.check("31号机构可用编制", "available to body 31", 0, line["available"])
    scene.check("31号机构空编冻结", "vacancies of body 31 frozen", 1, line["frozen"])
    relieved = await _relieved(scene, goes, str((await matter.seen())["approval_document_id"]))
    scene.step(f"免去31号机构职务{relieved}人", f"{relieved} heads of body 31 give up their posts")
    scene.check("办结", "ends", "CLOSED", await matter.run())
    scene.step("人员划转、牌子印章办结，核对台账", "people moved, held against the ledger")
    scene.check("结果", "outcome", "E7", (await matter.seen())["outcome"])
    seen = await stage.people.done(READER, "GET", f"/bodies/{goes}")
    scene.check("31号机构状态", "body 31 then", "MERGED", seen["status"])
    line = await stage.line("27", **_INSTITUTION)
    scene.check("全额编制不超过40", "FULL at most 40", True, line["authorised"] <= _FULL_BEFORE)
    scene.check("31号机构人员划入", "people of both", 38, line["actual"])
    line = await stage.line("27", "SUPPORT")
    scene.check("工勤编制不超过2", "SUPPORT at most 2", True, line["authorised"] <= _SUPPORT_BEFORE)


_MERGED = {
    "details": "人员已划转。",
    "staff_moved": 11,
    "nameplate_done": True,
    "seal_done": True,
    "registration_changed": True,
}


async def _relieved(scene: Scene, body_id: str, document_id: str) -> int:
    """Whoever heads a body or a section of it gives that up; how many they were."""
    people, path = scene.stage.people, f"/persons?body_id={body_id}&status=ACTIVE&limit=200"
    heads = [x for x in (await people.done(KEEPER, "GET", path))["items"] if x["tier"]]
    for head in heads:
        moved = {
            "document_id": document_id,
            "effective_on": scene.stage.today.isoformat(),
            "to_body_id": body_id,
            "kind": head["kind"],
            "funding": head["funding"],
        }
        version = head["version"]
        await people.done(KEEPER, "POST", f"/persons/{head['id']}/move", moved, version=version)
    return len(heads)


async def _union(scene: Scene) -> None:
    """A clean unit without vacancies asks for one post more and gets it."""
    stage = scene.stage
    before = (await stage.line(scene.no))["authorised"]
    deltas = [stage.change(scene.no, before, before + 1)]
    found = await previewed(scene, "M11", deltas)
    scene.check("审批权限", "authority", "COMMISSION", found["authority"]["final_authority"])
    scene.check("关口", "gate", "CLEAR", found["gate"]["result"])
    matter = await written(scene, "M11", "关于增加行政编制1名的请示", deltas)
    for element, zh, en in _STAGES:
        if await matter.run(element) != element:
            break
        scene.step(zh, en)
    scene.check("办结", "ends", "CLOSED", await matter.run())
    scene.step("落实、公开，办结", "carried out, published, closed")
    seen = await matter.seen()
    scene.check("结果", "outcome", "E7", seen["outcome"])
    scene.check("决定机关", "decided by", "COMMISSION", seen["decided_by"])
    after = (await stage.line(scene.no))["authorised"]
    scene.check("行政编制增加", "posts more", 1, after - before)


_STAGES = (
    ("intake_check", "报送，待受理", "filed, at the counter"),
    ("legality_review", "受理，进入论证", "admitted, under appraisal"),
    ("appraisal_report", "审查、调研、评估完成", "reviewed, studied, evaluated"),
    ("agenda_check", "室务会同意提交编委会", "the office's meeting submits it"),
    ("draft_document", "编委会议同意", "the commission approves"),
    ("report_implementation", "批复已签发并登记台账", "the reply is signed and in the ledger"),
)

SUBDISTRICT = Situation("30", "青岭街道拟设副科级机构", "wants a body of 副科", _subdistrict)
MERGER = Situation("16", "农技中心、水产站合并", "two stations are merged", _merger)
UNION = Situation("20", "市总工会增编1名", "a clean request to its end", _union)
