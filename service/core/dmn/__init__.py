"""Decisions by the standard DMN 1.2 to 1.5: pure, stands on FEEL only.

model = deploy(read(data))
model.faults  # what is wrong with it, at which line
model.evaluate("Discount", {"amount": Decimal(700)}).outputs["Discount"]
"""

from ..safe_xml import Refusal
from .deployed import DmnModel, UnknownName, deploy
from .explanation import DecisionRun, Evaluation, FiredRule, Notice, TableRun
from .faults import ERROR, WARNING, Fault
from .model import Definitions
from .read_xml import read

__all__ = [
    "ERROR",
    "WARNING",
    "DecisionRun",
    "Definitions",
    "DmnModel",
    "Evaluation",
    "Fault",
    "FiredRule",
    "Notice",
    "Refusal",
    "TableRun",
    "UnknownName",
    "deploy",
    "read",
]
