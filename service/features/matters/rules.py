"""What is refused about matters."""

from service.core.errors import Conflict, RuleBroken


class MatterMoved(Conflict):
    """The matter is not where this can be done with it."""

    code = "matter_moved"
    title_zh = "事项当前状态不可办理"
    title_en = "Matter moved on"


class ApplicantClosed(RuleBroken):
    """The body that asks is abolished or merged."""

    code = "applicant_closed"
    title_zh = "申请单位已撤销或合并"
    title_en = "Applicant closed"


class MinutesRequired(RuleBroken):
    """Nothing is filed or decided without the minutes of the meeting that decided it."""

    code = "matter_minutes_required"
    title_zh = "须有集体讨论决定的会议纪要"
    title_en = "Minutes required"
    rule = "I5"


class AboveAuthority(RuleBroken):
    """Whoever decided has not the authority for it."""

    code = "above_authority"
    title_zh = "超越审批权限"
    title_en = "Above authority"
    rule = "I4"


class PriorCommunicationRequired(RuleBroken):
    """Nothing is voted on or sent up to the superior before the superior was spoken to."""

    code = "prior_communication_required"
    title_zh = "须先与上级事前沟通"
    title_en = "Prior communication required"
    rule = "I23"


class DepartmentalRuleOnly(RuleBroken):
    """A departmental rule is never the only basis of a change."""

    code = "departmental_rule_only"
    title_zh = "部门规章不得作为唯一依据"
    title_en = "Departmental rule only"
    rule = "I22"


class NotApart(RuleBroken):
    """Intake, legal review and signature are three people's."""

    code = "matter_not_three_people"
    title_zh = "受理、审查、签发应当分别由三人承担"
    title_en = "Not three people"


class LedgerRefused(RuleBroken):
    """The ledger refuses what was decided: nothing was done, the reason is in `facts`."""

    code = "ledger_refused"
    title_zh = "台账不予登记"
    title_en = "The ledger refuses"


class NotOverridable(RuleBroken):
    """Only a HOLD of the gate can be overridden."""

    code = "gate_not_overridable"
    title_zh = "仅“暂缓”可以放行"
    title_en = "Not overridable"
    rule = "I6"
