"""Code lists of pre-application evaluations (domain §3.B)."""

from enum import StrEnum

from service.core.codes import NamedCode


class EvaluationState(NamedCode):
    """Where an evaluation stands."""

    REQUESTED = "REQUESTED", "已申请"
    DECLINED = "DECLINED", "不予受理"
    IN_WORK = "IN_WORK", "评估中"
    COMPLETED = "COMPLETED", "已完成"
    LAPSED = "LAPSED", "自行失效"
    TERMINATED = "TERMINATED", "已终止"


#: In which something is still to be done.
OPEN = (EvaluationState.REQUESTED, EvaluationState.IN_WORK)


class EndReason(StrEnum):
    """Why an evaluation ended without a report."""

    DECLINED = "declined"
    """The office did not take it up."""
    OVERDUE = "overdue"
    """The applicant's self-evaluation did not come in time."""
    WITHDRAWN = "withdrawn"
    """The applicant took the request back."""
    FALSE_MATERIALS = "false_materials"
    """Two people found that materials are false."""
    PARENT_ENDED = "parent_ended"
    """The matter that needed it ended, or left its round."""


class EvaluationMoment(StrEnum):
    """From which step of an evaluation something comes."""

    REVIEW = "REVIEW"
    SCORES = "SCORES"
    REPORT = "REPORT"


class MemberRole(NamedCode):
    """What somebody does in the team."""

    LEAD = "LEAD", "组长"
    MEMBER = "MEMBER", "成员"
