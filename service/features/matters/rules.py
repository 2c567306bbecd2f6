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


class NotPublishable(RuleBroken):
    """What holds secrets or personal data stays inside, and either way it is said why."""

    code = "matter_not_publishable"
    title_zh = "不符合公开要求"
    title_en = "Not publishable"


class DeltaIncomplete(RuleBroken):
    """A change names no account of the ledger, or not by how much it changes."""

    code = "delta_incomplete"
    title_zh = "变更清单填写不完整"
    title_en = "Change incomplete"


class OrderRequired(RuleBroken):
    """What the superior sets going rests on its order."""

    code = "superior_order_required"
    title_zh = "须附上级文件"
    title_en = "Superior's order required"


class ChangeUnsaid(RuleBroken):
    """What was refused within the year is asked for again only with what has changed since."""

    code = "change_unsaid"
    title_zh = "须说明与上次相比的变化"
    title_en = "What changed is unsaid"


class SecondStartRefused(RuleBroken):
    """Neither the office nor the superior sets a matter of this type going: the unit asks."""

    code = "second_start_refused"
    title_zh = "此类事项应当由单位申报"
    title_en = "Second start refused"


class SupplementedAlready(RuleBroken):
    """Missing papers are asked for once, all in one go."""

    code = "matter_supplemented_already"
    title_zh = "补正只限一次"
    title_en = "Supplemented already"


class NotWithdrawable(RuleBroken):
    """A matter is taken back by whoever began it, and only until it is called."""

    code = "matter_not_withdrawable"
    title_zh = "不可撤回"
    title_en = "Not withdrawable"


class ObjectionInadmissible(RuleBroken):
    """An objection is made once per end, in time, and only to ends that allow it."""

    code = "objection_inadmissible"
    title_zh = "异议不予受理"
    title_en = "Objection inadmissible"


class ObjectionDecided(Conflict):
    """The objection was answered already."""

    code = "objection_decided"
    title_zh = "异议已处理"
    title_en = "Objection decided"


class NotExplained(RuleBroken):
    """A matter is not refused before its applicant has the reasons."""

    code = "matter_not_explained"
    title_zh = "未向申请单位说明理由"
    title_en = "Not explained"


class MatterRulesMissing(RuleBroken):
    """The table that decides about it is not in force."""

    code = "matter_rules_missing"
    title_zh = "事项规则未生效"
    title_en = "Rules of matters missing"


class OpinionAnswered(Conflict):
    """A body is asked once and answers once; silence counts as an answer when its time is over."""

    code = "opinion_answered"
    title_zh = "征求意见已有答复"
    title_en = "Opinion answered"


class NotYetHappened(RuleBroken):
    """What is recorded has happened."""

    code = "not_yet_happened"
    title_zh = "日期不得晚于今日"
    title_en = "Not yet happened"


class ChangesRequired(RuleBroken):
    """An opinion that passes a matter with changes says which."""

    code = "legality_changes_required"
    title_zh = "调整后通过应当写明须作的调整"
    title_en = "Changes required"
