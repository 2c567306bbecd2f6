"""FEEL, the expression language of DMN 1.5: pure, bounded, compiled once to closures.

condition = compile('amount > 5000 and dept = "HR"', ["amount", "dept"])
condition({"amount": Decimal(6000), "dept": "HR"})  # True
"""

from .budget import DEFAULT, Budget, Limits
from .compile import Expression, compile, compile_unary_tests
from .errors import BudgetExceeded, EvaluationError, FeelError, SyntaxFault
from .run import Run, WorkingCalendar
from .values import Function, Range, Value
from .warnings import Warning

__all__ = [
    "DEFAULT",
    "Budget",
    "BudgetExceeded",
    "EvaluationError",
    "Expression",
    "FeelError",
    "Function",
    "Limits",
    "Range",
    "Run",
    "SyntaxFault",
    "Value",
    "Warning",
    "WorkingCalendar",
    "compile",
    "compile_unary_tests",
]
