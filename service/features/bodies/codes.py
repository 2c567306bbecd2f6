"""Code lists of bodies (domain §4.8). A code is stored and sent; its Chinese name is shown."""

from enum import StrEnum

from service.core.codes import NamedCode


class BodyType(NamedCode):
    """What a body is."""

    ORGAN = "ORGAN", "机关"
    PUBLIC_INSTITUTION = "PUBLIC_INSTITUTION", "事业单位"
    MASS_ORG = "MASS_ORG", "群团"


class SystemCategory(NamedCode):
    """The system that a body belongs to (系统类别)."""

    PARTY = "PARTY", "党委"
    DISC = "DISC", "纪委监委"
    NPC = "NPC", "人大"
    CPPCC = "CPPCC", "政协"
    GOV = "GOV", "政府"
    COURT = "COURT", "法院"
    PROC = "PROC", "检察院"
    DEMOCRATIC = "DEMOCRATIC", "民主党派"
    MASS = "MASS", "群众团体"
    PUBLIC_INSTITUTION = "PUBLIC_INSTITUTION", "事业单位"
    TOWN = "TOWN", "乡镇"
    SUBDISTRICT = "SUBDISTRICT", "街道"

    @property
    def digits(self) -> str:
        """The two digits of this system in a body code, 01 to 12."""
        return f"{list(SystemCategory).index(self) + 1:02}"


class Nature(NamedCode):
    """The nature of a body (机构性质)."""

    STATE_ORGAN = "STATE_ORGAN", "国家机关"
    PARTY_ORGAN = "PARTY_ORGAN", "政党机关"
    SOCIAL_GROUP = "SOCIAL_GROUP", "社会团体"
    POLITICAL_LEGAL_ORGAN = "POLITICAL_LEGAL_ORGAN", "政法机关"
    PUBLIC_INSTITUTION = "PUBLIC_INSTITUTION", "事业单位"
    OTHER = "OTHER", "其他"


class BodyClass(NamedCode):
    """The place of a body in the set-up of its system (机构类别)."""

    WORKING_DEPARTMENT = "WORKING_DEPARTMENT", "组成（工作）部门"
    DIRECT_SPECIAL = "DIRECT_SPECIAL", "直属特设机构"
    DIRECT = "DIRECT", "直属机构"
    DEPARTMENT_MANAGED = "DEPARTMENT_MANAGED", "部门管理机构"
    COORDINATION_OFFICE = "COORDINATION_OFFICE", "议事协调机构的办事机构"
    TEMPORARY = "TEMPORARY", "临时机构"
    OUTPOSTED = "OUTPOSTED", "派出机构"
    VERTICAL = "VERTICAL", "垂直管理机构"
    OTHER = "OTHER", "其他"


class Rank(NamedCode):
    """Institutional rank (机构规格), highest first; UNRANKED and OTHER compare with none."""

    ZHENGTING = "ZHENGTING", "正厅"
    FUTING = "FUTING", "副厅"
    ZHENGCHU = "ZHENGCHU", "正处"
    FUCHU = "FUCHU", "副处"
    ZHENGKE = "ZHENGKE", "正科"
    FUKE = "FUKE", "副科"
    ZHENGGU = "ZHENGGU", "正股"
    FUGU = "FUGU", "副股"
    UNRANKED = "UNRANKED", "未定级"
    OTHER = "OTHER", "其他"

    @property
    def order(self) -> int | None:
        """Position from the top, 1 for 正厅; None where the rank compares with none."""
        return None if self in (Rank.UNRANKED, Rank.OTHER) else list(Rank).index(self) + 1

    @property
    def next_lower(self) -> "Rank":
        """The rank of the deputies of a body of this one; the lowest, and what compares with
        none, is its own."""
        if self.order is None or self is Rank.FUGU:
            return self
        return list(Rank)[self.order]


class InstClass(NamedCode):
    """The class of a public institution (中发〔2011〕5号)."""

    ADMINISTRATIVE = "ADMINISTRATIVE", "行政类"
    PRODUCTION = "PRODUCTION", "生产经营类"
    PUBLIC_INTEREST_1 = "PUBLIC_INTEREST_1", "公益一类"
    PUBLIC_INTEREST_2 = "PUBLIC_INTEREST_2", "公益二类"
    UNCLASSIFIED = "UNCLASSIFIED", "未分类"


class Funding(NamedCode):
    """How a body's staff are paid (经费形式)."""

    FULL = "FULL", "财政全额拨款"
    PARTIAL = "PARTIAL", "财政差额补助"
    SELF = "SELF", "经费自理"
    NONE = "NONE", "无"


class BodyStatus(NamedCode):
    """Where a body is in its life."""

    ACTIVE = "ACTIVE", "正常"
    IN_REFORM = "IN_REFORM", "改革中"
    MERGED = "MERGED", "已合并"
    ABOLISHED = "ABOLISHED", "已撤销"

    @property
    def is_living(self) -> bool:
        return self in (BodyStatus.ACTIVE, BodyStatus.IN_REFORM)


class BodyAction(StrEnum):
    """The verb behind a version of a body."""

    REGISTER = "REGISTER"
    RENAME = "RENAME"
    ADD_NAMEPLATE = "ADD_NAMEPLATE"
    REMOVE_NAMEPLATE = "REMOVE_NAMEPLATE"
    RE_RANK = "RE_RANK"
    RE_SUBORDINATE = "RE_SUBORDINATE"
    CHANGE_DETAILS = "CHANGE_DETAILS"
    START_REFORM = "START_REFORM"
    END_REFORM = "END_REFORM"
    MERGE = "MERGE"
    ABOLISH = "ABOLISH"
    CORRECT = "CORRECT"


class InternalBodyAction(StrEnum):
    """The verb behind a version of an internal body."""

    SET_UP = "SET_UP"
    CHANGE = "CHANGE"
    ABOLISH = "ABOLISH"


class FunctionAction(StrEnum):
    """Whether a row gives a body a function or takes one away."""

    ADD = "ADD"
    END = "END"
