"""Cases of a diagram, played by the check: each tells where it fails, and what none passes."""

import pytest

from service.features.decisions.finding import Finding
from service.features.processes.checking import check_folders
from service.features.processes.contents import File
from service.features.processes.outside import Outside
from service.features.processes.surroundings import of_this_service
from tests.diagrams import END, START, chain, diagram, user_task
from tests.features.processes.folders import FORM

_ACTIONS = (
    '<dingbian:actions><dingbian:action id="agree" name="同意"/>'
    '<dingbian:action id="send_back" name="退回" comment="required" form="skipped"/>'
    '</dingbian:actions><dingbian:deadline days="5"/>'
    '<zeebe:formDefinition formId="opinion" bindingType="deployment"/>'
)
_WORK = (
    '<serviceTask id="{id}"><extensionElements><zeebe:taskDefinition type="{type}"/>'
    "{more}</extensionElements></serviceTask>"
)
_RESERVE = _WORK.format(
    id="announce",
    type="events.announce_event",
    more='<zeebe:ioMapping><zeebe:input source="=&quot;looked_at&quot;" target="event"/>'
    '<zeebe:input source="={opinion: opinion}" target="data"/></zeebe:ioMapping>',
)
#: A task with a form and a deadline whose end is told of, and a command.
_REVIEW = diagram(
    "review",
    chain(START, user_task("look", _ACTIONS), _RESERVE, END)
    + '<boundaryEvent id="late" attachedToRef="look"><timerEventDefinition id="late_timer">'
    '<extensionElements><dingbian:deadline days="5"/></extensionElements></timerEventDefinition>'
    '</boundaryEvent><endEvent id="too_late"/>'
    '<sequenceFlow id="to_too_late" sourceRef="late" targetRef="too_late"/>',
)
_LOOK = "task: look, by: office_case_officer, action: agree, data: {opinion: 同意}"
_ANNOUNCE = "command: events.announce_event"
_IN_TIME = f"{{name: 按期, steps: [{{{_LOOK}}}, {{{_ANNOUNCE}}}], ends: end}}"
_LATE = "{name: 逾期, steps: [{time: 5 working days}], ends: too_late}"


def scenario(*cases: str, process: str = "review", head: str = "") -> str:
    listed = "".join(f"  - {each}\n" for each in cases)
    return f"process: {process}\ntoday: 2026-09-28\n{head}cases:\n{listed}"


def checked(text: str, drawn: str = _REVIEW, **others: str) -> list[Finding]:
    """The findings of a folder with this scenario; `others` are diagrams of other folders."""
    files = [
        File(path="review.bpmn", content=drawn),
        File(path="forms/opinion.schema.json", content=FORM),
        File(path="scenarios/review.yaml", content=text),
    ]
    folders = {"own": files}
    for process, content in others.items():
        folders[process] = [File(path=f"{process}.bpmn", content=content)]
    known = of_this_service()
    return check_folders(folders, Outside(commands=known.commands, features=known.features))[
        "own"
    ].findings


def failure(steps: str, ends: str = "end", **case: str) -> Finding:
    """Why the only case fails."""
    more = "".join(f", {name}: {value}" for name, value in case.items())
    text = scenario(f"{{name: 只此一例, steps: [{steps}], ends: {ends}{more}}}")
    failed = [finding for finding in checked(text) if finding.severity == "test"]
    assert [finding.rule for finding in failed] == ["scenario"]
    assert failed[0].path == "scenarios/review.yaml"
    assert failed[0].message.startswith("只此一例: ")
    return failed[0]


def test_cases_that_hold_and_pass_everything_leave_no_finding() -> None:
    assert checked(scenario(_IN_TIME, _LATE)) == []


def test_a_command_says_what_it_was_given() -> None:
    wrong = failure(f"{{{_LOOK}}}, {{{_ANNOUNCE}, with: {{data: {{opinion: 不同意}}}}}}")
    assert wrong.element == "announce"
    assert "Expected announce to be given data" in wrong.message
    assert "同意" in wrong.message_zh


def test_what_no_case_passes_is_a_warning_with_the_share_and_the_places() -> None:
    (warning,) = checked(scenario(_IN_TIME))
    assert (warning.rule, warning.severity, warning.path) == (
        "scenario_coverage",
        "warning",
        "review.bpmn",
    )
    # start, look, announce, end, late, too_late and their four flows
    assert "all 10 elements and flows" in warning.message
    assert "pass 70 %, without late, too_late, to_too_late." in warning.message


@pytest.mark.parametrize(
    ("steps", "element", "sentence"),
    [
        ("{task: sign}", "sign", "step 1 (task sign): Expected the task sign, but the case"),
        (
            "{task: look, by: office_director, action: agree}",
            "look",
            "Expected look to be offered to office_director, but it is office_case_officer",
        ),
        ("{task: look}", "look", "Expected one of the actions agree, send_back, but got none"),
        ("{task: look, action: send_back}", "look", "Expected an opinion in words"),
        (
            "{task: look, action: agree, data: {opinion: 1}}",
            "look",
            "Expected data that fit the form opinion, but at /opinion",
        ),
        (
            "{task: look, action: agree, data: {}}",
            "look",
            "Expected data that fit the form opinion, but",
        ),
        (
            "{task: look, action: agree, data: {opinion: 同意}, last_day: 2026-10-05}",
            "look",
            "Expected look to be due until 2026-10-05, but it is 2026-10-10",
        ),
        (f"{{{_LOOK}}}, {{time: P1D}}", "announce", "Expected an answer to the command events."),
        (f"{{{_LOOK}}}, {{command: quota.reserve_posts}}", "", "command events.announce_event at"),
        (f"{{{_LOOK}}}, {{{_ANNOUNCE}, refuse: no_way}}", "announce", "Expected the diagram to c"),
        (f"{{{_LOOK}}}, {{{_ANNOUNCE}}}, {{{_LOOK}}}", "look", "but the case has ended with end."),
        ("{message: Answered}", "", "Expected the message Answered, but the case waits for task"),
        ("{signal: Alarm}", "", "Expected the signal Alarm, but the case waits for task look"),
        ("{job: payroll.update}", "", "Expected the job payroll.update, but the case waits for"),
        ("{choose: look, activities: [a]}", "look", "Expected the choice look, but the case"),
        ("{time: soon}", "", "Expected working days, a duration or a later time, but soon"),
        ("{time: 2026-09-01}", "", "Expected a time after 2026-09-28 09:00, but it is 2026-09-01"),
        ("{time: 4 working days}", "", "Expected the case to end with end, but the case waits"),
        ("{time: 5 working days}", "too_late", "but it ends with too_late."),
    ],
)
def test_a_case_that_fails_tells_where(steps: str, element: str, sentence: str) -> None:
    found = failure(steps)
    assert found.element == element
    assert sentence in found.message
    assert found.message_zh.startswith("只此一例：")


def test_variables_at_the_end_are_those_that_the_case_expects() -> None:
    steps = f"{{{_LOOK}}}, {{{_ANNOUNCE}}}"
    found = failure(steps, variables="{opinion: 不同意}")
    assert "Expected opinion to be '不同意', but it is '同意'." in found.message


def test_working_days_pass_by_the_calendar() -> None:
    """National Day lies between: five working days from 28 September end on 10 October."""
    until = "{{name: 到期, steps: [{{time: '{time}'}}], ends: too_late}}"
    due = scenario(until.format(time="2026-10-11 00:00"), _IN_TIME)
    assert checked(due) == []
    before = checked(scenario(until.format(time="2026-10-10 23:59"), _IN_TIME))
    assert [each.rule for each in before] == ["scenario", "scenario_coverage"]


def test_commands_that_always_answer_need_no_step() -> None:
    case = f"{{name: 按期, steps: [{{{_LOOK}}}], ends: end}}"
    head = "commands: {events.announce_event: {}}\n"
    assert checked(scenario(case, _LATE, head=head)) == []
    assert checked(scenario(_IN_TIME, _LATE, head=head)) == [], "a step comes before it"


def test_a_stopped_clock_keeps_a_deadline_from_ending() -> None:
    halt = _WORK.format(
        id="halt",
        type="processes.stop_clock",
        more='<zeebe:ioMapping><zeebe:input source="=&quot;待补正&quot;" target="reason"/>'
        "</zeebe:ioMapping>",
    )
    drawn = diagram(
        "review", chain(START, halt, user_task("look", "<dingbian:deadline days='5'/>"), END)
    )
    steps = "{command: processes.stop_clock}, {time: 30 working days}"
    held = f"{{name: 停钟, steps: [{steps}, {{task: look, last_day: 2026-10-10}}], ends: end}}"
    (found,) = [each for each in checked(scenario(held), drawn) if each.severity == "test"]
    assert "Expected look to be due until 2026-10-10, but it is none." in found.message


_CALL = (
    '<callActivity id="ask"><extensionElements>'
    '<zeebe:calledElement processId="consult" bindingType="latest"/>'
    "</extensionElements></callActivity>"
)
_CALLER = diagram("review", chain(START, _CALL, END))
_CONSULT = diagram("consult", chain(START, user_task("give_view"), END))


def test_a_called_process_of_another_folder_runs_where_it_is_at_hand() -> None:
    steps = "{task: give_view, data: {view: 无}}"
    case = f"{{name: 征求意见, steps: [{steps}], ends: end, variables: {{view: 无}}}}"
    assert checked(scenario(case), _CALLER, consult=_CONSULT) == []
    (alone,) = checked(scenario(case), _CALLER)
    assert (alone.rule, alone.severity) == ("scenario_not_played", "warning")
    assert "consult is not" in alone.message


def test_a_called_process_may_stand_aside() -> None:
    steps = "{call: consult, outputs: {view: 无}}"
    case = f"{{name: 略过, steps: [{steps}], ends: end, variables: {{view: 无}}}}"
    assert checked(scenario(case), _CALLER) == []
    assert checked(scenario(case), _CALLER, consult=_CONSULT) == []
    unasked = "{name: 多余, steps: [{call: consult}, {call: consult}], ends: end}"
    (found,) = checked(scenario(unasked), _CALLER)
    assert "Expected the call of consult, but the case has ended with end." in found.message


def test_a_job_answers_or_throws_an_error() -> None:
    work = _WORK.format(id="pay", type="payroll.update", more="")
    drawn = diagram(
        "review",
        chain(START, work, END)
        + '<boundaryEvent id="refused" attachedToRef="pay"><errorEventDefinition id="e"'
        ' errorRef="closed"/></boundaryEvent><endEvent id="given_up"/>'
        '<sequenceFlow id="to_given_up" sourceRef="refused" targetRef="given_up"/>',
        '<error id="closed" name="closed" errorCode="closed"/>',
    )
    steps = "{job: payroll.update, answer: {paid: 3}}"
    done = f"{{name: 完成, steps: [{steps}], ends: end, variables: {{paid: 3}}}}"
    thrown = "{name: 出错, steps: [{job: payroll.update, error: closed}], ends: given_up}"
    assert checked(scenario(done, thrown), drawn) == []


@pytest.mark.parametrize(
    ("text", "rule", "sentence"),
    [
        (scenario("{name: x, ends: end}", process="other"), "scenario_without_process", "other"),
        (scenario("{name: x}"), "scenario_unreadable", "cases/0/ends: Field required"),
        (
            scenario("{name: x, steps: [{wait: 1}], ends: end}"),
            "scenario_unreadable",
            "a step is one of task, choose, message",
        ),
        ("process: review\ncases: [&a {name: x, ends: end}, *a]\n", "scenario_unreadable", "alias"),
    ],
)
def test_a_file_that_cannot_be_played_is_an_error(text: str, rule: str, sentence: str) -> None:
    found = next(each for each in checked(text) if each.severity == "error")
    assert found.rule == rule
    assert sentence in found.message


def test_what_would_be_an_incident_fails_the_case() -> None:
    """An action that skips the form leaves no opinion, of which the command tells."""
    found = failure("{task: look, action: send_back, comment: 材料不全}")
    assert found.element == "announce"
    assert "Expected announce to be passed, but it becomes an incident" in found.message
