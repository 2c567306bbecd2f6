"""Element templates for Camunda Modeler: our commands, duties and forms, to be picked.

A template fills in what Camunda 8's own extensions say. Extensions of ours (deadlines, actions,
votes) cannot be put into templates; they are written into the file.
"""

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import service.main  # noqa: F401  # knows every command that a diagram may order
from service.core.auth.actor import Duty
from service.core.operation import OPERATIONS, Answerable
from service.features.processes.orderable import OWN_CASE, orderable
from service.settings import Settings

FILE: Final = Path("docs/element-templates.json")
#: The Modeler looks for the name of the schema in it, and loads nothing.
_SCHEMA: Final = (
    "https://github.com/camunda/element-templates-json-schema"
    "#@camunda/zeebe-element-templates-json-schema"
)
_FORMS: Final = "forms/*.schema.json"

Template = dict[str, Any]


def export(path: Path = FILE) -> Path:
    """Write the file; gives its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(), encoding="utf-8")
    return path


def text() -> str:
    """The content of the file: one template for each command, and one for each flow's tasks."""
    return json.dumps([*_commands(), *_tasks()], ensure_ascii=False, indent=1) + "\n"


def _commands() -> Iterator[Template]:
    for name in sorted(orderable()):
        yield _command(OPERATIONS[name].request)


def _command(request: type[Answerable[Any]]) -> Template:
    """A service task that orders the command; its fields are the inputs."""
    about = " ".join((inspect.getdoc(request) or "").split())
    return _template(
        request.name,
        f"{request.title_zh} · {request.title_en}",
        about,
        "bpmn:ServiceTask",
        [_hidden(request.name, "zeebe:taskDefinition", "type"), *_inputs(request)],
    )


def _inputs(request: type[Answerable[Any]]) -> Iterator[Mapping[str, Any]]:
    """What must be given comes first; what need not be makes no input while it is empty."""
    shapes = request.model_json_schema()["properties"]
    fields = request.model_fields
    for name in sorted(fields, key=lambda name: not fields[name].is_required()):
        is_needed = fields[name].is_required() and name != OWN_CASE
        shown = {
            "label": name,
            "description": shapes[name].get("description", ""),
            "type": "String",
            "feel": "required",
            "optional": not is_needed,
            "binding": {"type": "zeebe:input", "name": name},
            "constraints": {"notEmpty": True} if is_needed else {},
        }
        yield {key: value for key, value in shown.items() if value}


def _tasks() -> Iterator[Template]:
    """A user task of each flow that comes with the service, and one of any other flow."""
    yield _task("any", "用户任务 · User task", [])
    for folder in sorted(Settings.model_fields["bpmn_dir"].default.iterdir()):
        forms = sorted(folder.glob(_FORMS)) if folder.is_dir() else []
        if forms:
            yield _task(folder.name, f"用户任务 · User task · {folder.name}", forms)


def _task(flow: str, name: str, forms: list[Path]) -> Template:
    """A user task with a duty, and one of the flow's forms, bound to the release it came with."""
    properties: list[Mapping[str, Any]] = [
        {"type": "Hidden", "binding": {"type": "zeebe:userTask"}},
        _choice("职责 · duty", [(each, each) for each in Duty if each is not Duty.PROCESS])
        | {"binding": {"type": "zeebe:assignmentDefinition", "property": "candidateGroups"}},
    ]
    if forms:
        binding = {"type": "zeebe:formDefinition", "property": "formId"}
        properties += [
            _choice("表单 · form", [_named(form) for form in forms]) | {"binding": binding},
            _hidden("deployment", "zeebe:formDefinition", "bindingType"),
        ]
    return _template(f"task.{flow}", name, "", "bpmn:UserTask", properties)


def _named(form: Path) -> tuple[str, str]:
    """Its title and id."""
    id_ = form.name.removesuffix(".schema.json")
    return f"{json.loads(form.read_text(encoding='utf-8'))['title']} · {id_}", id_


def _choice(label: str, choices: list[tuple[str, str]]) -> dict[str, Any]:
    named = [{"name": str(name), "value": str(value)} for name, value in choices]
    return {"label": label, "type": "Dropdown", "choices": named, "optional": False}


def _hidden(value: str, kind: str, of: str) -> dict[str, Any]:
    return {"type": "Hidden", "value": value, "binding": {"type": kind, "property": of}}


def _template(
    id_: str, name: str, about: str, element: str, properties: list[Mapping[str, Any]]
) -> Template:
    """What every template has. Empty descriptions are left out."""
    template = {
        "$schema": _SCHEMA,
        "id": f"dingbian.{id_}",
        "name": name,
        "description": about,
        "appliesTo": ["bpmn:Task", element],
        "elementType": {"value": element},
        "properties": properties,
    }
    return {key: value for key, value in template.items() if value != ""}
