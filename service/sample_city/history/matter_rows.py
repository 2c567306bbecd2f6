"""The twenty-four matters of the year: who asks for what, when, and how far it has come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, Final

from service.sample_city.history.item_rows import YEAR

Bodies = Mapping[str, str]
Changes = Callable[[Bodies], list[dict[str, Any]]]


class Stage(Enum):
    """How far a matter has come on the reference date: its end, or the task that is open."""

    RETURNED = auto()
    NOT_ADMITTED = auto()
    NOT_SUPPORTED = auto()
    SUSPENDED = auto()
    COMMISSION = auto()
    UPWARD = auto()
    APPROVED = auto()
    WITHDRAWN = auto()
    PRIOR_VIEW = "give_view"
    PRIOR_READ = "read_view"
    PRIOR_COMMUNICATION = "communicate"
    INTAKE = "intake_check"
    SUPPLEMENT = "supplement"
    STUDY = "field_study"
    SCORING = "score_indicators"


@dataclass(frozen=True, slots=True)
class Row:
    """One matter; its changes are told once the bodies' ids are known."""

    body: str
    type: str
    title: str
    changes: Changes
    begins_on: date
    stage: Stage


def posts(no: str, kind: str, before: int, after: int, funding: str = "FULL") -> Changes:
    """One account of a body, from how many to how many posts."""
    return lambda bodies: [
        {
            "ledger": "QUOTA",
            "body_id": bodies[no],
            "kind": kind,
            "funding": funding,
            "before": before,
            "after": after,
            "source": "POOL",
        }
    ]


def function(no: str, text: str) -> Changes:
    """One function more."""
    return lambda bodies: [
        {"ledger": "FUNCTION", "action": "ADD", "body_id": bodies[no], "text": text}
    ]


def nameplate(no: str, text: str) -> Changes:
    """One nameplate more."""
    return lambda bodies: [
        {"ledger": "NAMEPLATE", "action": "ADD", "body_id": bodies[no], "text": text}
    ]


def deputy(no: str, before: int, after: int) -> Changes:
    """Deputies of the leadership."""
    return lambda bodies: [
        {
            "ledger": "LEADERSHIP",
            "body_id": bodies[no],
            "level": "FUKE",
            "slot": "DEPUTY",
            "before": before,
            "after": after,
            "source": "POOL",
        }
    ]


def merger(no: str, into: str) -> Changes:
    """One body becomes part of another one."""
    return lambda bodies: [
        {
            "ledger": "BODY",
            "action": "MERGE",
            "body_id": bodies[no],
            "to_body_id": bodies[into],
        }
    ]


def institution(name: str) -> Changes:
    """A body that is to be set up, of the rank 副科."""
    return lambda bodies: [
        {"ledger": "BODY", "action": "SET_UP", "body_name": name},
        {"ledger": "RANK", "action": "CHANGE", "body_name": name, "after": 6},
    ]


_ADMIN: Final = "ADMIN"
# Body, kind of matter, what it is about, what it changes, month and day, how far.
_TOLD: Final = (
    ("09", "M11", "增加行政编制1名", posts("09", _ADMIN, 34, 35), 2, 10, Stage.APPROVED),
    (
        "20",
        "M07",
        "增加职工服务职责",
        function("20", "负责职工服务中心管理。"),
        3,
        10,
        Stage.APPROVED,
    ),
    (
        "06",
        "M07",
        "增加委员联络职责",
        function("06", "负责委员联络站管理。"),
        4,
        14,
        Stage.APPROVED,
    ),
    ("02", "M11", "增加行政编制1名", posts("02", _ADMIN, 32, 33), 5, 12, Stage.NOT_SUPPORTED),
    ("10", "M11", "增加行政编制2名", posts("10", _ADMIN, 26, 28), 6, 9, Stage.WITHDRAWN),
    (
        "05",
        "M07",
        "增加代表联络职责",
        function("05", "负责代表联络站管理。"),
        6,
        16,
        Stage.RETURNED,
    ),
    ("21", "M11", "增加行政编制1名", posts("21", _ADMIN, 6, 7), 7, 14, Stage.RETURNED),
    (
        "07",
        "M11",
        "增加政法专项编制2名",
        posts("07", "POLITICAL_LEGAL", 68, 70),
        8,
        11,
        Stage.NOT_ADMITTED,
    ),
    (
        "12",
        "M11",
        "增加政法专项编制3名",
        posts("12", "POLITICAL_LEGAL", 286, 289),
        8,
        18,
        Stage.UPWARD,
    ),
    ("19", "M17", "增加副局长职数1名", deputy("19", 3, 4), 8, 25, Stage.UPWARD),
    ("15", "M11", "增加行政编制1名", posts("15", _ADMIN, 25, 26), 9, 8, Stage.SUSPENDED),
    ("16", "M03", "整合农技、水产推广机构", merger("31", "27"), 9, 15, Stage.COMMISSION),
    (
        "05",
        "M07",
        "增加备案审查职责",
        function("05", "负责规范性文件备案审查。"),
        9,
        22,
        Stage.COMMISSION,
    ),
    (
        "30",
        "M02",
        "设立青岭街道综合服务中心",
        institution("青澜市青岭街道综合服务中心"),
        10,
        13,
        Stage.PRIOR_COMMUNICATION,
    ),
    ("17", "M11", "增加行政编制1名", posts("17", _ADMIN, 24, 25), 10, 13, Stage.SCORING),
    (
        "11",
        "M07",
        "增加校外培训监管职责",
        function("11", "负责校外培训监管。"),
        10,
        27,
        Stage.STUDY,
    ),
    ("14", "M11", "增加行政编制1名", posts("14", _ADMIN, 28, 29), 11, 17, Stage.SUPPLEMENT),
    (
        "09",
        "M07",
        "增加数据管理职责",
        function("09", "负责政务数据管理。"),
        11,
        12,
        Stage.SUPPLEMENT,
    ),
    (
        "03",
        "M07",
        "增加人才服务职责",
        function("03", "负责人才服务工作。"),
        11,
        12,
        Stage.SUPPLEMENT,
    ),
    ("01", "M11", "增加行政编制2名", posts("01", _ADMIN, 62, 64), 11, 17, Stage.INTAKE),
    ("13", "M07", "增加资产监管职责", function("13", "负责国有资产监管。"), 11, 19, Stage.INTAKE),
    ("18", "M07", "增加食品抽检职责", function("18", "负责食品安全抽检。"), 11, 19, Stage.INTAKE),
    ("19", "M11", "增加行政编制1名", posts("19", _ADMIN, 19, 20), 11, 19, Stage.PRIOR_VIEW),
    (
        "21",
        "M07",
        "增加青年发展职责",
        function("21", "负责青年发展工作。"),
        11,
        12,
        Stage.PRIOR_READ,
    ),
)


def matter_rows() -> list[Row]:
    """All twenty-four, in the order in which they began."""
    rows = [
        Row(body, type_, f"关于{about}的请示", changes, date(YEAR, month, day), stage)
        for body, type_, about, changes, month, day, stage in _TOLD
    ]
    return sorted(rows, key=lambda row: row.begins_on)
