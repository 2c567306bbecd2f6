"""Letters between bodies, records of visits and talks, and the minutes of a meeting."""

from datetime import date
from typing import Annotated

from pydantic import Field

from service.core.values import Line, Text
from service.features.documents.kinds.part import (
    Kind,
    Names,
    Part,
    Points,
    Said,
    SaidPoints,
    titled,
)


class OpinionRequest(Part):
    """征求意见函."""

    matter: Line = titled("事项")
    content: Said = titled("拟办内容")
    questions: SaidPoints = titled("征求意见的问题")
    due_on: date = titled("反馈期限")
    contact: Line = titled("联系方式")


class VisitRecord(Part):
    """调研记录."""

    matter: Line = titled("事项")
    visited_on: date = titled("日期")
    place: Line = titled("地点")
    people: Annotated[Names, Field(min_length=1)] = titled("参加人员")
    facts: SaidPoints = titled("了解到的情况")
    comparison: Text = titled("纵向和横向比较", default="")


class CommunicationRecord(Part):
    """事前沟通记录."""

    matter: Line = titled("事项")
    communicated_on: date = titled("沟通日期")
    communicated_with: Line = titled("沟通对象")
    view: Line = titled("意见")
    note: Text = titled("说明", default="")


Votes = Annotated[int, Field(ge=0, le=1000)]


class Resolution(Part):
    """What a meeting decided on one item."""

    item: Line = titled("议题")
    result: Line = titled("结果")
    decision: Text = titled("议定意见", default="")
    #: Null where it was taken note of, without a vote.
    votes_for: Votes | None = titled("同意", default=None)
    votes_against: Votes | None = titled("不同意", default=None)
    abstentions: Votes | None = titled("弃权", default=None)


class Minutes(Part):
    """会议纪要."""

    meeting: Line = titled("会议名称")
    held_on: date = titled("日期")
    chair: Line = titled("主持人")
    present: Annotated[Names, Field(min_length=1)] = titled("出席")
    absent: Names = titled("请假", default=[])
    resolutions: Annotated[list[Resolution], Field(max_length=200)] = titled("审议结果", default=[])
    #: As the secretary wrote it, a paragraph a line.
    text: Annotated[str, Field(max_length=40_000)] = titled("会议内容", default="")
    discussion: Points = titled("讨论情况", default=[])


OPINION = Kind(
    OpinionRequest,
    opening="现就“{matter}”征求你单位意见，请于{due_on}前书面反馈；逾期未反馈的，记为未提意见。",
    closing="专此函达。",
)
VISIT = Kind(VisitRecord, is_internal=True)
COMMUNICATION = Kind(CommunicationRecord, is_internal=True)
MINUTES = Kind(Minutes, is_internal=True)
