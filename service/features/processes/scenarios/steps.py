"""The steps of a case: each expects something to be there, and lets it happen."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias, TypeVar

from service.core.clock import CITY_ZONE, city_day
from service.core.engine import port
from service.core.engine.timers import next_due
from service.core.errors import Refusal
from service.core.feel.border import from_state, from_wire, to_wire
from service.core.working_days import BeyondCalendar, due_at
from service.features.decisions.scenario_yaml import shown
from service.features.processes.scenarios import files
from service.features.processes.scenarios.failed import Failed
from service.features.processes.scenarios.given import ASIDE
from service.features.processes.scenarios.playing import Playing
from service.features.processes.scenarios.standing import standing
from service.features.tasks.actions import chosen, require_comment
from service.features.tasks.form_data import compiled

#: Whoever completes tasks, where no step names a person.
_SOMEBODY = "00000000-0000-4000-8000-000000000001"
_WORKING_DAYS = re.compile(r"(\d{1,4}) working days?")
_T = TypeVar("_T")
_Open: TypeAlias = port.TaskOpened | port.ChoiceOpened


def take(playing: Playing, step: files.Step) -> None:
    """Carry out a step.

    Raises:
        Failed: What it expects is not there.
    """
    _STEPS[type(step)](playing, step)


def _task(playing: Playing, step: files.TaskStep) -> None:
    open_: list[_Open] = [*playing.tasks.values(), *playing.choices.values()]
    of_name = [each for each in open_ if each.element == step.task]
    opened = _first(of_name, f"task {step.task}", f"任务{step.task}", playing, step.task)
    if step.by is not None:
        fitting = [each for each in of_name if step.by in _offered(each)]
        if not fitting:
            raise _other(step.task, "offered to", "办理人", step.by, ", ".join(_offered(opened)))
        opened = fitting[0]
    if isinstance(opened, port.TaskOpened):
        _require_last_day(playing, step, opened)
        _require_fit(playing, step, opened)
    variables = {name: from_wire(value) for name, value in step.data.items()}
    if step.action is not None:
        variables["action"] = step.action
    variables["action_by"] = step.by if step.by in _persons(opened) else _SOMEBODY
    playing.give(port.CompleteTask(opened.instance, variables))


def _persons(opened: _Open) -> list[str]:
    if isinstance(opened, port.ChoiceOpened):
        return []
    return [*filter(None, [opened.assignee]), *opened.users]


def _offered(opened: _Open) -> list[str]:
    """Persons and duties; a duty with its body, and without it."""
    duties = (each.partition("@")[0] for each in opened.groups)
    return list(dict.fromkeys([*_persons(opened), *duties, *opened.groups]))


def _require_last_day(playing: Playing, step: files.TaskStep, opened: port.TaskOpened) -> None:
    if step.last_day is None:
        return
    running = playing.clocks.running.get((opened.instance, 0))
    due = running and running.due_at
    last = city_day(due) - timedelta(days=1) if due else None
    if last != step.last_day:
        raise _other(step.task, "due until", "期限届满日", step.last_day, last or "none")


def _require_fit(playing: Playing, step: files.TaskStep, opened: port.TaskOpened) -> None:
    """The action is declared, and the data fit the form."""
    declared = playing.ready.element(opened.element, opened.process).extensions.actions
    try:
        action = chosen(declared, step.action)
        require_comment(action, step.comment)
    except Refusal as refusal:
        raise Failed(refusal.en, refusal.zh, step.task) from refusal
    if action is not None and action.skips_form:
        if step.data:
            raise _other(step.task, "completed without data", "表单数据", "none", shown(step.data))
        return
    text = playing.ready.form(opened.process, opened.form) if opened.form else None
    faults = compiled(text).faults(dict(step.data)) if text is not None else []
    if faults:
        pointer, english, chinese = faults[0]
        raise Failed(
            f"Expected data that fit the form {opened.form}, but{pointer and f' at {pointer}'}: "
            f"{english}",
            f"数据应当符合表单{opened.form}的要求{pointer and f'（{pointer}）'}：{chinese}",
            step.task,
        )


def _choose(playing: Playing, step: files.ChooseStep) -> None:
    open_ = [each for each in playing.choices.values() if each.element == step.choose]
    opened = _first(open_, f"choice {step.choose}", f"选择{step.choose}", playing, step.choose)
    playing.give(port.ActivateElements(opened.instance, tuple(step.activities)))


def _message(playing: Playing, step: files.MessageStep) -> None:
    waits = [x for x in playing.waits.values() if (x.kind, x.name) == ("message", step.message)]
    wait = _first(waits, f"message {step.message}", f"消息{step.message}", playing)
    if step.key is not None:
        fitting = [each for each in waits if each.key == str(step.key)]
        if not fitting:
            raise _other(wait.element, "waiting under the key", "消息关联键", step.key, wait.key)
        wait = fitting[0]
    playing.give(port.MessageArrived(wait.wait, _values(step.variables)))


def _signal(playing: Playing, step: files.SignalStep) -> None:
    waits = [x for x in playing.waits.values() if (x.kind, x.name) == ("signal", step.signal)]
    _first(waits, f"signal {step.signal}", f"信号{step.signal}", playing)
    playing.give(port.SignalArrived(step.signal, _values(step.variables)))


def _time(playing: Playing, step: files.TimeStep) -> None:
    try:
        until = _until(playing, step.time)
    except (BeyondCalendar, ValueError, OverflowError) as fault:
        raise Failed(
            f"Expected working days, a duration or a later time, but {step.time}: {fault}",
            f"应当为若干工作日（10 working days）、时长或之后的时间，但为{step.time}。",
        ) from fault
    if until < playing.now:
        raise Failed(
            f"Expected a time after {playing.now.astimezone(CITY_ZONE):%F %H:%M}, "
            f"but it is {step.time}.",
            f"应当晚于{playing.now.astimezone(CITY_ZONE):%F %H:%M}，但为{step.time}。",
        )
    playing.until = until


def _until(playing: Playing, text: str) -> datetime:
    """When that time is over; of working days, 00:00 of the day after the last."""
    if days := _WORKING_DAYS.fullmatch(text):
        return due_at(playing.clocks.calendar.add(city_day(playing.now), int(days[1])))
    if text.startswith("P"):
        return next_due(playing.now, text)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CITY_ZONE)


def _command(playing: Playing, step: files.CommandStep) -> None:
    of_type = [each for each in playing.wanted if each.type == step.command]
    wanted = _first(of_type, f"command {step.command}", f"命令{step.command}", playing)
    _require_given(wanted.element, step.given, wanted.fields)
    if step.refuse is None:
        playing.answer(wanted, step.answer)
        return
    if not playing.may_catch(wanted.instance, step.refuse):
        raise Failed(
            f"Expected the diagram to catch {step.refuse} at {wanted.element}, but nothing does.",
            f"流程图应当处理环节{wanted.element}的拒绝{step.refuse}，但没有。",
            wanted.element,
        )
    playing.wanted.remove(wanted)
    told = from_wire({"code": step.refuse, "detail": step.refuse, "detail_en": step.refuse})
    playing.give(port.BpmnErrorThrown(wanted.instance, step.refuse, step.refuse, {"refusal": told}))


def _job(playing: Playing, step: files.JobStep) -> None:
    jobs = [each for each in playing.jobs.values() if each.type == step.job]
    job = _first(jobs, f"job {step.job}", f"外部作业{step.job}", playing)
    _done(playing, job, job.element, step.given, step.answer, step.error)


def _call(playing: Playing, step: files.CallStep) -> None:
    jobs = [x for x in playing.jobs.values() if (x.type, x.process) == (ASIDE, step.call)]
    job = _first(jobs, f"call of {step.call}", f"对流程{step.call}的调用", playing)
    _done(playing, job, step.call, step.given, step.outputs, step.error)


def _done(
    playing: Playing,
    job: port.JobOpened,
    element: str,
    expected: Mapping[str, Any],
    answer: Mapping[str, Any],
    error: str | None,
) -> None:
    _require_given(element, expected, from_state(job.variables) if expected else {})
    if error is None:
        playing.give(port.JobDone(job.instance, _values(answer)))
    else:
        playing.give(port.BpmnErrorThrown(job.instance, error, "", _values(answer)))


def _require_given(element: str, expected: Mapping[str, Any], got: Any) -> None:
    for name, value in expected.items():
        wanted, found = to_wire(from_wire(value)), to_wire(got.get(name))
        if wanted != found:
            raise _other(element, f"given {name}", name, shown(wanted), shown(found))


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: from_wire(value) for name, value in given.items()}


def _first(found: Iterable[_T], what: str, what_zh: str, playing: Playing, element: str = "") -> _T:
    for each in found:
        return each
    stands, stands_zh = standing(playing)
    raise Failed(
        f"Expected the {what}, but {stands}.", f"此时应当有{what_zh}，但{stands_zh}。", element
    )


def _other(element: str, what: str, what_zh: str, wanted: Any, got: Any) -> Failed:
    return Failed(
        f"Expected {element} to be {what} {wanted}, but it is {got}.",
        f"环节{element}的{what_zh}应当为{wanted}，但为{got}。",
        element,
    )


_STEPS: Mapping[type, Callable[[Playing, Any], None]] = {
    files.TaskStep: _task,
    files.ChooseStep: _choose,
    files.MessageStep: _message,
    files.SignalStep: _signal,
    files.TimeStep: _time,
    files.CommandStep: _command,
    files.JobStep: _job,
    files.CallStep: _call,
}
