"""Evaluations beforehand: what the planner, the team and the unit fill in."""

from typing import Any, Final

from service.sample_city.playing.people import People

#: Who leads, in the order in which one is asked: the case officer who is not on the matter.
LEADS: Final = ("office-07", "office-06")
MEMBERS: Final = ("office-09", "office-10")
#: Words enough to stand before a number (I19).
WORDS: Final = (
    "依据充分，职责明确，新增任务有文件可查，现有人员满负荷运转，"
    "内部调剂已经用尽，建议按照评估方案统筹考虑，理由如上所述。"
)
_WORTH: Final = {
    "LEGALITY": 20,
    "NECESSITY": 18,
    "FEASIBILITY": 10,
    "ALTERNATIVES": 15,
    "DISCIPLINE": 10,
}


async def planned(people: People, lead: str = LEADS[0]) -> dict[str, Any]:
    """A plan: who leads, who belongs to the team, how it goes about it."""
    return {
        "scope": "申请事项的合法性、必要性和可行性。",
        "methods": ["DESK", "FIELD"],
        "lead": await people.id_of(lead),
        "members": [await people.id_of(each) for each in MEMBERS],
    }


def scores(share: float = 0.9) -> list[dict[str, Any]]:
    """A score of each indicator that people score, as a share of what it is worth."""
    return [
        {"indicator": code, "text": WORDS, "score": round(points * share, 1)}
        for code, points in _WORTH.items()
    ]


def self_evaluation(year: int) -> dict[str, Any]:
    """What a unit says of itself: its workload has grown by a third in three years."""
    return {
        "answers": [{"indicator": "NECESSITY", "text": "新承担职责，工作量逐年增加。"}],
        "workload": [
            {"year": year - 3, "number": 300},
            {"year": year - 2, "number": 350},
            {"year": year - 1, "number": 400},
        ],
    }


REVIEW: Final = {
    "findings": "资料齐全，现场核实无误。",
    "comparison": "低于同类单位中位数。",
    "comparison_ratio": 0.95,
    "fiscal_opinion": "FULL",
}
REPORT: Final = {
    "summary": "评估组按方案开展了资料审核和现场核查。",
    "alternatives": "已比较内部调剂、周转使用和购买服务等办法。",
    "conclusion": "评估结论见评分和建议。",
}
