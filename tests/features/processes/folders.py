"""A flow's whole folder: a diagram with its form, its table and the table's tests."""

import json

from service.features.processes.authors import EXAMPLE_MODEL
from tests.diagrams import END, START, chain, diagram, user_task

FORM = json.dumps(
    {
        "type": "object",
        "title": "审核意见",
        "required": ["opinion"],
        "properties": {"opinion": {"type": "string", "maxLength": 500}},
    },
    ensure_ascii=False,
)
SCENARIO = "decision: level\ncases:\n  - {name: 六个, inputs: {posts: 6}, expect: commission}\n"
_FORM = '<zeebe:formDefinition formId="opinion" bindingType="deployment"/>'
_DECISION = (
    '<businessRuleTask id="rate"><extensionElements><zeebe:calledDecision decisionId="level"'
    ' resultVariable="level" bindingType="deployment"/></extensionElements></businessRuleTask>'
)


def flow(process: str = "review", extensions: str = "", *elements: str) -> str:
    """Look with a form, rate by the table, and whatever else."""
    inside = chain(START, user_task("look", _FORM), _DECISION, *elements, END)
    said = f"<extensionElements>{extensions}</extensionElements>" if extensions else ""
    return diagram(process, said + inside)


def folder(diagram: str = "", **more: str) -> list[dict[str, str]]:
    """The files of a folder; `more` are files by path with `__` for the slash."""
    files = {
        "review.bpmn": diagram or flow(),
        "levels.dmn": EXAMPLE_MODEL,
        "forms/opinion.schema.json": FORM,
        "scenarios/levels.yaml": SCENARIO,
    }
    files |= {path.replace("__", "/"): text for path, text in more.items()}
    return [{"path": path, "content": text} for path, text in files.items()]


def only(**files: str) -> list[dict[str, str]]:
    return [{"path": path.replace("__", "/"), "content": text} for path, text in files.items()]


def call(process: str) -> str:
    """A call of another process."""
    return (
        f'<callActivity id="call"><extensionElements><zeebe:calledElement processId="{process}"'
        ' bindingType="latest"/></extensionElements></callActivity>'
    )


def service_task(type_: str, *inputs: str) -> str:
    """A command or a job, with the number 1 for each input."""
    given = "".join(f'<zeebe:input source="=1" target="{name}"/>' for name in inputs)
    return (
        f'<serviceTask id="work"><extensionElements><zeebe:taskDefinition type="{type_}"/>'
        f"<zeebe:ioMapping>{given}</zeebe:ioMapping></extensionElements></serviceTask>"
    )
