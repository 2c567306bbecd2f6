"""Inputs from outside, checked against where the instance stands."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from service.core.feel import WorkingCalendar
from service.core.feel.values import Value

from ..port import (
    ActivateElements,
    BpmnErrorThrown,
    Cancel,
    CommandAnswer,
    CompleteTask,
    Continue,
    DecisionAnswer,
    Input,
    JobDone,
    JobFailed,
    Json,
    MessageArrived,
    Outcome,
    Refused,
    Retry,
    SetVariables,
    SignalArrived,
    TimerDue,
    Variables,
)
from ..state import ElementInstance, State, Wait, head, opened
from . import ad_hoc, containers, step, throwing
from .compile import Compiled
from .evaluate import Fault
from .move import CLOSED, Move, encoded


def start_instance(
    compiled: Compiled,
    process: str,
    variables: Variables,
    now: datetime,
    at: str,
    most: int,
    calendar: WorkingCalendar | None = None,
) -> Outcome:
    spec = compiled.processes.get(process)
    if spec is None:
        raise Refused(
            f"Expected a process {process!r}, but there is none.", f"没有流程 {process}。"
        )
    body = spec.body
    if at and not any(each.element.id == at for each in body.specs()):
        raise Refused(f"Expected a start event {at!r}, but there is none.", f"没有开始事件 {at}。")
    if not at and not body.starts:
        raise Refused(
            f"Expected {process!r} to start by itself, but only events start it.",
            f"流程 {process} 只能由事件启动。",
        )
    move = Move(compiled, State(process, compiled.digest), now, calendar)
    containers.begin_process(move, spec, 0, variables, at)
    move.note_variables()
    return _moved(move, most)


def take(
    compiled: Compiled,
    stored: Json,
    given: Input,
    now: datetime,
    most: int,
    calendar: WorkingCalendar | None = None,
) -> Outcome:
    state = opened(stored)
    if state.digest != compiled.digest:
        raise Refused(
            f"Expected the diagram {state.digest}, but got {compiled.digest}.",
            "流程图与实例所用的版本不同。",
        )
    if state.ended:
        raise Refused(f"Expected a running instance, but it is {state.ended}.", "实例已经结束。")
    move = Move(compiled, state, now, calendar)
    if not isinstance(given, Continue):
        state.steps = 0
    _INPUTS[type(given)](move, given)
    move.note_variables()
    return _moved(move, most)


def _moved(move: Move, most: int) -> Outcome:
    step.advance(move, most)
    state = move.state
    unfinished = bool(state.agenda) and not state.ended
    pages = state.pages
    return Outcome(head(state), move.effects, unfinished, pages.stored, pages.changed)


# -- one by one


def _waiting(move: Move, number: int, *phases: str) -> ElementInstance:
    instance = move.find(number)
    if instance is None or instance.phase not in phases:
        is_now = "gone" if instance is None else instance.phase
        raise Refused(
            f"Expected element instance {number} to wait as {' or '.join(phases)},"
            f" but it is {is_now}.",
            f"第 {number} 号环节已不在等待。",
        )
    return instance


def _answer(move: Move, phase: str, number: int, variables: Variables) -> None:
    instance = _waiting(move, number, phase)
    _clear_failure(move, number)
    given = encoded(variables)
    _close_work(move, instance, "completed")
    move.push("complete", number, given)


def _close_work(move: Move, instance: ElementInstance, how: str) -> None:
    closed = CLOSED.get(instance.phase)
    if closed is not None:
        move.effects.append(closed(instance.id, how))
    instance.phase = "leaving"


def _clear_failure(move: Move, number: int) -> None:
    for incident in list(move.state.incidents.values()):
        if incident.scope == number and incident.code == "job_failed":
            move.clear_incident(incident.id)


def _complete_task(move: Move, given: CompleteTask) -> None:
    instance = _waiting(move, given.instance, "task", "choice")
    if instance.phase == "choice":
        move.terminate_inside(instance)
        instance.tokens = 0
    _answer(move, instance.phase, given.instance, given.variables)


def _job_done(move: Move, given: JobDone) -> None:
    _answer(move, "job", given.instance, given.variables)


def _command_answer(move: Move, given: CommandAnswer) -> None:
    _answer(move, "command", given.instance, given.variables)


def _decision_answer(move: Move, given: DecisionAnswer) -> None:
    instance = _waiting(move, given.instance, "decision")
    called = move.spec(instance).element.extensions.called_decision
    name = called.result_variable if called else ""
    value = given.value
    result: dict[str, Value] = {}
    if name:
        result = {name: value}
    elif isinstance(value, dict):
        result = value
    _answer(move, "decision", given.instance, result)


def _job_failed(move: Move, given: JobFailed) -> None:
    """The job is over; trying again opens a new one."""
    instance = _waiting(move, given.instance, "job", "command", "decision")
    _close_work(move, instance, "failed")
    instance.phase = "active"
    fault = Fault("job_failed", given.message, given.message)
    step.raise_incident(move, ["execute", instance.id], fault)


def _error_thrown(move: Move, given: BpmnErrorThrown) -> None:
    instance = _waiting(move, given.instance, "job", "command", "task", "decision")
    if throwing.throw_error(move, instance, given.code, given.variables):
        return
    _close_work(move, instance, "failed")
    instance.phase = "active"
    fault = throwing.uncaught(instance, given.code)
    step.raise_incident(move, ["execute", instance.id], fault)


def _wait_of(move: Move, number: int, kind: str) -> Wait:
    wait = move.state.waits.get(number)
    if wait is None or wait.kind != kind:
        raise Refused(
            f"Expected wait {number} to be for a {kind}, but it is over.",
            f"第 {number} 号等待已经结束。",
        )
    return wait


def _timer_due(move: Move, given: TimerDue) -> None:
    wait = _wait_of(move, given.wait, "timer")
    if wait.due and datetime.fromisoformat(wait.due) > move.now:
        raise Refused(
            f"Expected a timer that is due, but it is due at {wait.due}.", "定时器未到时。"
        )
    if not wait.due:
        # A declared deadline: the calendar has said that it is over.
        wait.due = move.now.isoformat()
    move.push("fire", wait.owner, wait.id, {}, sooner=1)


def _message_arrived(move: Move, given: MessageArrived) -> None:
    wait = _wait_of(move, given.wait, "message")
    move.push("fire", wait.owner, wait.id, encoded(given.variables), sooner=1)


def _signal_arrived(move: Move, given: SignalArrived) -> None:
    if not throwing.deliver_signal(move, given.name, given.variables):
        raise Refused(
            f"Expected somebody to wait for signal {given.name!r}, but nobody does.",
            f"没有环节在等待信号 {given.name}。",
        )


def _activate(move: Move, given: ActivateElements) -> None:
    instance = _waiting(move, given.instance, "choice")
    ad_hoc.activate_elements(move, instance, list(given.elements))


def _set_variables(move: Move, given: SetVariables) -> None:
    if move.find(given.instance) is None:
        raise Refused(f"Expected a scope {given.instance}, but it is gone.", "该环节已经结束。")
    if given.is_everywhere:
        for instance in list(move.state.instances.values()):
            for name in given.variables.keys() & instance.variables.keys():
                move.scopes.set_local(instance.id, name, given.variables[name])
    elif given.is_local:
        for name, value in given.variables.items():
            move.scopes.set_local(given.instance, name, value)
    else:
        move.scopes.merge(given.instance, given.variables)
    step.note_changes(move)


def _retry(move: Move, given: Retry) -> None:
    incident = move.state.incidents.get(given.incident)
    if incident is None:
        raise Refused(f"Expected incident {given.incident}, but it is over.", "该异常已经处理。")
    step.retry(move, incident)


_INPUTS: dict[type, Callable[[Move, Any], None]] = {
    CompleteTask: _complete_task,
    JobDone: _job_done,
    CommandAnswer: _command_answer,
    DecisionAnswer: _decision_answer,
    JobFailed: _job_failed,
    BpmnErrorThrown: _error_thrown,
    TimerDue: _timer_due,
    MessageArrived: _message_arrived,
    SignalArrived: _signal_arrived,
    ActivateElements: _activate,
    SetVariables: _set_variables,
    Retry: _retry,
    Continue: lambda move, given: None,
    Cancel: lambda move, given: step.cancel(move),
}
