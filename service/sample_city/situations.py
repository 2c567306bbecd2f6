"""What is wrong or special in the sample city, planted so that rules have something to find."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from service.core.working_days import Calendar
from service.features.quota.codes import PersonStatus
from service.sample_city.model import Body, Person, Situation
from service.sample_city.papers import YEAR
from service.sample_city.traits import OVERDUE_BORN_ON

LATE_WORKING_DAYS: Final = 22
"""How late the two exits of body 24 are on the reference date."""
EXIT_WORKING_DAYS: Final = 15
"""The time an exit may take to be registered."""

# Key, body, ids of the rule list; what is so and what the service is to make of it, each in
# Chinese and English. Persons and days are added below.
_PLANTED: Final = (
    (
        "over_quota",
        "15",
        ("R01",),
        "行政编制超编1名",
        "one over its administrative quota",
        "整改事项：高、逾期；整改流程红灯；增编申请一律阻断（A-DT4第1行）",
        "item HIGH, overdue; rectification red; any increase blocked (A-DT4 row 1)",
    ),
    (
        "over_posts",
        "13",
        ("R02",),
        "副职超1名",
        "five deputies on four posts",
        "整改事项：高；D5拒绝新任副职",
        "item HIGH; D5 refuses a new deputy",
    ),
    (
        "mixed_use",
        "11",
        ("R05", "R06"),
        "市一实中3名教师编制人员无借调手续在局机关工作",
        "three people on the school's quota work here without secondment",
        "混编混岗；整改事项：中",
        "mixed use; item MEDIUM",
    ),
    (
        "nonquota_over",
        "12",
        ("R28",),
        "辅警超控制数12名",
        "auxiliary police 12 over the ceiling",
        "编外超控；行业备案",
        "over the ceiling; filing with the sector",
    ),
    (
        "nonquota_over",
        "25",
        ("R28",),
        "编外超控制数55名",
        "non-quota staff 55 over the ceiling",
        "编外超控；整改事项：中、长期；须有消化计划",
        "item MEDIUM with flag LONG_TERM and a plan to digest",
    ),
    (
        "dishonesty_listed",
        "28",
        (),
        "经费自理，列入异常和失信名录",
        "self-funded and on the dishonesty list",
        "关口提示（第7行）；增编按B-DT1否决项2、4不予推荐",
        "gate FLAG (row 7); increase NOT_RECOMMEND by B-DT1 vetoes 2 and 4",
    ),
    (
        "notice_expired",
        "10",
        (),
        "2名用编通知单逾期未使用，空编3名",
        "a notice for two positions expired unused; three vacancies",
        "D27释放预占",
        "D27 releases the reservation",
    ),
    (
        "overdue_exit",
        "24",
        ("R09", "R21"),
        "2名退休人员应减未减，逾期22个工作日",
        "two retired people not deducted, 22 working days late",
        "应减未减；用编计划阻断（A-DT4第6行）",
        "overdue exit; quota-use plan blocked (A-DT4 row 6)",
    ),
    (
        "paid_elsewhere",
        "27",
        ("R12",),
        "1人同时在另一单位领取工资",
        "one person is also on the pay list of another unit",
        "吃空饷线索，移送人社、财政核查",
        "clue of ghost pay, to human resources and finance",
    ),
    (
        "nameplate_unapproved",
        "26",
        ("R24",),
        "擅自加挂“青澜市大数据中心”牌子",
        "works under an unapproved nameplate",
        "整改事项：中",
        "item MEDIUM",
    ),
    (
        "entry_without_notice",
        "22",
        ("R18",),
        "1人未办理用编手续入编",
        "one person entered without a notice",
        "作为期初状态登记（I7）；整改事项：中",
        "recorded opening state (I7); item MEDIUM",
    ),
    (
        "town_quota_wanted",
        "29",
        (),
        "市直机关拟借用2名镇编制",
        "an organ of the city wants to borrow two town quotas",
        "A-DT5第7行（I21）：建议不同意，领导签发，E3",
        "A-DT5 row 7 (I21): refusal proposed, leader signs, E3",
    ),
    (
        "superior_needed",
        "30",
        (),
        "拟设副科级事业单位，须报上级",
        "wants an institution that only the superior can approve",
        "A-DT3第4行：报上级；事前沟通（A15b）登记前A20、A22不予办理",
        "A-DT3 row 4: SUPERIOR; A20 and A22 refuse until A15b is recorded",
    ),
    (
        "superior_managed",
        "07",
        (),
        "编制由上级管理",
        "quotas managed by the superior",
        "只读；事项按A-DT3第3a行不属本级",
        "read-only; a matter is NOT_LOCAL by A-DT3 row 3a",
    ),
    (
        "superior_managed",
        "08",
        (),
        "编制由上级管理",
        "quotas managed by the superior",
        "只读；事项按A-DT3第3a行不属本级",
        "read-only; a matter is NOT_LOCAL by A-DT3 row 3a",
    ),
    (
        "clean_vacancies",
        "02",
        (),
        "空编2名，无违规",
        "two vacancies and no breach",
        "申请增编1名：B01a提前否决项1，改用空编",
        "increase of 1: B01a early veto 1, ALTERNATIVE (use vacancies)",
    ),
    (
        "merger_planned",
        "16",
        (),
        "所属农技中心、水产站拟合并",
        "two subordinate stations are to be merged",
        "A-DT3第7行：编委会；全额≤40、工勤≤2（I17）；A29a前冻结31号机构并处于改革中",
        "A-DT3 row 7: COMMISSION; FULL ≤ 40, SUPPORT ≤ 2 (I17); "
        "body 31 frozen and IN_REFORM until A29a",
    ),
)


def situations(
    bodies: Sequence[Body], persons: Sequence[Person], calendar: Calendar, on: date
) -> list[Situation]:
    """Every planted situation, with the persons it concerns and since when, where that matters."""
    codes = {body.no: body.body_code for body in bodies}
    retired_on = calendar.add(on, -LATE_WORKING_DAYS - EXIT_WORKING_DAYS)
    concerned = _concerned(persons, codes)
    return [
        Situation(
            key=key,
            body=codes[no],
            rules=rules,
            zh=zh,
            en=en,
            expected_zh=expected_zh,
            expected_en=expected_en,
            persons=concerned.get(key, ()),
            since=retired_on if key == "overdue_exit" else None,
        )
        for key, no, rules, zh, en, expected_zh, expected_en in _PLANTED
    ]


def _concerned(persons: Sequence[Person], codes: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The identity numbers of the persons a situation is about, by its key."""
    active = [person for person in persons if person.status is PersonStatus.ACTIVE]
    overdue = (
        p.id_no for p in active if p.birth == OVERDUE_BORN_ON.get(p.sex) and p.body == codes["24"]
    )
    unnoticed = (p.id_no for p in active if p.entry_date.year == YEAR and not p.quota_notice)
    ordinary = (
        p.id_no for p in active if p.body == codes["27"] and not (p.leader_slot or p.midlevel_slot)
    )
    return {
        "mixed_use": tuple(p.id_no for p in active if p.work_body != p.body),
        "overdue_exit": tuple(overdue),
        "entry_without_notice": tuple(unnoticed),
        "paid_elsewhere": (next(ordinary),),
    }
