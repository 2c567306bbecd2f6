"""Code lists of quotas, posts and persons (domain.md §4.5, §4.8)."""

from service.core.codes import NamedCode


class QuotaKind(NamedCode):
    """Kinds of quota: the authorised use. 参公 is no kind but a flag of the body."""

    ADMIN = "ADMIN", "行政编制"
    POLITICAL_LEGAL = "POLITICAL_LEGAL", "政法专项编制"
    INSTITUTION = "INSTITUTION", "事业编制"
    SUPPORT = "SUPPORT", "工勤编制"


class Funding(NamedCode):
    """Funding forms (经费形式) of quotas."""

    FULL = "FULL", "财政全额拨款"
    PARTIAL = "PARTIAL", "财政差额补助"
    SELF = "SELF", "经费自理"


class Structure(NamedCode):
    """What posts of an institution are for (编制结构)."""

    MANAGEMENT = "MANAGEMENT", "行政管理"
    PROFESSIONAL = "PROFESSIONAL", "专业技术"
    WORKER = "WORKER", "工勤"


class Level(NamedCode):
    """Levels of leadership and mid-level posts, highest first."""

    ZHENGTING = "ZHENGTING", "正厅"
    FUTING = "FUTING", "副厅"
    ZHENGCHU = "ZHENGCHU", "正处"
    FUCHU = "FUCHU", "副处"
    ZHENGKE = "ZHENGKE", "正科"
    FUKE = "FUKE", "副科"
    ZHENGGU = "ZHENGGU", "正股"
    FUGU = "FUGU", "副股"
    UNRANKED = "UNRANKED", "未定级"

    def is_above(self, rank: str) -> bool:
        """Whether it is higher than a body's rank; an unranked body compares with none."""
        order = list(Level)
        if self is Level.UNRANKED or rank not in order or rank == Level.UNRANKED:
            return False
        return order.index(self) < order.index(Level(rank))


class Slot(NamedCode):
    """Whose leadership post it is; 另配 such as a full-time Party secretary or 总师."""

    CHIEF = "CHIEF", "正职"
    DEPUTY = "DEPUTY", "副职"
    EXTRA = "EXTRA", "另配"


class Tier(NamedCode):
    """Leadership posts of a body, or mid-level posts of its internal bodies."""

    LEADERSHIP = "LEADERSHIP", "领导职数"
    MIDLEVEL = "MIDLEVEL", "中层职数"


#: INSTITUTION goes with every form, the others with full funding only (domain.md §4.8).
ALLOWED_FUNDING = {
    QuotaKind.ADMIN: frozenset({Funding.FULL}),
    QuotaKind.POLITICAL_LEGAL: frozenset({Funding.FULL}),
    QuotaKind.SUPPORT: frozenset({Funding.FULL}),
    QuotaKind.INSTITUTION: frozenset(Funding),
}
#: Kinds of which the total changes only by a superior's document (I3).
TOTAL_BY_SUPERIOR = frozenset({QuotaKind.ADMIN, QuotaKind.POLITICAL_LEGAL})
#: Systems whose quotas, and those of whatever stands below them, stay there (I21).
GRASS_ROOTS = frozenset({"TOWN", "SUBDISTRICT"})


class PositionCategory(NamedCode):
    """The category of the position (岗位) a person holds."""

    MANAGEMENT = "MANAGEMENT", "管理岗位"
    TECHNICAL = "TECHNICAL", "专业技术岗位"
    SUPPORT = "SUPPORT", "工勤技能岗位"


class EntryType(NamedCode):
    """How a person came onto the establishment (进编方式)."""

    EXAM_RECRUITMENT = "EXAM_RECRUITMENT", "考录"
    OPEN_RECRUITMENT = "OPEN_RECRUITMENT", "公开招聘"
    LATERAL_TRANSFER = "LATERAL_TRANSFER", "转任"
    TRANSFER_TO_CIVIL_SERVICE = "TRANSFER_TO_CIVIL_SERVICE", "调任"
    TRANSFER_IN = "TRANSFER_IN", "调入"
    VETERAN_PLACEMENT = "VETERAN_PLACEMENT", "军转/退役安置"
    TALENT_INTRODUCTION = "TALENT_INTRODUCTION", "人才引进"
    POLICY_PLACEMENT = "POLICY_PLACEMENT", "政策性安置"
    APPOINTMENT = "APPOINTMENT", "任命"
    OTHER = "OTHER", "其他"


class ExitType(NamedCode):
    """How a person left the establishment (出编方式)."""

    TRANSFER_OUT = "TRANSFER_OUT", "调出"
    RETIREMENT = "RETIREMENT", "退休"
    RESIGNATION = "RESIGNATION", "辞职"
    DISMISSAL = "DISMISSAL", "辞退"
    CONTRACT_END = "CONTRACT_END", "解聘"
    EXPULSION = "EXPULSION", "开除"
    DEATH = "DEATH", "死亡"
    CONVERSION = "CONVERSION", "转制划转"
    OTHER = "OTHER", "其他"


class AtPost(NamedCode):
    """Whether a person on the establishment is at the post (在岗情况)."""

    AT_POST = "AT_POST", "在岗"
    SECONDED_OUT = "SECONDED_OUT", "借出"
    LONG_SICK_LEAVE = "LONG_SICK_LEAVE", "长期病假"
    FULL_TIME_STUDY = "FULL_TIME_STUDY", "脱产"
    SUSPENDED = "SUSPENDED", "停职"


class PersonStatus(NamedCode):
    """Whether a person is on the establishment."""

    ACTIVE = "ACTIVE", "在编"
    EXITED = "EXITED", "已出编"


class Sex(NamedCode):
    """As digit 17 of the identity number says: odd is male."""

    MALE = "MALE", "男"
    FEMALE = "FEMALE", "女"


class PoliticalStatus(NamedCode):
    """Political status (政治面貌)."""

    PARTY_MEMBER = "PARTY_MEMBER", "中共党员"
    PROBATIONARY_MEMBER = "PROBATIONARY_MEMBER", "中共预备党员"
    YOUTH_LEAGUE = "YOUTH_LEAGUE", "共青团员"
    DEMOCRATIC_PARTY = "DEMOCRATIC_PARTY", "民主党派成员"
    NONE = "NONE", "群众"


class Education(NamedCode):
    """The highest education finished (学历)."""

    POSTGRADUATE = "POSTGRADUATE", "研究生"
    UNDERGRADUATE = "UNDERGRADUATE", "大学本科"
    JUNIOR_COLLEGE = "JUNIOR_COLLEGE", "大学专科"
    SECONDARY = "SECONDARY", "中专/高中及以下"


class Degree(NamedCode):
    """The highest degree (学位)."""

    DOCTOR = "DOCTOR", "博士"
    MASTER = "MASTER", "硕士"
    BACHELOR = "BACHELOR", "学士"
    NONE = "NONE", "无"
