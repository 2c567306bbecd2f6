"""Situations in which the office does not take a request in, or evaluates it as not advisable."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from service.demo.asking import previewed, rules_of, written
from service.demo.scene import READER, Scene, Situation
from service.sample_city.playing import evaluations
from service.sample_city.playing.answers import Choice
from service.sample_city.playing.matters import MatterPlay

_CHECKED: Final = {
    **dict.fromkeys(("content", "procedure", "truthful", "form", "complete"), "YES"),
    "lawful": "NO",
}
_INSPECTOR: Final = "office-08"
_INTAKE: Final = "office-05"
_DEPUTY: Final = "office-02"
_OFFICER: Final = "office-06"


async def _refused_at_intake(scene: Scene, matter: MatterPlay) -> None:
    """It comes to the counter, which cannot admit it; the leader signs the explanation."""
    reached = await matter.run("intake_check")
    scene.step("党组集体决定并报送", "adopted by the Party group and filed")
    scene.check("到达环节", "waits at", "intake_check", reached)
    checked = dict.fromkeys(_CHECKED, "YES")
    await matter.people.complete(_INTAKE, matter.id, "intake_check", "admit", checked)
    scene.step("受理人试予受理", "the counter tries to admit it")
    seen = await matter.seen()
    scene.check("不得受理，退回审查", "may not: it comes back", "SUBMITTED", seen["state"])
    reached = await matter.run("sign_explanation")
    scene.step("受理人提出不予受理，起草反馈说明", "not admitted, the explanation is drafted")
    signers = [duty for task in (await matter.seen())["tasks"] for duty in task["duties"]]
    scene.check("签发人", "who signs", ["office_deputy"], signers)
    scene.check("办结", "ends", "CLOSED", await matter.run())
    scene.step("领导签发，单位签收", "signed by the leader, received by the unit")
    scene.check("结果", "outcome", "E3", (await matter.seen())["outcome"])


async def _town(scene: Scene) -> None:
    stage = scene.stage
    deltas = [
        stage.change("29", 38, 36, source="INSIDE", to_body_id=stage.staff.bodies["19"]),
        stage.change("19", 19, 21, source="OUTSIDE"),
    ]
    matter = await written(
        scene, "M14", "关于借用澜水镇行政编制2名的请示", deltas, no="19", choices=_not_admitted()
    )
    await matter.run("intake_check")
    hits = (await matter.seen())["prohibitions"]
    scene.check("禁止事项", "rows of A-DT5", [7], _numbers(hits))
    await _refused_at_intake(scene, matter)
    line = await stage.line("29")
    scene.check("镇编制不变", "quota of the town", 38, line["authorised"])


def _not_admitted() -> dict[str, list[Choice]]:
    return {"intake_check": [Choice("not_admit", _CHECKED, "不属于本级受理范围。")]}


def _numbers(hits: Any) -> list[Any]:
    return [each.get("number", each) if isinstance(each, dict) else each for each in hits or ()]


async def _not_local(scene: Scene) -> None:
    stage = scene.stage
    line = await stage.line(scene.no, "POLITICAL_LEGAL")
    now = line["authorised"]
    deltas = [stage.change(scene.no, now, now + 1, kind="POLITICAL_LEGAL")]
    found = await previewed(scene, "M11", deltas)
    scene.check("审批权限", "authority", "NOT_LOCAL", found["authority"]["final_authority"])
    scene.check("可否申报", "may file", False, found["filing"]["may_file"])
    title = "关于增加政法专项编制的请示"
    matter = await written(scene, "M11", title, deltas, choices=_not_admitted())
    await _refused_at_intake(scene, matter)


async def _gardens(scene: Scene) -> None:
    stage = scene.stage
    path = f"/bodies/{stage.staff.bodies[scene.no]}/standings"
    given = {"is_dishonest": True, "reason": "列入事业单位失信名单。"}
    await stage.people.done(_INSPECTOR, "POST", path, given)
    scene.step("登记：列入失信名单", "noted: on the list of the dishonest")
    # Any matter, even one that adds nothing, is flagged.
    body_id = stage.staff.bodies[scene.no]
    name = "青澜市园林绿化服务中心"
    renamed = {"ledger": "NAME", "action": "RENAME", "body_id": body_id, "text": name}
    found = await previewed(scene, "M05", [renamed])
    scene.check("关口", "gate", "FLAG", found["gate"]["result"])
    hits = rules_of(found["gate"]["hits"], "FLAG")
    scene.check("命中第7条", "row 7 of A-DT4", expected=True, seen="7" in hits)
    deltas = [stage.change(scene.no, 24, 26, kind="INSTITUTION", funding="SELF")]
    seen = await _evaluated(scene, "关于增加经费自理事业编制2名的事前评估", deltas)
    scene.check("否决项", "vetoes of B-DT1", ["2", "4"], seen["vetoes"])
    scene.check("评估结论", "result", "NOT_RECOMMEND", seen["result"])


async def _committee(scene: Scene) -> None:
    stage = scene.stage
    line = await stage.line(scene.no)
    scene.check("空编", "vacancies", 2, line["available"])
    seen = await _evaluated(scene, "关于增加行政编制1名的事前评估", [stage.change("02", 32, 33)])
    scene.check("否决项", "vetoes of B-DT1", ["1"], seen["vetoes"])
    scene.check("评估结论", "result", "ALTERNATIVE", seen["result"])


async def _evaluated(
    scene: Scene, title: str, deltas: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The unit has it evaluated by itself; an early veto gives a short report."""
    people, unit = scene.stage.people, f"unit-{scene.no}"
    given = {
        "title": title,
        "body_id": scene.stage.staff.bodies[scene.no],
        "deltas": [dict(each) for each in deltas],
        "statement": "拟申请增编，先行评估。",
    }
    asked = str((await people.done(unit, "POST", "/evaluations", given))["id"])
    scene.step("单位申请事前评估", "the unit asks for an evaluation")
    await people.complete(_DEPUTY, asked, "admit_evaluation", "admit")
    scene.step("编办领导同意评估", "the office admits it")
    await people.complete(_OFFICER, asked, "draft_report", None, evaluations.REPORT)
    scene.step("提前否决，起草简要报告", "an early veto: the short report is drafted")
    await people.complete(unit, asked, "comment_on_report")
    await people.complete(_DEPUTY, asked, "confirm_report", "confirm")
    scene.step("单位无意见，领导确认报告", "no comment; the report is confirmed")
    seen = dict(await people.done(READER, "GET", f"/evaluations/{asked}"))
    scene.check("简要报告", "short report", True, seen["is_short"])
    paper = f"/documents/{seen['report_document_id']}/content"
    report = (await people.done(READER, "GET", paper))["data"]
    return {"result": seen["result"], "vetoes": _vetoes(report["vetoes"])}


def _vetoes(written: Sequence[str]) -> list[str]:
    """The rows of B-DT1 that a report names."""
    return [re.findall(r"\d+", each)[0] for each in written]


TOWN = Situation("29", "市直机关借用澜水镇编制2名", "an organ borrows town quota", _town)
COURT = Situation("07", "市人民法院申请增编", "the court asks for quota", _not_local)
PROCURATORATE = Situation("08", "市检察院申请增编", "the procuratorate asks for quota", _not_local)
GARDENS = Situation("28", "市园林绿化所失信且经费自理", "dishonest and self-funded", _gardens)
COMMITTEE = Situation("02", "市委办有空编仍申请增编", "asks although it has vacancies", _committee)
