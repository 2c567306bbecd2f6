"""Code lists of the rectification ledger."""

from enum import StrEnum

from service.core.codes import NamedCode


class SourceType(NamedCode):
    """Where a finding comes from (domain §4.8)."""

    INSPECTION = "INSPECTION", "监督检查"
    HOTLINE = "HOTLINE", "12310举报"
    VERIFICATION = "VERIFICATION", "实名制核查"
    EVALUATION = "EVALUATION", "机构编制评估"
    PRE_EVALUATION = "PRE_EVALUATION", "事前评估"
    COORDINATION = "COORDINATION", "协作移送"
    MATTER = "MATTER", "审批落实"
    QUOTA_USE = "QUOTA_USE", "用编进出编"
    REPORTING = "REPORTING", "机构编制报告"
    SELF_CHECK = "SELF_CHECK", "自查"
    CAMPAIGN = "CAMPAIGN", "专项清理"
    AUDIT = "AUDIT", "审计"
    INSPECTION_TOUR = "INSPECTION_TOUR", "巡察"


class Severity(NamedCode):
    """How grave a problem is."""

    LOW = "LOW", "一般"
    MEDIUM = "MEDIUM", "较重"
    HIGH = "HIGH", "严重"


class Cause(NamedCode):
    """Why a problem exists."""

    UNIT = "UNIT", "单位原因"
    POLICY = "POLICY", "政策原因"


class Area(NamedCode):
    """What part of the establishment a problem touches; the gate compares it with a request."""

    QUOTA = "QUOTA", "编制"
    BODIES = "BODIES", "机构"
    POSTS = "POSTS", "职数"
    FUNCTIONS = "FUNCTIONS", "职责"
    DATA = "DATA", "数据"
    NONQUOTA = "NONQUOTA", "编外"


class ItemState(NamedCode):
    """Where an item stands (domain §3.C)."""

    DRAFT = "DRAFT", "待登记"
    CONFIRMED = "CONFIRMED", "已登记"
    NOTICE_ISSUED = "NOTICE_ISSUED", "已通知"
    DISPUTED = "DISPUTED", "事实异议"
    PLAN_SUBMITTED = "PLAN_SUBMITTED", "方案待审"
    PLAN_RETURNED = "PLAN_RETURNED", "方案退回"
    PLAN_APPROVED = "PLAN_APPROVED", "方案已定"
    IN_PROGRESS = "IN_PROGRESS", "整改中"
    CLOSE_REQUESTED = "CLOSE_REQUESTED", "申请销号"
    UNDER_ACCEPTANCE = "UNDER_ACCEPTANCE", "验收中"
    ACCEPTED = "ACCEPTED", "验收通过"
    CLOSED = "CLOSED", "已销号"
    REOPENED = "REOPENED", "重新挂账"
    MERGED = "MERGED", "已并入"
    VOIDED = "VOIDED", "已作废"
    REFERRED_CLOSED = "REFERRED_CLOSED", "移送终结"


#: The item is over.
ENDS = frozenset({ItemState.CLOSED, ItemState.MERGED, ItemState.VOIDED, ItemState.REFERRED_CLOSED})


class AcceptanceResult(NamedCode):
    """What an acceptance officer finds, worst last."""

    PASS = "PASS", "通过"
    PARTIAL = "PARTIAL", "部分通过"
    FAIL = "FAIL", "未通过"
    FALSE = "FALSE", "虚假销号"


class ActKind(NamedCode):
    """What the office does about an item beside its course."""

    SUPERVISION_ORDER = "SUPERVISION_ORDER", "督办单"
    WARNING_TALK = "WARNING_TALK", "约谈"
    CIRCULAR = "CIRCULAR", "通报"
    REFERRAL = "REFERRAL", "移送"


class ExtensionState(StrEnum):
    """What has become of a request for more time."""

    ASKED = "ASKED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
