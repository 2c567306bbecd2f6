"""The forty items of the ledger: what was found where, when, and how far it has come."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final

YEAR: Final = 2026


class Stage(Enum):
    """How far an item has come on the reference date: its end, or the task that is open."""

    CLOSED = auto()
    REOPENED = auto()
    OVERDUE = auto()
    LONG_TERM = auto()
    NOTICE_DRAFT = "draft_notice"
    NOTICE_SIGNING = "sign_notice"
    PLAN = "file_plan"
    PLAN_REVIEW = "review_plan"
    WORK = "carry_out"
    PAPERS = "check_papers"
    ACCEPTANCE = "accept_item"
    CLOSE_OUT = "sign_close_out"


@dataclass(frozen=True, slots=True)
class Row:
    """One item.

    Attributes:
        body: Number of the body in the city's table.
    """

    body: str
    breach: str
    problem: str
    found_on: date
    stage: Stage

    @property
    def is_policy(self) -> bool:
        return self.stage is Stage.LONG_TERM


# Body, breach, problem, month and day on which it was found.
_CLOSED: Final = (
    ("01", "LATE_REGISTRATION", "1名调入人员未及时办理实名制登记", 1, 8),
    ("18", "DATA_ERROR", "实名制系统中3人岗位信息有误", 1, 13),
    ("14", "LATE_REPORT", "年度机构编制报告迟报", 1, 20),
    ("29", "MIXED_USE", "1名事业编制人员长期在行政岗位工作", 1, 22),
    ("09", "USE_WITHOUT_NOTICE", "调任1人未办理用编手续", 2, 3),
    ("20", "UNAPPROVED_NAME", "印章名称与批准的机构名称不符", 2, 5),
    ("23", "LATE_REGISTRATION", "2名退休人员未及时核减", 3, 3),
    ("16", "FUNCTION_DEVIATION", "一项职责未按“三定”规定移交", 3, 10),
    ("25", "DATA_ERROR", "实名制系统中6人学历信息有误", 3, 17),
    ("05", "LATE_REGISTRATION", "1名退休人员未及时核减", 4, 7),
    ("30", "UNAUTHORISED_INTERNAL_BODY", "自行设立综合协调办公室", 4, 9),
    ("17", "LATE_REPORT", "月度核查表迟报", 4, 21),
    ("21", "DATA_ERROR", "实名制系统中1人入编时间有误", 5, 7),
    ("19", "OVER_RANK", "1名内设机构负责人超规格配备", 5, 12),
    ("07", "LATE_REGISTRATION", "1名调出人员未及时核减", 6, 2),
    ("06", "NONQUOTA_BREACH", "编外用工1人未经核准", 6, 9),
    ("31", "DATA_ERROR", "实名制系统中2人职称信息有误", 7, 7),
    ("08", "DECISION_NOT_IMPLEMENTED", "一项批复事项未在期限内落实", 7, 14),
)
_OVERDUE: Final = (
    ("15", "OVER_QUOTA", "行政编制超编1名", 5, 19),
    ("26", "UNAPPROVED_NAMEPLATE", "擅自加挂“青澜市大数据中心”牌子", 7, 21),
    ("22", "USE_WITHOUT_NOTICE", "1人未办理用编手续入编", 8, 4),
    ("27", "GHOST_PAY", "1人同时在另一单位领取工资", 8, 11),
    ("24", "LATE_REGISTRATION", "2名退休人员应减未减", 10, 20),
)
_LONG: Final = (
    ("25", "NONQUOTA_BREACH", "编外用工超控制数55名", 3, 24),
    ("18", "POLICY_OVER_QUOTA", "机构改革划转形成中层职数超配1名", 4, 14),
)
_RUNNING: Final = (
    ("13", "OVER_POSTS", "副职超配1名", 9, 22, Stage.WORK),
    ("11", "MIXED_USE", "市一实中3名教师编制人员无借调手续在局机关工作", 10, 13, Stage.WORK),
    ("12", "NONQUOTA_BREACH", "辅警超控制数12名", 10, 15, Stage.WORK),
    ("28", "NONQUOTA_BREACH", "编外用工3人合同未备案", 10, 20, Stage.WORK),
    ("29", "FUNCTION_DEVIATION", "一项下放职责未承接到位", 9, 24, Stage.PAPERS),
    ("16", "UNAPPROVED_NAME", "公文版头使用未经批准的名称", 9, 15, Stage.PAPERS),
    ("02", "MIXED_USE", "下属单位1人借调期满未返回", 9, 10, Stage.ACCEPTANCE),
    ("10", "DECISION_NOT_IMPLEMENTED", "空编使用计划未按批复执行", 9, 8, Stage.ACCEPTANCE),
    ("14", "UNAUTHORISED_INTERNAL_BODY", "自行设立业务专班并配备负责人", 9, 10, Stage.CLOSE_OUT),
    ("03", "FUNCTION_DEVIATION", "一项职责与有关单位交叉未协商", 11, 10, Stage.PLAN),
    ("17", "MIXED_USE", "下属单位1人无借调手续在局机关工作", 11, 12, Stage.PLAN),
    ("23", "USE_WITHOUT_NOTICE", "调任1人未办理用编手续", 11, 3, Stage.PLAN_REVIEW),
    ("30", "NONQUOTA_BREACH", "编外用工2人未经核准", 11, 19, Stage.NOTICE_DRAFT),
    ("01", "DATA_ERROR", "实名制系统中2人岗位信息有误", 11, 19, Stage.NOTICE_SIGNING),
)
_AGAIN: Final = ("09", "MIXED_USE", "1名事业编制人员再次在机关岗位工作", 2, 10)


def item_rows() -> list[Row]:
    """All forty, in the order in which they were found."""
    rows = [_row(each, Stage.CLOSED) for each in _CLOSED]
    rows += [_row(each, Stage.OVERDUE) for each in _OVERDUE]
    rows += [_row(each, Stage.LONG_TERM) for each in _LONG]
    rows += [_row(each[:5], each[5]) for each in _RUNNING]
    rows.append(_row(_AGAIN, Stage.REOPENED))
    return sorted(rows, key=lambda row: row.found_on)


def _row(told: tuple[str, str, str, int, int], stage: Stage) -> Row:
    body, breach, problem, month, day = told
    return Row(body, breach, problem, date(YEAR, month, day), stage)
