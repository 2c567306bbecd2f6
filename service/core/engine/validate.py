"""Everything in a file that would not run, or not as BPMN says, as findings.

A file whose findings hold no error can be normalised, compiled and run.
"""

from . import (
    rules_activities,
    rules_data,
    rules_events,
    rules_expressions,
    rules_extensions,
    rules_flows,
    rules_joins,
    rules_references,
    rules_structure,
)
from .checking import Checking
from .findings import ERROR, Finding
from .known import Known
from .model import Definitions

#: Findings of one file that are kept; more help nobody.
FINDINGS_MAX = 500

_RULES = (
    rules_structure,
    rules_flows,
    rules_events,
    rules_references,
    rules_activities,
    rules_data,
    rules_extensions,
    rules_expressions,
    rules_joins,
    rules_references,
)


def validate(definitions: Definitions, known: Known | None = None) -> tuple[Finding, ...]:
    """What is wrong with a file, those of its reading among them, in the order of its lines.

    Args:
        known: What exists outside the file; by default no other process, and nothing else checked.
    """
    checking = Checking(definitions, known or Known())
    for rules in _RULES:
        rules.check(checking)
    found = dict.fromkeys((*definitions.findings, *checking.findings.all()))
    ordered = sorted(found, key=lambda x: (x.line, x.element, x.rule))
    errors_first = sorted(ordered, key=lambda x: x.severity != ERROR)
    kept = set(errors_first[:FINDINGS_MAX])
    return tuple(x for x in ordered if x in kept)


def is_sound(findings: tuple[Finding, ...]) -> bool:
    """Whether there is no error among them."""
    return all(x.severity != ERROR for x in findings)
