"""Situations of the rectification ledger: what is found at a body, and what its gate says then."""

from typing import Any, Final

from service.demo.asking import rules_of, withdrawn, written
from service.demo.scene import Scene, Situation
from service.sample_city.playing.answers import Choice
from service.sample_city.playing.items import FINDER, ItemPlay, Problem
from service.sample_city.playing.sittings import SECRETARY, sit

DEADLINE_HIGH: Final = 60
DEADLINE_MEDIUM: Final = 40


async def registered(
    scene: Scene, breach: str, problem: str, facts: str, cause: str = "UNIT"
) -> ItemPlay:
    """The open item of the scene's body about a breach; found and registered if there is none."""
    stage = scene.stage
    item = ItemPlay(stage.people, _problem(scene, breach, problem, facts, cause))
    known = await _known(scene, breach)
    if known is not None:
        item.id = str(known["id"])
        zh = f"已挂账：{known['number']}，{known['state_name']}"
        scene.step(zh, f"on the ledger already as {known['number']}")
        return item
    await item.find()
    scene.step(f"发现问题：{problem}", f"found: {breach}")
    await item.run("draft_notice", due=stage.today, today=stage.today)
    seen = await item.seen()
    scene.step(f"登记确认，编号{seen['number']}", f"registered as {seen['number']}")
    return item


def _problem(scene: Scene, breach: str, problem: str, facts: str, cause: str) -> Problem:
    stage = scene.stage
    body_id = stage.staff.bodies[scene.no]
    (head,) = stage.staff.holders("applicant_party_group", body_id)[:1]
    names = {each.subject: each.name for each in stage.staff.city.cast}
    return Problem(
        body_id=body_id,
        owner=f"unit-{scene.no}",
        leader=names[head],
        breach=breach,
        problem=problem,
        facts=facts,
        found_on=stage.today,
        paper=stage.paper,
        cause=cause,
    )


async def _known(scene: Scene, breach: str) -> dict[str, Any] | None:
    """An item of the body about this breach that is not over."""
    stage = scene.stage
    path = f"/rectifications?body_id={stage.staff.bodies[scene.no]}&is_open=true&limit=200"
    for each in (await stage.people.done(FINDER, "GET", path))["items"]:
        seen = dict(await stage.people.done(FINDER, "GET", f"/rectifications/{each['id']}"))
        if seen["breach"] == breach:
            return seen
    return None


async def at_work(scene: Scene, item: ItemPlay, days: int) -> None:
    """Its notice is out, its plan approved: the unit is at work on it."""
    if (await item.seen())["state"] == "IN_PROGRESS":
        return
    due = await scene.stage.working_days(days)
    await item.run("carry_out", due=due, today=scene.stage.today)
    scene.step(f"整改通知书已发，{due}到期", f"the notice is out, due on {due}")
    scene.step("整改方案已报送并批准", "the unit's plan is filed and approved")


async def closed(scene: Scene, item: ItemPlay) -> None:
    """Done, looked at, and signed off."""
    stage = scene.stage
    await item.run("check_papers", due=stage.today, today=stage.today)
    scene.step("单位申请销号", "the unit asks to close it")
    await item.run("sign_close_out", due=stage.today, today=stage.today)
    scene.step("资料审查、现场验收通过", "its papers complete, accepted on site")
    await item.run(due=stage.today, today=stage.today)
    scene.step("主任签批销号", "the director closes it")


async def _finance(scene: Scene) -> None:
    item = await registered(scene, "OVER_POSTS", "超职数配备副职1名", "核定副职4名，实配5名。")
    seen = await item.seen()
    scene.check("严重程度", "severity", "HIGH", seen["severity"])
    scene.check("领域", "area", "POSTS", seen["area"])


async def _education(scene: Scene) -> None:
    item = await registered(
        scene, "MIXED_USE", "混编使用教师编制人员3名", "市一实中3名人员无借调手续在局机关工作。"
    )
    seen = await item.seen()
    scene.check("严重程度", "severity", "MEDIUM", seen["severity"])
    matter = await written(
        scene,
        "M11",
        "关于增加行政编制的请示",
        [scene.stage.change("11", 24, 25)],
        choices={
            "decide_on_hold": [Choice("override", {"reason": "机构改革任务急需，先行受理。"})]
        },
    )
    reached = await matter.run("decide_on_hold", "intake_check")
    scene.step("申请增编1名并报送", "one post more is asked for and filed")
    scene.check("到达环节", "waits at", "decide_on_hold", reached)
    held = await matter.seen()
    scene.check("关口", "gate", "HOLD", held["gate"])
    scene.check("命中规则", "rule of A-DT4", ["2"], rules_of(held["gate_hits"], "HOLD"))
    reached = await matter.run("intake_check")
    scene.step("编委主任说明理由放行", "the chair lets it pass, with a reason")
    scene.check("放行后到达", "then waits at", "intake_check", reached)
    path = f"/agenda-items?subject_id={matter.id}&limit=50"
    items = (await scene.stage.people.done(SECRETARY, "GET", path))["items"]
    scene.check("向下次编委会报告", "told to the next meeting", 1, _reports(items))
    await withdrawn(scene, matter)


def _reports(items: list[dict[str, Any]]) -> int:
    return sum(each["kind"] == "REPORT" for each in items)


async def _medical(scene: Scene) -> None:
    item = await registered(
        scene, "NONQUOTA_BREACH", "编外用工超控制数55名", "控制数400名，实有455名。", "POLICY"
    )
    if not (await item.seen())["is_long_term"]:
        await at_work(scene, item, DEADLINE_MEDIUM)
        await _taken_long(scene, item)
    seen = await item.seen()
    scene.check("严重程度", "severity", "MEDIUM", seen["severity"])
    scene.check("长期整改", "long-term", expected=True, seen=seen["is_long_term"])
    scene.check("有消化计划", "has a plan to digest", expected=True, seen=bool(seen["targets"]))


async def _taken_long(scene: Scene, item: ItemPlay) -> None:
    """The commission agrees, and yearly targets replace the deadline."""
    minutes = await _agreed_by_commission(scene, item)
    year = scene.stage.today.year
    given = {
        "minutes_document_id": minutes,
        "reason": "历史原因形成，逐年消化。",
        "targets": [
            {"name": "消化28名", "on": f"{year + 1}-12-31"},
            {"name": "消化完毕", "on": f"{year + 2}-12-31"},
        ],
    }
    path = f"/rectifications/{item.id}/long-term"
    await scene.stage.people.done(SECRETARY, "POST", path, given)
    scene.step("列为长期整改，逐年消化", "long-term, digested year by year")


async def _agreed_by_commission(scene: Scene, item: ItemPlay) -> str:
    """The commission agrees; the id of its minutes."""
    people = scene.stage.people
    put = {
        "level": "COMMISSION",
        "subject_type": "rectification_item",
        "subject_id": item.id,
        "title": "关于市人民医院编外用工列为长期整改的议题",
        "choices": ["agree", "not_agree"],
    }
    agenda_item = await people.done(SECRETARY, "POST", "/agenda-items", put)
    results = [(agenda_item, {"result": "agree"})]
    meeting = await sit(people, "COMMISSION", scene.stage.today, results)
    scene.step("编委会议同意列为长期整改", "the commission agrees")
    seen = await people.done(SECRETARY, "GET", f"/meetings/{meeting}/minutes")
    return str(seen["document_id"])


async def _media(scene: Scene) -> None:
    item = await registered(
        scene,
        "UNAPPROVED_NAMEPLATE",
        "擅自加挂“青澜市大数据中心”牌子",
        "现场检查发现悬挂未经批准的牌子。",
    )
    seen = await item.seen()
    scene.check("严重程度", "severity", "MEDIUM", seen["severity"])
    scene.check("领域", "area", "BODIES", seen["area"])


FINANCE = Situation("13", "市财政局副职超1名", "one deputy too many", _finance)
EDUCATION = Situation("11", "市教育局混编混岗", "people of the school work there", _education)
MEDICAL = Situation("25", "市人民医院编外超控", "non-quota staff over the ceiling", _medical)
MEDIA = Situation("26", "市融媒体中心擅自挂牌", "an unapproved nameplate", _media)
