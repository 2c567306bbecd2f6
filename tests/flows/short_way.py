"""A short way of a matter in the place of the whole: its parts are played without those between."""

from tests.diagrams import chain, diagram
from tests.features.matters.conftest import ordered

_REOPENED = '<message id="reopened" name="MatterReopened"/>'


def _called(process: str, *mappings: str) -> str:
    inside = "".join(mappings)
    return (
        f'<callActivity id="{process}"><extensionElements>'
        f'<zeebe:calledElement processId="{process}" bindingType="deployment"'
        ' propagateAllParentVariables="true" propagateAllChildVariables="false"/>'
        f"<zeebe:ioMapping>{inside}</zeebe:ioMapping></extensionElements></callActivity>"
    )


def _given(target: str, source: str) -> str:
    return f'<zeebe:input source="={source}" target="{target}"/>'


def _kept(target: str, source: str = "") -> str:
    return f'<zeebe:output source="={source or target}" target="{target}"/>'


_ADMISSION = _called(
    "admission",
    _given("enter_at", "get or else(enter_at, &quot;PRECHECK&quot;)"),
    _given("struck_hits", "get or else(struck_hits, [])"),
    _given("choices", "get or else(choices, [])"),
    _kept("outcome"),
    _kept("supplement_rounds"),
    _kept("choices", "get or else(choices, [])"),
    _kept("intake_by", "get or else(intake_by, null)"),
)
_END = "if outcome = &quot;NOT_ADMITTED&quot; then &quot;E3&quot; else &quot;E2&quot;"
_EXPLANATION = _called(
    "feedback_explanation",
    _given("end_code", _END),
    _given("is_admitted", "false"),
    _given("legal_by", "null"),
    _kept("outcome"),
    _kept("end_code"),
    _kept("enter_at", "&quot;INTAKE&quot;"),
)
_CLOSE = ordered("matters.close_matter", inputs=_given("outcome", "end_code"))
_LIMITS = (
    '<businessRuleTask id="step_limits"><extensionElements><zeebe:calledDecision'
    ' decisionId="step_limits" bindingType="deployment" resultVariable="limits"/>'
    "</extensionElements></businessRuleTask>"
)


def _when(source: str, target: str, condition: str) -> str:
    return (
        f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f'<conditionExpression xsi:type="tFormalExpression">={condition}</conditionExpression>'
        "</sequenceFlow>"
    )


#: Filed, admitted or not, explained, closed.
SHORT_WAY = diagram(
    "request_approval",
    chain(
        '<startEvent id="start"/>',
        ordered("matters.file_application"),
        _LIMITS,
        _ADMISSION,
        '<exclusiveGateway id="is_admitted" default="to_feedback_explanation"/>',
        _EXPLANATION,
        '<exclusiveGateway id="is_explained" default="to_close_matter"/>',
        _CLOSE,
        '<endEvent id="end"/>',
    )
    + '<endEvent id="taken_in"/>'
    + _when("is_admitted", "taken_in", "outcome = &quot;ADMITTED&quot;")
    + _when("is_explained", "admission", "outcome = &quot;WRONG_PROPOSAL&quot;")
    + '<startEvent id="matter_reopened"><messageEventDefinition messageRef="reopened"/>'
    "</startEvent>"
    + '<sequenceFlow id="anew" sourceRef="matter_reopened" targetRef="step_limits"/>',
    shared=_REOPENED,
    name="机构编制事项审批",
)
