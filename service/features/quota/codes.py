"""Code lists of the ledger (domain.md §4.8)."""

from enum import StrEnum


class QuotaKind(StrEnum):
    """Kinds of quota. 参公 is no kind but a flag of the body."""

    ADMIN = "ADMIN"
    """行政编制"""
    POLITICAL_LEGAL = "POLITICAL_LEGAL"
    """政法专项编制"""
    INSTITUTION = "INSTITUTION"
    """事业编制"""
    SUPPORT = "SUPPORT"
    """工勤编制"""


class Funding(StrEnum):
    """Funding forms (经费形式) of quotas."""

    FULL = "FULL"
    """财政全额拨款"""
    PARTIAL = "PARTIAL"
    """财政差额补助"""
    SELF = "SELF"
    """经费自理"""


class Structure(StrEnum):
    """What posts of an institution are for (编制结构)."""

    MANAGEMENT = "MANAGEMENT"
    """行政管理"""
    PROFESSIONAL = "PROFESSIONAL"
    """专业技术"""
    WORKER = "WORKER"
    """工勤"""


class Level(StrEnum):
    """Levels of leadership and mid-level posts, highest first."""

    ZHENGTING = "ZHENGTING"
    """正厅"""
    FUTING = "FUTING"
    """副厅"""
    ZHENGCHU = "ZHENGCHU"
    """正处"""
    FUCHU = "FUCHU"
    """副处"""
    ZHENGKE = "ZHENGKE"
    """正科"""
    FUKE = "FUKE"
    """副科"""
    ZHENGGU = "ZHENGGU"
    """正股"""
    FUGU = "FUGU"
    """副股"""
    UNRANKED = "UNRANKED"
    """未定级: posts of bodies without a rank"""

    def is_above(self, rank: str) -> bool:
        """Whether it is higher than a body's rank; an unranked body compares with none."""
        order = list(Level)
        if self is Level.UNRANKED or rank not in order or rank == Level.UNRANKED:
            return False
        return order.index(self) < order.index(Level(rank))


class Slot(StrEnum):
    """Whose leadership post it is."""

    CHIEF = "CHIEF"
    """正职"""
    DEPUTY = "DEPUTY"
    """副职"""
    EXTRA = "EXTRA"
    """另配: such as a full-time Party secretary or a chief engineer (总师)"""


class Tier(StrEnum):
    """Leadership posts of a body, or mid-level posts of its internal bodies."""

    LEADERSHIP = "LEADERSHIP"
    """领导职数"""
    MIDLEVEL = "MIDLEVEL"
    """中层职数"""


#: INSTITUTION goes with every form, the others with full funding only (domain.md §4.8).
ALLOWED_FUNDING = {
    QuotaKind.ADMIN: frozenset({Funding.FULL}),
    QuotaKind.POLITICAL_LEGAL: frozenset({Funding.FULL}),
    QuotaKind.SUPPORT: frozenset({Funding.FULL}),
    QuotaKind.INSTITUTION: frozenset(Funding),
}
#: Kinds of which the total changes only by a superior's document (I3).
TOTAL_BY_SUPERIOR = frozenset({QuotaKind.ADMIN, QuotaKind.POLITICAL_LEGAL})
#: Bodies whose quotas stay with them (I21).
GRASS_ROOTS = frozenset({"TOWN", "SUBDISTRICT"})
