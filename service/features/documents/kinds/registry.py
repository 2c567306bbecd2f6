"""Every kind of paper by its code."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from service.core.codes import NamedCode
from service.features.documents import rules
from service.features.documents.kinds import (
    admission,
    approval,
    evaluation,
    letters,
    rectification,
)
from service.features.documents.kinds.part import Kind, Part


class PaperKind(NamedCode):
    """Kinds of paper (domain.md §6)."""

    REQUEST = "REQUEST", "请示"
    RECEIPT = "RECEIPT", "受理回执"
    SUPPLEMENT_NOTICE = "SUPPLEMENT_NOTICE", "补正通知"
    RETURN_NOTICE = "RETURN_NOTICE", "退回通知"
    NOT_ADMITTED_NOTICE = "NOT_ADMITTED_NOTICE", "不予受理告知书"
    NOT_SUPPORTED_EXPLANATION = "NOT_SUPPORTED_EXPLANATION", "不予支持反馈说明"
    REJECTED_EXPLANATION = "REJECTED_EXPLANATION", "不予批准反馈说明"
    OBJECTION_ANSWER = "OBJECTION_ANSWER", "异议答复"
    LEGALITY_OPINION = "LEGALITY_OPINION", "合法合规性审查意见书"
    OPINION_REQUEST_LETTER = "OPINION_REQUEST_LETTER", "征求意见函"
    VISIT_RECORD = "VISIT_RECORD", "调研记录"
    PRIOR_COMMUNICATION_RECORD = "PRIOR_COMMUNICATION_RECORD", "事前沟通记录"
    PRE_EVALUATION_REPORT = "PRE_EVALUATION_REPORT", "事前评估报告"
    MINUTES = "MINUTES", "会议纪要"
    APPROVAL_REPLY = "APPROVAL_REPLY", "批复"
    UPWARD_REQUEST = "UPWARD_REQUEST", "上报请示"
    RECALL = "RECALL", "撤回请示的报告"
    RECTIFICATION_NOTICE = "RECTIFICATION_NOTICE", "整改通知书"
    PLAN_APPROVAL = "PLAN_APPROVAL", "整改方案批复"
    EXTENSION_DECISION = "EXTENSION_DECISION", "延期决定"
    SUPERVISION_ORDER = "SUPERVISION_ORDER", "督办单"
    TALK_RECORD = "TALK_RECORD", "约谈记录"
    CLOSE_REQUEST = "CLOSE_REQUEST", "销号申请表"
    ACCEPTANCE_RECORD = "ACCEPTANCE_RECORD", "实地检查验收确认书"
    CLOSE_OUT = "CLOSE_OUT", "销号通知"
    CLEARING_REPORT = "CLEARING_REPORT", "清零报告"
    QUARTER_REPORT = "QUARTER_REPORT", "整改台账季度报告"


KINDS: Final[Mapping[PaperKind, Kind]] = {
    PaperKind.REQUEST: approval.REQUEST,
    PaperKind.RECEIPT: admission.RECEIPT,
    PaperKind.SUPPLEMENT_NOTICE: admission.SUPPLEMENT,
    PaperKind.RETURN_NOTICE: admission.RETURNED,
    PaperKind.NOT_ADMITTED_NOTICE: admission.NOT_ADMITTED,
    PaperKind.NOT_SUPPORTED_EXPLANATION: admission.NOT_SUPPORTED,
    PaperKind.REJECTED_EXPLANATION: admission.REJECTED,
    PaperKind.OBJECTION_ANSWER: admission.OBJECTION,
    PaperKind.LEGALITY_OPINION: approval.LEGALITY,
    PaperKind.OPINION_REQUEST_LETTER: letters.OPINION,
    PaperKind.VISIT_RECORD: letters.VISIT,
    PaperKind.PRIOR_COMMUNICATION_RECORD: letters.COMMUNICATION,
    PaperKind.PRE_EVALUATION_REPORT: evaluation.REPORT,
    PaperKind.MINUTES: letters.MINUTES,
    PaperKind.APPROVAL_REPLY: approval.REPLY,
    PaperKind.UPWARD_REQUEST: approval.UPWARD,
    PaperKind.RECALL: approval.RECALL,
    PaperKind.RECTIFICATION_NOTICE: rectification.NOTICE,
    PaperKind.PLAN_APPROVAL: rectification.PLAN,
    PaperKind.EXTENSION_DECISION: rectification.EXTENSION,
    PaperKind.SUPERVISION_ORDER: rectification.SUPERVISION,
    PaperKind.TALK_RECORD: rectification.TALK,
    PaperKind.CLOSE_REQUEST: rectification.CLOSE_REQUEST,
    PaperKind.ACCEPTANCE_RECORD: rectification.ACCEPTANCE,
    PaperKind.CLOSE_OUT: rectification.CLOSE_OUT,
    PaperKind.CLEARING_REPORT: rectification.CLEARING,
    PaperKind.QUARTER_REPORT: rectification.QUARTER,
}

#: Written by units; the body concerned sees these, and those that are not internal.
UNIT_KINDS: Final = tuple(code for code, kind in KINDS.items() if kind.is_units)
OPEN_KINDS: Final = tuple(code for code, kind in KINDS.items() if not kind.is_internal)


def read_data(kind: PaperKind, data: Mapping[str, Any]) -> Part:
    """The data of a paper as its kind has them.

    Raises:
        PaperDataInvalid: Something is missing, unknown or of another form; `facts.errors` names
            each place.
    """
    try:
        return KINDS[kind].data.model_validate(data)
    except ValidationError as fault:
        errors = [
            {"place": [str(step) for step in each["loc"]], "why": each["msg"]}
            for each in fault.errors(include_url=False, include_context=False, include_input=False)
        ]
        place = ".".join(errors[0]["place"])
        raise rules.PaperDataInvalid(
            f"Expected the data of {kind.value}, but {len(errors)} places are not so; "
            f"the first is {place}: {errors[0]['why']}.",
            f"应当为“{kind.zh}”的内容，但有{len(errors)}处不符合，第一处为 {place}。",
            errors=errors,
        ) from fault
