"""What evaluating refuses."""

from service.core.errors import RuleBroken


class FeelSyntax(RuleBroken):
    """The text is no FEEL; `facts` have line, column and what was expected there."""

    code = "feel_syntax"
    title_zh = "表达式语法有误"
    title_en = "Not FEEL"


class FeelFault(RuleBroken):
    """Strict evaluation met a null or a wrong type; `facts` have line and column."""

    code = "feel_fault"
    title_zh = "表达式求值有误"
    title_en = "Evaluation failed"


class BudgetSpent(RuleBroken):
    """The evaluation needs more steps, memory or time than one may take."""

    code = "feel_budget_spent"
    title_zh = "表达式超出限额"
    title_en = "Budget spent"


class ValueOutside(RuleBroken):
    """A value cannot be read or written as JSON: a function, a number of too many digits."""

    code = "feel_value_outside"
    title_zh = "数值无法表示"
    title_en = "Value without a form"
