"""Papers that tell an applicant what became of a request: receipt, supplement, return, reasons."""

from datetime import date
from typing import Annotated

from pydantic import Field

from service.core.values import Line, Text
from service.features.documents.kinds.part import Count, Kind, Part, Points, SaidPoints, titled


class Material(Part):
    """One material of the list, there or missing."""

    name: Line = titled("材料名称")
    copies: Count = titled("份数")
    is_present: bool = titled("是否齐备")
    remark: Line | None = titled("说明", default=None)


Materials = Annotated[list[Material], Field(max_length=100)]


class Receipt(Part):
    """受理回执."""

    matter: Line = titled("事项")
    matter_number: Line = titled("受理编号")
    admitted_on: date = titled("受理日期")
    due_on: date | None = titled("办理期限", default=None)
    materials: Materials = titled("材料清单")
    next_step: Text = titled("下一步", default="")
    contact: Line = titled("联系方式")


class SupplementNotice(Part):
    """补正通知: everything that is missing, in one go."""

    matter: Line = titled("事项")
    matter_number: Line = titled("收件编号")
    materials: Materials = titled("材料清单")
    missing: SaidPoints = titled("须补正内容")
    due_on: date = titled("补正期限")
    contact: Line = titled("联系方式")


class ReturnNotice(Part):
    """退回通知 and 不予受理告知书: why, and what the applicant may do now."""

    matter: Line = titled("事项")
    matter_number: Line = titled("收件编号")
    materials: Materials = titled("材料清单", default=[])
    reasons: SaidPoints = titled("理由")
    what_would_change: Points = titled("满足何种条件可再行申请", default=[])
    alternatives: Points = titled("替代办法", default=[])
    next_step: Text = titled("下一步", default="")
    objection_until: date | None = titled("提出异议的期限", default=None)
    contact: Line = titled("联系方式")


class Explanation(Part):
    """反馈说明: the reasons, what would change the answer, and what could be done instead."""

    matter: Line = titled("事项")
    matter_number: Line = titled("受理编号")
    decided_by: Line = titled("研究会议")
    decided_on: date = titled("会议日期")
    reasons: SaidPoints = titled("理由")
    what_would_change: SaidPoints = titled("满足何种条件可再行申请")
    alternatives: Points = titled("替代办法", default=[])
    objection_until: date | None = titled("提出异议的期限", default=None)
    contact: Line = titled("联系方式")


class ObjectionAnswer(Part):
    """异议答复."""

    matter: Line = titled("事项")
    matter_number: Line = titled("受理编号")
    grounds: SaidPoints = titled("异议理由")
    result: Line = titled("处理结果")
    reasons: SaidPoints = titled("理由")
    contact: Line = titled("联系方式")


RECEIPT = Kind(
    Receipt, opening="你单位报送的“{matter}”已于{admitted_on}受理，受理编号{matter_number}。"
)
SUPPLEMENT = Kind(
    SupplementNotice,
    opening="你单位报送的“{matter}”（{matter_number}）材料不齐，请于{due_on}前一次性补正。",
)
RETURNED = Kind(ReturnNotice, opening="你单位报送的“{matter}”（{matter_number}）现予退回。")
NOT_ADMITTED = Kind(ReturnNotice, opening="你单位报送的“{matter}”（{matter_number}）不予受理。")
NOT_SUPPORTED = Kind(
    Explanation,
    opening="你单位申请的“{matter}”（{matter_number}），经{decided_by}于{decided_on}研究，不予支持。",
)
REJECTED = Kind(
    Explanation,
    opening="你单位申请的“{matter}”（{matter_number}），经{decided_by}于{decided_on}审议，不予批准。",
)
OBJECTION = Kind(
    ObjectionAnswer, opening="你单位就“{matter}”（{matter_number}）提出的异议，处理如下：{result}。"
)
