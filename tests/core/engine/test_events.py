"""Events in their positions (BPMN 2.0.2, 10.5 and 13.5)."""

import pytest

from service.core.engine import port

from .running import Case, compiled, flow, user

SHARED = (
    '<message id="m" name="paper"><extensionElements><zeebe:subscription'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" correlationKey="=number"/>'
    '</extensionElements></message><signal id="sig" name="stop"/>'
    '<error id="err" errorCode="E1"/><escalation id="esc" escalationCode="late"/>'
)
MESSAGE = '<messageEventDefinition id="d{0}" messageRef="m"/>'
SIGNAL = '<signalEventDefinition id="d{0}" signalRef="sig"/>'
ERROR = '<errorEventDefinition id="d{0}" errorRef="err"/>'
TIMER = '<timerEventDefinition id="d{0}"><timeDuration>PT1H</timeDuration></timerEventDefinition>'


SERVICE = (
    '<serviceTask id="t"><extensionElements><zeebe:taskDefinition'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" type="print"/></extensionElements>'
    "</serviceTask>"
)


def with_boundary(definition: str, cancels: str = "true") -> str:
    return (
        '<startEvent id="s"/>'
        + user("t", "next", "handled")
        + f'<boundaryEvent id="b" attachedToRef="t" cancelActivity="{cancels}">'
        + definition.format(1)
        + '</boundaryEvent><endEvent id="e1"/><endEvent id="e2"/>'
        + flow("s > t", "t > next", "next > e1", "b > handled", "handled > e2")
    )


def caught(definition: str) -> str:
    return (
        f'<startEvent id="s"/><intermediateCatchEvent id="c">{definition.format(1)}'
        '</intermediateCatchEvent><endEvent id="e"/>' + user("t") + flow("s > c", "c > t", "t > e")
    )


def run(body: str, most: int = port.MOST_STEPS, **variables: int) -> Case:
    return Case(compiled(body, SHARED), most).start("", **variables)


def test_a_timer_fires_when_its_time_has_come_and_never_before():
    case = run(caught(TIMER))
    wait = case.waits("timer")[0].id
    with pytest.raises(port.Refused, match="Expected a timer that is due"):
        case.give(port.TimerDue(wait))
    case.wait_for(3600)
    assert case.open == ["t"]


def test_a_timer_fires_once():
    case = run(caught(TIMER))
    wait = case.waits("timer")[0].id
    case.wait_for(3600)
    with pytest.raises(port.Refused, match="it is over"):
        case.give(port.TimerDue(wait))


def test_a_message_is_awaited_under_its_correlation_key():
    case = run(caught(MESSAGE), number=7)
    assert [(w.name, w.key) for w in case.waits("message")] == [("paper", "7")]
    case.message("paper", "7", content="ok")
    assert (case.open, case.variables()["content"]) == (["t"], "ok")


def test_an_interrupting_boundary_event_takes_over_the_token():
    case = run(with_boundary(TIMER))
    case.wait_for(3600)
    assert case.open == ["handled"]
    case.complete("handled")
    assert case.ended == "completed"


def test_a_completed_activity_leaves_no_timer_behind():
    case = run(with_boundary(TIMER))
    case.complete("t")
    assert (case.waits("timer"), case.open) == ([], ["next"])


def test_a_non_interrupting_boundary_event_runs_beside_its_activity_each_time():
    case = run(with_boundary(SIGNAL, "false"))
    case.signal("stop")
    case.signal("stop")
    assert case.open == ["handled", "handled", "t"]


def test_a_cycle_fires_as_often_as_it_says():
    cycle = '<timerEventDefinition id="d"><timeCycle>R3/PT10M</timeCycle></timerEventDefinition>'
    case = run(with_boundary(cycle, "false"))
    case.wait_for(6000)
    assert case.open == ["handled"] * 3 + ["t"]
    assert case.waits("timer") == []


def timer_of(kind: str, words: str) -> str:
    return f'<timerEventDefinition id="d"><{kind}>{words}</{kind}></timerEventDefinition>'


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("P2W", "2026-01-19T09:00:00+00:00"),
        ("P1Y2M10DT2H30M", "2027-03-15T11:30:00+00:00"),
        ('=duration("P2D")', "2026-01-07T09:00:00+00:00"),
        ('="P2W"', "2026-01-19T09:00:00+00:00"),
    ],
)
def test_whatever_duration_is_accepted_is_waited_for(words, due):
    case = run(caught(timer_of("timeDuration", words)))
    assert ([w.due for w in case.waits("timer")], case.incidents) == ([due], [])


@pytest.mark.parametrize("words", ["R2/P2W", "R2/P14D", '="R2/P1W" + "7D"'])
def test_a_cycle_counts_weeks_too(words):
    case = run(with_boundary(timer_of("timeCycle", words), "false"))
    assert case.incidents == []
    case.wait_for(13 * 86_400)
    assert case.open == ["t"]
    case.wait_for(60 * 86_400)
    assert case.open == ["handled", "handled", "t"]


def test_a_cycle_of_months_and_days_counts_both_each_time():
    case = run(with_boundary(timer_of("timeCycle", "R3/P1M1DT1H"), "false"))
    dues = []
    for _ in range(3):
        dues.append(case.waits("timer")[0].due)
        case.wait_for(33 * 86_400)
    first, second, third = "2026-02-06T10", "2026-03-07T11", "2026-04-08T12"
    assert dues == [f"{hour}:00:00+00:00" for hour in (first, second, third)]


def test_a_cycle_may_be_a_duration_of_feel_and_repeats_without_end():
    for words in ('=duration("PT10M")', '=@"PT10M"'):
        case = run(with_boundary(timer_of("timeCycle", words), "false"))
        case.wait_for(3600)
        assert case.open == ["handled"] * 6 + ["t"]
        assert len(case.waits("timer")) == 1


def test_a_time_beyond_the_calendar_is_an_incident_and_no_crash():
    for kind, words in (("timeDuration", "P9000Y"), ("timeCycle", "R/2026-01-05T10:00:00Z/P9000Y")):
        case = run(caught(timer_of(kind, words)))
        assert case.incidents == ["timer"]


def test_an_error_of_a_task_is_caught_on_its_edge():
    case = run(with_boundary(ERROR))
    case.throw("t", "E1")
    assert case.open == ["handled"]


def test_an_error_that_nothing_catches_is_an_incident():
    case = run(with_boundary(ERROR))
    case.throw("t", "E2")
    assert case.incidents == ["uncaught_error"]


def sub(inside: str, edge: str = "", more: str = "") -> str:
    return (
        f'<startEvent id="s"/><subProcess id="p">{inside}</subProcess>{edge}'
        + user("after")
        + '<endEvent id="e"/>'
        + flow("s > p", "p > after", "after > e")
        + more
    )


INNER = '<startEvent id="ps"/>' + user("work") + '<endEvent id="pe"/>'
INNER_FLOWS = flow("ps > work", "work > pe")
HANDLED = user("handled") + '<endEvent id="e2"/>' + flow("b > handled", "handled > e2")


def event_sub(definition: str, interrupting: str) -> str:
    return (
        '<subProcess id="esp" triggeredByEvent="true">'
        f'<startEvent id="es" isInterrupting="{interrupting}">{definition.format(9)}</startEvent>'
        + user("rescue")
        + '<endEvent id="ee"/>'
        + flow("es > rescue", "rescue > ee")
        + "</subProcess>"
    )


def test_an_error_end_event_ends_the_sub_process_and_is_caught_on_its_edge():
    inside = (
        '<startEvent id="ps"/><parallelGateway id="f"/>'
        + user("work", "other")
        + f'<endEvent id="pe">{ERROR.format(2)}</endEvent><endEvent id="pe2"/>'
        + flow("ps > f", "f > work", "f > other", "work > pe", "other > pe2")
    )
    edge = f'<boundaryEvent id="b" attachedToRef="p">{ERROR.format(1)}</boundaryEvent>'
    case = run(sub(inside, edge, HANDLED))
    case.complete("work")
    assert case.open == ["handled"]


def test_an_interrupting_event_sub_process_runs_instead_of_the_rest_of_its_scope():
    case = run(sub(INNER + INNER_FLOWS + event_sub(MESSAGE, "true")), number=1)
    case.message("paper", "1")
    assert case.open == ["rescue"]
    case.complete("rescue")
    assert case.open == ["after"]


def test_a_non_interrupting_event_sub_process_runs_beside_its_scope_each_time():
    case = run(sub(INNER + INNER_FLOWS + event_sub(SIGNAL, "false")))
    case.signal("stop")
    case.signal("stop")
    assert case.open == ["rescue", "rescue", "work"]
    case.complete("work")
    assert "after" not in case.open
    case.complete("rescue")
    case.complete("rescue")
    assert case.open == ["after"]


def test_an_event_sub_process_that_never_fires_does_not_keep_its_scope_open():
    case = run(sub(INNER + INNER_FLOWS + event_sub(TIMER, "true")))
    case.complete("work")
    assert (case.open, case.waits("timer")) == (["after"], [])


def test_an_error_is_caught_by_an_event_sub_process_before_the_edge():
    edge = f'<boundaryEvent id="b" attachedToRef="p">{ERROR.format(1)}</boundaryEvent>'
    inside = INNER + INNER_FLOWS + event_sub(ERROR, "true")
    case = run(sub(inside, edge, HANDLED))
    case.throw("work", "E1")
    assert case.open == ["rescue"]
    case.complete("rescue")
    assert case.open == ["after"]


def test_an_escalation_is_caught_outside_while_its_thrower_goes_on():
    inside = (
        '<startEvent id="ps"/><intermediateThrowEvent id="up"><escalationEventDefinition id="x1"'
        ' escalationRef="esc"/></intermediateThrowEvent>'
        + user("work")
        + '<endEvent id="pe"/>'
        + flow("ps > up", "up > work", "work > pe")
    )
    edge = (
        '<boundaryEvent id="b" attachedToRef="p" cancelActivity="false">'
        '<escalationEventDefinition id="x2" escalationRef="esc"/></boundaryEvent>'
    )
    case = run(sub(inside, edge, HANDLED))
    assert case.open == ["handled", "work"]


def test_a_condition_fires_when_a_parallel_branch_makes_it_true():
    condition = (
        '<conditionalEventDefinition id="d"><condition>=x > 3</condition>'
        "</conditionalEventDefinition>"
    )
    body = (
        '<startEvent id="s"/><parallelGateway id="f"/><intermediateCatchEvent id="c">'
        f"{condition}</intermediateCatchEvent>"
        + user("a", "t")
        + '<endEvent id="e"/><endEvent id="e2"/>'
        + flow("s > f", "f > a", "f > c", "a > e", "c > t", "t > e2")
    )
    case = run(body, x=1)
    assert case.open == ["a"]
    case.complete("a", x=4)
    assert case.open == ["t"]


def test_the_first_event_behind_an_event_based_gateway_decides():
    body = (
        '<startEvent id="s"/><eventBasedGateway id="g"/>'
        f'<intermediateCatchEvent id="c1">{SIGNAL.format(1)}</intermediateCatchEvent>'
        f'<intermediateCatchEvent id="c2">{TIMER.format(2)}</intermediateCatchEvent>'
        + user("heard", "late")
        + '<endEvent id="e"/><endEvent id="e2"/>'
        + flow("s > g", "g > c1", "g > c2", "c1 > heard", "c2 > late", "heard > e", "late > e2")
    )
    case = run(body)
    case.signal("stop")
    assert (case.open, case.waits("timer")) == (["heard"], [])


def test_a_link_leads_to_its_other_end():
    link = '<linkEventDefinition id="l{0}" name="onwards"/>'
    body = (
        f'<startEvent id="s"/><intermediateThrowEvent id="x">{link.format(1)}'
        f'</intermediateThrowEvent><intermediateCatchEvent id="y">{link.format(2)}'
        '</intermediateCatchEvent><endEvent id="e"/>' + user("t") + flow("s > x", "y > t", "t > e")
    )
    assert run(body).open == ["t"]


def test_a_terminate_end_event_ends_its_scope_and_no_other():
    inside = (
        '<startEvent id="ps"/><parallelGateway id="f"/>'
        + user("work", "other")
        + '<endEvent id="pe"><terminateEventDefinition id="tt"/></endEvent><endEvent id="pe2"/>'
        + flow("ps > f", "f > work", "f > other", "work > pe", "other > pe2")
    )
    case = run(sub(inside))
    case.complete("work")
    assert case.open == ["after"]


def compensated(throw: str) -> str:
    parts = ""
    for each in ("a", "b"):
        parts += (
            f'<boundaryEvent id="c{each}" attachedToRef="{each}"><compensateEventDefinition'
            f' id="cd{each}"/></boundaryEvent><userTask id="undo_{each}" isForCompensation="true"/>'
            f'<association id="as{each}" sourceRef="c{each}" targetRef="undo_{each}"'
            ' associationDirection="One"/>'
        )
    return (
        '<startEvent id="s"/>'
        + user("a", "b", "last")
        + throw
        + '<endEvent id="e"/>'
        + parts
        + flow("s > a", "a > b", "b > th", "th > last", "last > e")
    )


def test_compensation_undoes_what_is_complete_the_last_first():
    throw = '<intermediateThrowEvent id="th"><compensateEventDefinition id="x"/>'
    case = run(compensated(throw + "</intermediateThrowEvent>"))
    case.complete("a")
    case.complete("b")
    assert case.open == ["undo_b"]
    case.complete("undo_b")
    assert case.open == ["undo_a"]
    case.complete("undo_a")
    assert case.open == ["last"]
    case.complete("last")
    assert case.ended == "completed"


def test_compensation_of_one_activity_leaves_the_others():
    throw = '<intermediateThrowEvent id="th"><compensateEventDefinition id="x" activityRef="a"/>'
    case = run(compensated(throw + "</intermediateThrowEvent>"))
    case.complete("a")
    case.complete("b")
    case.complete("undo_a")
    assert case.open == ["last"]


ASIDE = '<{0} id="th"><compensateEventDefinition id="x" waitForCompletion="false"/></{0}>'


def test_compensation_that_is_not_waited_for_runs_beside_the_flow():
    case = run(compensated(ASIDE.format("intermediateThrowEvent")))
    case.complete("a")
    case.complete("b")
    assert case.open == ["last", "undo_b"]
    case.complete("last")
    assert (case.open, case.ended) == (["undo_b"], "")
    case.complete("undo_b")
    case.complete("undo_a")
    assert case.ended == "completed"


def test_compensation_beside_the_flow_may_be_over_first():
    case = run(compensated(ASIDE.format("intermediateThrowEvent")))
    for each in ("a", "b", "undo_b", "undo_a", "last"):
        assert case.ended == ""
        case.complete(each)
    assert case.ended == "completed"
    assert [e.element for e in case.effects if isinstance(e, port.Left)].count("th") == 1


def test_compensation_beside_the_flow_of_nothing_lets_the_flow_alone_go_on():
    body = '<startEvent id="s"/>' + ASIDE.format("intermediateThrowEvent") + user("t")
    case = run(body + '<endEvent id="e"/>' + flow("s > th", "th > t", "t > e"))
    assert case.open == ["t"]
    case.complete("t")
    assert case.ended == "completed"


def test_an_inclusive_join_does_not_wait_for_compensation_beside_the_flow():
    parts = (
        '<boundaryEvent id="ca" attachedToRef="a"><compensateEventDefinition id="cd"/>'
        '</boundaryEvent><userTask id="undo" isForCompensation="true"/>'
        '<association id="as" sourceRef="ca" targetRef="undo" associationDirection="One"/>'
    )
    body = (
        '<startEvent id="s"/><inclusiveGateway id="f"/><inclusiveGateway id="j"/>'
        + ASIDE.format("intermediateThrowEvent")
        + user("a", "b", "last")
        + '<endEvent id="e"/>'
        + parts
        + flow("s > a", "a > f", "f > th : 1 = 1", "f > b : 1 = 1", "th > j", "b > j")
        + flow("j > last", "last > e")
    )
    case = run(body)
    case.complete("a")
    case.complete("b")
    assert case.open == ["last", "undo"]


def test_compensation_reaches_into_a_completed_sub_process_with_its_variables():
    handler = (
        '<boundaryEvent id="cw" attachedToRef="work"><compensateEventDefinition id="cd"/>'
        '</boundaryEvent><userTask id="undo" isForCompensation="true"/>'
        '<association id="as" sourceRef="cw" targetRef="undo" associationDirection="One"/>'
    )
    body = (
        f'<startEvent id="s"/><subProcess id="p">{INNER}{INNER_FLOWS}{handler}</subProcess>'
        '<endEvent id="e"><compensateEventDefinition id="x"/></endEvent>' + flow("s > p", "p > e")
    )
    case = run(body)
    case.complete("work")
    assert case.open == ["undo"]
    case.complete("undo")
    assert case.ended == "completed"


def test_a_cancelled_transaction_is_compensated_and_then_left():
    handler = (
        '<boundaryEvent id="cw" attachedToRef="work"><compensateEventDefinition id="cd"/>'
        '</boundaryEvent><userTask id="undo" isForCompensation="true"/>'
        '<association id="as" sourceRef="cw" targetRef="undo" associationDirection="One"/>'
    )
    body = (
        '<startEvent id="s"/><transaction id="p"><startEvent id="ps"/>'
        + user("work")
        + f'<endEvent id="pe"><cancelEventDefinition id="x"/></endEvent>{INNER_FLOWS}{handler}'
        + '</transaction><boundaryEvent id="b" attachedToRef="p"><cancelEventDefinition id="y"/>'
        + "</boundaryEvent>"
        + user("after")
        + '<endEvent id="e"/>'
        + flow("s > p", "p > after", "after > e")
        + HANDLED
    )
    case = run(body)
    case.complete("work")
    assert case.open == ["undo"]
    case.complete("undo")
    assert case.open == ["handled"]


def test_a_cancelled_instance_closes_everything():
    case = run(with_boundary(TIMER))
    case.give(port.Cancel())
    assert case.ended == "cancelled"
    assert any(isinstance(e, port.TaskClosed) and e.how == "terminated" for e in case.effects)
    assert any(isinstance(e, port.TimerCleared) for e in case.effects)


def test_an_event_based_gateway_waits_inside_an_event_sub_process_too():
    inside = (
        '<subProcess id="esp" triggeredByEvent="true">'
        f'<startEvent id="es">{ERROR.format(1)}</startEvent><eventBasedGateway id="g"/>'
        f'<intermediateCatchEvent id="c1">{SIGNAL.format(2)}</intermediateCatchEvent>'
        f'<intermediateCatchEvent id="c2">{TIMER.format(3)}</intermediateCatchEvent>'
        + user("heard", "late")
        + '<endEvent id="x1"/><endEvent id="x2"/>'
        + flow("es > g", "g > c1", "g > c2", "c1 > heard", "c2 > late", "heard > x1", "late > x2")
        + "</subProcess>"
    )
    case = run(sub(INNER + INNER_FLOWS + inside))
    case.throw("work", "E1")
    case.signal("stop")
    assert case.open == ["heard"]


def test_an_incident_is_cleared_when_its_element_is_interrupted():
    case = run(with_boundary(TIMER).replace('<userTask id="t"/>', SERVICE))
    job = next(e for e in case.effects if isinstance(e, port.JobOpened))
    case.give(port.JobFailed(job.instance, "no answer"))
    assert case.incidents == ["job_failed"]
    case.wait_for(3600)
    assert (case.incidents, case.open) == ([], ["handled"])
    assert any(isinstance(e, port.IncidentCleared) for e in case.effects)


def test_a_failed_job_is_opened_anew_when_it_is_tried_again():
    case = run(with_boundary(TIMER).replace('<userTask id="t"/>', SERVICE))
    job = next(e for e in case.effects if isinstance(e, port.JobOpened))
    case.give(port.JobFailed(job.instance, "no answer"))
    raised = next(e for e in case.effects if isinstance(e, port.IncidentRaised))
    case.give(port.Retry(raised.incident))
    case.give(port.JobDone(job.instance))
    assert case.open == ["next"]


@pytest.mark.parametrize(("names", "fires"), [("y", False), ("x, y", True)])
def test_a_condition_looks_at_the_variables_it_names_and_at_no_others(names, fires):
    condition = (
        '<conditionalEventDefinition id="d"><extensionElements>'
        f'<zeebe:conditionalFilter variableNames="{names}"/></extensionElements>'
        "<condition>x = 2</condition></conditionalEventDefinition>"
    )
    body = '<startEvent id="s"/>' + user("t", "next") + '<endEvent id="e"/>'
    case = run(body + flow("s > t", "t > next", "next > e") + event_sub(condition, "true"), x=1)
    case.complete("t", x=2)
    assert case.open == (["rescue"] if fires else ["next"])
