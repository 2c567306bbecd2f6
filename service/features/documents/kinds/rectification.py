"""Papers of the rectification ledger: from the notice to the close-out and the quarter's report."""

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


class Notice(Part):
    """整改通知书."""

    item_number: Line = titled("整改编号")
    problem: Line = titled("问题")
    facts: Said = titled("事实")
    rule_breached: Said = titled("违反的规定")
    required_result: Said = titled("整改要求")
    due_on: date = titled("整改期限")
    plan_due_on: date | None = titled("报送整改方案的期限", default=None)
    consequence: Said = titled("与审批的联动")
    contact: Line = titled("联系方式")


class Milestone(Part):
    """One step of a plan."""

    step: Line = titled("节点")
    due_on: date = titled("时限")
    responsible: Line = titled("责任人")


class PlanApproval(Part):
    """整改方案批复."""

    item_number: Line = titled("整改编号")
    plan_title: Line = titled("整改方案")
    measures: SaidPoints = titled("整改措施")
    milestones: Annotated[list[Milestone], Field(max_length=50)] = titled("节点安排", default=[])
    close_standard: Said = titled("销号标准")
    due_on: date = titled("整改期限")
    remarks: Text = titled("有关要求", default="")


class ExtensionDecision(Part):
    """延期决定."""

    item_number: Line = titled("整改编号")
    asked_on: date = titled("申请日期")
    is_granted: bool = titled("是否同意延期")
    original_due_on: date = titled("原整改期限")
    due_on: date = titled("现整改期限")
    reasons: SaidPoints = titled("理由")


class SupervisionOrder(Part):
    """督办单."""

    item_number: Line = titled("整改编号")
    problem: Line = titled("问题")
    overdue_working_days: Count = titled("逾期工作日数")
    demand: Said = titled("督办要求")
    report_due_on: date = titled("报送结果的期限")
    contact: Line = titled("联系方式")


class TalkRecord(Part):
    """约谈记录."""

    item_number: Line = titled("整改编号")
    held_on: date = titled("约谈日期")
    place: Line = titled("地点")
    present: Annotated[Names, Field(min_length=1)] = titled("参加人")
    said: SaidPoints = titled("约谈内容")
    promised: Points = titled("整改承诺", default=[])


class CloseRequest(Part):
    """销号申请表."""

    item_number: Line = titled("整改编号")
    problem: Line = titled("问题")
    done: SaidPoints = titled("整改情况")
    evidence: Annotated[Names, Field(min_length=1)] = titled("证明材料")
    close_standard: Said = titled("销号标准")
    contact: Line = titled("联系人及电话")


class AcceptanceResult(NamedCode):
    """What an acceptance officer finds."""

    PASS = "PASS", "通过"
    PARTIAL = "PARTIAL", "部分通过"
    FAIL = "FAIL", "不通过"
    FALSE = "FALSE", "弄虚作假"


class AcceptanceRecord(Part):
    """实地检查验收确认书."""

    item_number: Line = titled("整改编号")
    method: Line = titled("验收方式")
    accepted_on: date = titled("验收日期")
    officers: Annotated[Names, Field(min_length=1)] = titled("验收人")
    seen: SaidPoints = titled("核查情况")
    result: AcceptanceResult = titled("验收结果")
    remarks: Text = titled("备注", default="")


class CloseOut(Part):
    """销号通知."""

    item_number: Line = titled("整改编号")
    problem: Line = titled("问题")
    closed_on: date = titled("销号日期")
    accepted_by: Annotated[Names, Field(min_length=1)] = titled("验收人")
    reasons: Said = titled("销号理由")
    look_back: Text = titled("回头看安排", default="")


class ClearingReport(Part):
    """清零报告: what a campaign came to, told to the commission."""

    campaign: Line = titled("专项行动")
    number: Line = titled("行动编号")
    from_on: date = titled("开始日期")
    to_on: date = titled("结束日期")
    bodies: Count = titled("应答复单位（家）")
    answered: Count = titled("已答复单位（家）")
    total: Count = titled("应清零事项（项）")
    cleared: Count = titled("已清零事项（项）")
    summary: Said = titled("总体情况")
    open_items: Points = titled("未办结事项", default=[])
    silent_bodies: Names = titled("未答复单位", default=[])


class QuarterLine(Part):
    """What one body's items came to in a quarter."""

    body: Line = titled("单位")
    opened: Count = titled("新增")
    closed: Count = titled("销号")
    remaining: Count = titled("在办")
    overdue: Count = titled("逾期")


class QuarterReport(Part):
    """整改台账季度报告."""

    quarter: Line = titled("报告期")
    summary: Said = titled("总体情况")
    lines: Annotated[list[QuarterLine], Field(max_length=200)] = titled("分单位情况")
    problems: Points = titled("主要问题", default=[])
    next_steps: Points = titled("下一步工作", default=[])


NOTICE = Kind(Notice, opening="经核查，你单位存在以下问题，现予通知，请按要求整改。")
PLAN = Kind(PlanApproval, opening="你单位报送的《{plan_title}》收悉，经审核，同意按此整改。")
EXTENSION = Kind(ExtensionDecision, opening="你单位{asked_on}报送的延期申请收悉，决定如下：")
SUPERVISION = Kind(SupervisionOrder, opening="你单位以下整改事项已逾期，现予督办。")
TALK = Kind(TalkRecord)
CLOSE_REQUEST = Kind(CloseRequest, opening="以下整改事项已完成，现申请销号。", is_units=True)
ACCEPTANCE = Kind(AcceptanceRecord)
CLOSE_OUT = Kind(CloseOut, opening="你单位以下整改事项经验收符合销号标准，准予销号。")
CLEARING = Kind(ClearingReport, closing="特此报告。", is_internal=True)
QUARTER = Kind(QuarterReport, closing="特此报告。", is_internal=True)
