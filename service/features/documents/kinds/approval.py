"""Papers about a request: the request itself, opinions on it, the reply, and what goes upward."""

from datetime import date
from typing import Annotated

from pydantic import Field

from service.core.codes import NamedCode
from service.core.values import Line, Text
from service.features.documents.kinds.part import (
    Count,
    Kind,
    Names,
    Part,
    Points,
    Said,
    SaidPoints,
    titled,
)


class ReplyItem(Part):
    """What is decided about a body: its name, rank, subordination, class, functions."""

    item: Line = titled("事项")
    content: Said = titled("核定内容")


class QuotaItem(Part):
    """One line of the quota: before and after, and where the difference comes from."""

    body: Line = titled("单位")
    kind: Line = titled("编制类别")
    funding: Line = titled("经费形式")
    before: Count = titled("调整前")
    after: Count = titled("调整后")
    source: Line | None = titled("来源或去向", default=None)


class PostItem(Part):
    """Leadership or mid-level posts: before and after."""

    body: Line = titled("单位")
    level: Line = titled("级别")
    slot: Line = titled("职务类别")
    before: Count = titled("调整前")
    after: Count = titled("调整后")


class Implementation(Part):
    """Something that is to be done, and by when."""

    task: Said = titled("任务")
    due_on: date | None = titled("完成时限", default=None)


class ApprovalReply(Part):
    """批复: what was decided, by whom, and what follows from it."""

    request_title: Line = titled("请示标题")
    request_number: Line = titled("请示文号")
    decided_by: Line = titled("审议会议")
    decided_on: date = titled("会议日期")
    minutes: Line = titled("会议纪要")
    text: Text | None = titled("批复意见", default=None)
    items: Annotated[list[ReplyItem], Field(max_length=100)] = titled("机构事项", default=[])
    functions: Points = titled("主要职责", default=[])
    internal_bodies: Points = titled("内设机构", default=[])
    quotas: Annotated[list[QuotaItem], Field(max_length=100)] = titled("编制", default=[])
    posts: Annotated[list[PostItem], Field(max_length=100)] = titled("领导职数", default=[])
    tasks: Annotated[list[Implementation], Field(max_length=50)] = titled("组织实施", default=[])
    revoked: Names = titled("同时废止的文件", default=[])


class LegalityVerdict(NamedCode):
    """What the legal reviewer finds."""

    PASS = "PASS", "符合"
    PASS_WITH_CHANGES = "PASS_WITH_CHANGES", "修改后符合"
    FAIL = "FAIL", "不符合"


class BasisCheck(Part):
    """One document that the request rests on, and whether it bears it."""

    document: Line = titled("依据")
    level: Line = titled("层级")
    article: Line = titled("条款")
    fits: bool = titled("是否适用")


class LegalityOpinion(Part):
    """合法合规性审查意见书."""

    matter: Line = titled("事项")
    basis_table: Annotated[list[BasisCheck], Field(max_length=50)] = titled("依据审查")
    authority_check: Said = titled("权限审查")
    procedure_check: Said = titled("程序审查")
    prohibition_check: Said = titled("禁止性规定审查")
    risk: Text = titled("风险", default="")
    opinion: LegalityVerdict = titled("审查结论")
    reasons: Said = titled("理由")
    reviewer: Line = titled("审查人")
    reviewed_on: date = titled("审查日期")


class Statement(Part):
    """The answer to one of the five questions of article 16."""

    question: Line = titled("问题")
    answer: Said = titled("说明")


class Request(Part):
    """请示: one matter, upward, with the five statements and what is not yet put right."""

    reasons: Said = titled("理由和依据")
    content: SaidPoints = titled("请示内容")
    statements: Annotated[list[Statement], Field(min_length=1, max_length=5)] = titled(
        "逐项说明（《条例》第十六条）"
    )
    open_problems: Said = titled("存在问题及整改情况")
    minutes: Line = titled("集体讨论决定的会议纪要")
    decided_on: date = titled("会议日期")
    own_number: Line | None = titled("发文字号", default=None)
    contact: Line = titled("联系人及电话")


class UpwardRequest(Part):
    """The commission's own 请示 to the superior commission."""

    reasons: Annotated[str, Field(min_length=1, max_length=20_000)] = titled("理由和依据")
    content: Annotated[list[Said], Field(min_length=1, max_length=200)] = titled("请示内容")
    decided_by: Line = titled("审议会议")
    decided_on: date = titled("会议日期")
    minutes: Line = titled("会议纪要")
    prior_communication: Said = titled("事前沟通情况")


class Recall(Part):
    """Taking an upward request back, by decision of the commission."""

    request_title: Line = titled("请示标题")
    request_number: Line = titled("请示文号")
    minutes: Line = titled("会议纪要")
    reasons: Said = titled("撤回理由")
    next_step: Said = titled("后续安排")


REPLY = Kind(
    ApprovalReply,
    opening="你单位《{request_title}》（{request_number}）收悉。经{decided_by}于{decided_on}"
    "研究（{minutes}），现批复如下：",
    closing="特此批复。",
)
LEGALITY = Kind(LegalityOpinion, is_internal=True)
REQUEST = Kind(Request, closing="妥否，请批示。", is_units=True)
UPWARD = Kind(
    UpwardRequest,
    opening="经{decided_by}于{decided_on}研究（{minutes}），现将有关事项请示如下：",
    closing="妥否，请批示。",
    is_internal=True,
)
RECALL = Kind(
    Recall,
    opening="我委报送的《{request_title}》（{request_number}），经研究（{minutes}），现予撤回。",
    closing="特此报告。",
    is_internal=True,
)
