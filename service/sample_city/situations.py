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

# Key, body, ids of the rule list, Chinese, English. Persons and days are added below.
_PLANTED: Final = (
    ("over_quota", "15", ("R01",), "行政编制超编1名", "one over its administrative quota"),
    ("over_posts", "13", ("R02",), "副职超1名", "five deputies on four posts"),
    (
        "mixed_use",
        "11",
        ("R05", "R06"),
        "市一实中3名教师编制人员无借调手续在局机关工作",
        "three people on the school's quota work here without secondment",
    ),
    ("nonquota_over", "12", ("R28",), "辅警超控制数12名", "auxiliary police 12 over the ceiling"),
    ("nonquota_over", "25", ("R28",), "编外超控制数55名", "non-quota staff 55 over the ceiling"),
    (
        "dishonesty_listed",
        "28",
        (),
        "经费自理，列入异常和失信名录",
        "self-funded and on the dishonesty list",
    ),
    (
        "notice_expired",
        "10",
        (),
        "2名用编通知单逾期未使用，空编3名",
        "a notice for two positions expired unused; three vacancies",
    ),
    (
        "overdue_exit",
        "24",
        ("R09", "R21"),
        "2名退休人员应减未减，逾期22个工作日",
        "two retired people not deducted, 22 working days late",
    ),
    (
        "paid_elsewhere",
        "27",
        ("R12",),
        "1人同时在另一单位领取工资",
        "one person is also on the pay list of another unit",
    ),
    (
        "nameplate_unapproved",
        "26",
        ("R24",),
        "擅自加挂“青澜市大数据中心”牌子",
        "works under an unapproved nameplate",
    ),
    (
        "entry_without_notice",
        "22",
        ("R18",),
        "1人未办理用编手续入编",
        "one person entered without a notice",
    ),
    (
        "town_quota_wanted",
        "29",
        (),
        "市直机关拟借用2名镇编制",
        "an organ of the city wants to borrow two town quotas",
    ),
    (
        "superior_needed",
        "30",
        (),
        "拟设副科级事业单位，须报上级",
        "wants an institution that only the superior can approve",
    ),
    ("superior_managed", "07", (), "编制由上级管理", "quotas managed by the superior"),
    ("superior_managed", "08", (), "编制由上级管理", "quotas managed by the superior"),
    ("clean_vacancies", "02", (), "空编2名，无违规", "two vacancies and no breach"),
    (
        "merger_planned",
        "16",
        (),
        "所属农技中心、水产站拟合并",
        "two subordinate stations are to be merged",
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
            persons=concerned.get(key, ()),
            since=retired_on if key == "overdue_exit" else None,
        )
        for key, no, rules, zh, en in _PLANTED
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
