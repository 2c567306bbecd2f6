"""Who may do what with a release, and the example that the contract shows."""

from service.core.auth.actor import Duty

#: Whoever drafts diagrams and tables, and those who decide on the drafts.
APPROVERS = frozenset({Duty.OFFICE_DIRECTOR})
FORCERS = frozenset({Duty.OFFICE_DEPUTY})
AUTHORS = frozenset({Duty.PROCESS_AUTHOR}) | FORCERS | APPROVERS

EXAMPLE_MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="levels"
             name="levels" namespace="urn:dingbian:example">
  <inputData id="posts" name="posts"><variable name="posts" typeRef="number"/></inputData>
  <decision id="level" name="level">
    <variable name="level" typeRef="string"/>
    <informationRequirement id="r"><requiredInput href="#posts"/></informationRequirement>
    <literalExpression id="e"><text>if posts &gt; 5 then "commission" else "office"</text>
    </literalExpression>
  </decision>
</definitions>
"""
EXAMPLE_FILES = [{"path": "levels.dmn", "content": EXAMPLE_MODEL}]
