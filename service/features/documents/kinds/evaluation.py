"""The report of a pre-application evaluation: text before numbers."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from service.core.codes import NamedCode
from service.core.values import Line, Text
from service.features.documents.kinds.part import Kind, Part, Points, Said, titled


class Member(Part):
    """One member of the team and what was declared about interests."""

    name: Line = titled("姓名")
    role: Line = titled("分工")
    declaration: Line = titled("利益冲突声明")


class Figure(Part):
    """One figure of the data pack."""

    item: Line = titled("数据项")
    value: Line = titled("数值")


class Indicator(Part):
    """One indicator: the judgement in words, then the points."""

    indicator: Line = titled("指标")
    judgement: Annotated[Text, Field(min_length=50)] = titled("定性评价")
    points: Annotated[Decimal, Field(ge=0, le=100)] = titled("得分")


class EvaluationResult(NamedCode):
    """What the evaluation recommends."""

    RECOMMEND = "RECOMMEND", "建议支持"
    RECOMMEND_REDUCED = "RECOMMEND_REDUCED", "建议核减后支持"
    ALTERNATIVE = "ALTERNATIVE", "建议采用替代方案"
    NOT_RECOMMEND = "NOT_RECOMMEND", "不建议支持"


class EvaluationReport(Part):
    """事前评估报告."""

    subject: Line = titled("评估对象")
    request: Said = titled("申请事项")
    team: Annotated[list[Member], Field(min_length=1, max_length=30)] = titled("评估组及声明")
    method: Said = titled("评估方法")
    begun_on: date = titled("开始日期")
    ended_on: date = titled("结束日期")
    figures: Annotated[list[Figure], Field(max_length=100)] = titled("数据资料", default=[])
    vetoes: Points = titled("否决情形", default=[])
    indicators: Annotated[list[Indicator], Field(max_length=50)] = titled("指标评价", default=[])
    alternatives: Text = titled("替代方案", default="")
    comments: Text = titled("申请单位意见", default="")
    answer: Text = titled("对意见的答复", default="")
    total: Annotated[Decimal, Field(ge=0, le=100)] | None = titled("总分", default=None)
    result: EvaluationResult = titled("评估结论")
    conclusion: Said = titled("结论说明")
    valid_until: date | None = titled("有效期至", default=None)


REPORT = Kind(EvaluationReport)
