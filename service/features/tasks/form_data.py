"""The form of a task, and the data that a person gives with it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from service.core.engine.model import UserTask
from service.core.forms import Form, compile_form
from service.features.processes.definition import Definition
from service.features.tasks import rules
from service.features.tasks.tables import Task


@lru_cache(maxsize=512)
def compiled(text: str) -> Form:
    """A form made ready; it was checked when its release was."""
    return compile_form(text)


def form_of(task: Task, definition: Definition) -> str | None:
    """The text of a task's form; None where it has none, or one that is kept elsewhere."""
    return definition.form(task.process, task.form) if task.form else None


def require_form(
    task: Task, definition: Definition, data: Mapping[str, Any], *, skips: bool
) -> None:
    """Refuse data that does not fit the form.

    Args:
        skips: Whether the task is completed without the form, and so without data.

    Raises:
        FormFaulty: As the name says; `facts.faults` list pointer and sentences of each place.
    """
    if skips:
        if data:
            raise _faulty([_NO_DATA])
        return
    text = form_of(task, definition)
    if text is not None:
        found = compiled(text).faults(dict(data))
        if found:
            raise _faulty(found)
    elif task.form and _is_ours(task, definition):
        raise _faulty([_NO_FORM])


_NO_DATA = (
    "",
    "Expected no data, since the action skips the form, but there are some.",
    "该办理方式不填写表单，不应提交数据。",
)
_NO_FORM = (
    "",
    "Expected the form in the case's release, but it is not there.",
    "流程版本中应当有此表单，但没有。",
)


def _is_ours(task: Task, definition: Definition) -> bool:
    element = definition.element(task.element, task.process)
    form = element.extensions.form
    return isinstance(element, UserTask) and form is not None and form.form_id is not None


def _faulty(found: list[tuple[str, str, str]]) -> rules.FormFaulty:
    pointer, english, chinese = found[0]
    place, place_zh = (f" at {pointer}", f"（{pointer}）") if pointer else ("", "")
    return rules.FormFaulty(
        f"Expected data that fit the form, but{place}: {english}",
        f"数据应当符合表单要求{place_zh}：{chinese}",
        faults=[{"pointer": p, "detail": zh, "detail_en": en} for p, en, zh in found],
    )
