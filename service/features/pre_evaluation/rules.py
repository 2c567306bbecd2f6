"""What is refused about evaluations."""

from service.core.errors import Conflict, NotFound, RuleBroken


class EvaluationMoved(Conflict):
    """The evaluation is not where this can be done with it."""

    code = "evaluation_moved"
    title_zh = "评估当前状态不可办理"
    title_en = "Evaluation moved on"


class EvaluationUnderMatter(RuleBroken):
    """It belongs to a matter and is withdrawn with that."""

    code = "evaluation_under_matter"
    title_zh = "事项中的评估随事项撤回"
    title_en = "Evaluation under a matter"


class ApplicantOver(RuleBroken):
    """The body that asks is abolished or merged."""

    code = "evaluation_applicant_over"
    title_zh = "申请单位已撤销或合并"
    title_en = "Applicant abolished or merged"


class TeamUnfit(RuleBroken):
    """The team is not made of active people, its lead runs the case, or a person is in it twice."""

    code = "evaluation_team_unfit"
    title_zh = "评估组人员不符合要求"
    title_en = "Team unfit"


class ScoreWithoutText(RuleBroken):
    """No number stands before the judgement in words."""

    code = "score_without_text"
    title_zh = "先定性后打分"
    title_en = "Score without text"
    rule = "I19"


class ScoreUnfit(RuleBroken):
    """A score is above what its indicator is worth, or of an indicator that is not scored."""

    code = "score_unfit"
    title_zh = "得分不符合指标"
    title_en = "Score unfit"


class ReturnedOnce(RuleBroken):
    """A report is sent back once at most."""

    code = "report_returned_once"
    title_zh = "报告只能退回一次"
    title_en = "Returned once already"


class SecondPersonNeeded(RuleBroken):
    """Whoever called materials false does not confirm it."""

    code = "false_material_second_person"
    title_zh = "材料不实须由第二人确认"
    title_en = "Second person needed"


class EvaluationRulesMissing(NotFound):
    """No release in force has a table that the evaluation needs."""

    code = "evaluation_rules_missing"
    title_zh = "评估决策表尚未生效"
    title_en = "Tables of evaluation missing"


class DeclarationUnsaid(RuleBroken):
    """A conflict of interests is explained in words."""

    code = "declaration_unsaid"
    title_zh = "有利害关系的应当说明"
    title_en = "Conflict not explained"


class FactsUnsaid(RuleBroken):
    """Whoever calls materials false says what shows it."""

    code = "false_material_facts_missing"
    title_zh = "材料不实应当写明事实"
    title_en = "Facts missing"


class SignedPaperMissing(RuleBroken):
    """The signed paper of an expert is not on record."""

    code = "signed_paper_missing"
    title_zh = "签名件未登记"
    title_en = "Signed paper missing"


class StepUnnamed(RuleBroken):
    """Whoever sends a report back names the step that is done again."""

    code = "report_step_unnamed"
    title_zh = "退回的应当指明环节"
    title_en = "Step unnamed"


class ReasonUnsaid(RuleBroken):
    """Whoever declines a request says why."""

    code = "evaluation_reason_missing"
    title_zh = "不予受理应当说明理由"
    title_en = "Reason missing"
