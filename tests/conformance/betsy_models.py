"""Betsy's diagrams made ready for this engine: what they write for Java engines, said in ours.

The rules are those of the data's README: scripts stand for log tokens, conditions are Java.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from service.core.engine.extensions import TaskDefinition, Text
from service.core.engine.model import Definitions, ScriptTask, ServiceTask
from service.core.engine.read_xml import read

_CONTAINS = re.compile(r'(!?)\s*test\.contains\(("[^"]*")\)')


def model_of(data: bytes) -> Definitions:
    """The model of a betsy file, its scripts as jobs whose type is the script's text."""
    adapted: Definitions = _adapted(read(data))
    return adapted


def _adapted(value: Any) -> Any:
    if isinstance(value, Text):
        return replace(value, text=_feel(value.text))
    if isinstance(value, tuple):
        return tuple(_adapted(each) for each in value)
    if isinstance(value, Mapping) or not is_dataclass(value) or isinstance(value, type):
        return value
    if isinstance(value, ScriptTask):
        return _as_job(value)
    changed = {f.name: _adapted(getattr(value, f.name)) for f in fields(value)}
    return replace(value, **changed)


def _as_job(task: ScriptTask) -> ServiceTask:
    """A script is what a worker does: the runner is the worker."""
    code = task.script.text if task.script is not None else ""
    kind = Text(code.strip(), task.id, task.line)
    given = {f.name: _adapted(getattr(task, f.name)) for f in fields(ServiceTask)}
    definition = TaskDefinition(kind, None, task.line)
    given["extensions"] = replace(task.extensions, task_definition=definition)
    return ServiceTask(**given)


def _feel(text: str) -> str:
    bare = re.sub(r"^\$\{(.*)\}$", r"\1", text.strip(), flags=re.DOTALL).strip()
    return _CONTAINS.sub(
        lambda m: f"not(contains(test, {m[2]}))" if m[1] else f"contains(test, {m[2]})", bare
    )
