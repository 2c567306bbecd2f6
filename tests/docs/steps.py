"""The page of steps: who does each task, what is filled in, and what follows from it.

`python -m tests.docs.steps` writes it anew after a diagram or a form has changed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from .drawn_processes import Drawn, every_process, inside, kind

PAGE: Final = Path(__file__).parents[2] / "docs" / "how-to" / "steps.md"
_HEAD: Final = """\
# Every step and its variables · 各环节与变量

Made from the diagrams and forms under `bpmn` by `python -m tests.docs.steps`; a test compares
both. 由流程图和表单生成，有测试比对。

For each task: who does it (办理人), its ways out (`action`), its fields (`*` required 必填), each
the name of a variable. For what the service does by itself: the command or decision, what it is
given and what becomes of it. A call lists what goes in (←) and comes back (→). `action` and
`action_by` are variables after each task. Deadlines are in working days (工作日).
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(_section(drawn) for drawn in every_process().values())


def _section(drawn: Drawn) -> str:
    lines = [f"\n## {drawn.flow}: `{drawn.id}` {drawn.name}\n"]
    told = drawn.root.find("{*}documentation")
    if told is not None and told.text:
        lines.append(f"\n{' '.join(told.text.split())}\n")
    if rows := list(_rows(drawn)):
        lines.append("\n| step | who or what | variables |\n|---|---|---|\n")
        lines += rows
    return "".join(lines)


def _rows(drawn: Drawn) -> Iterator[str]:
    for element in drawn.all(*_SHOWN):
        who, variables = _SHOWN[kind(element)](drawn, element)
        name = f"`{element.get('id')}` {element.get('name')}"
        yield f"| {name} | {_cell(who)} | {_cell(variables)} |\n"


def _task(drawn: Drawn, element: Any) -> tuple[str, str]:
    who = [f"`{drawn.duty(element)}`"]
    who += [f"{_text(each.get('days'))} days" for each in inside(element, "deadline")]
    if actions := [f"`{each.get('id')}` {each.get('name')}" for each in inside(element, "action")]:
        who.append(" / ".join(actions))
    fields = [
        f"`{name}`{'*' if is_required else ''} {title}"
        for name, title, is_required in drawn.fields(element)
    ]
    return "; ".join(who), ", ".join([*fields, *_mappings(element)])


def _service(drawn: Drawn, element: Any) -> tuple[str, str]:
    types = [f"`{each.get('type')}`" for each in inside(element, "taskDefinition")]
    return ", ".join(types), ", ".join(_mappings(element))


def _rule(drawn: Drawn, element: Any) -> tuple[str, str]:
    (called,) = inside(element, "calledDecision")
    result = f"→ `{called.get('resultVariable')}`"
    return f"decision `{called.get('decisionId')}`", ", ".join([*_mappings(element), result])


def _script(drawn: Drawn, element: Any) -> tuple[str, str]:
    names = [f"→ `{each.get('resultVariable')}`" for each in inside(element, "script")]
    return "FEEL", ", ".join(names)


def _call(drawn: Drawn, element: Any) -> tuple[str, str]:
    (called,) = inside(element, "calledElement")
    return f"calls `{called.get('processId')}`", ", ".join(_mappings(element))


def _mappings(element: Any) -> list[str]:
    arrows = {"input": "←", "output": "→"}
    return [f"{arrows[kind(each)]} `{each.get('target')}`" for each in inside(element, *arrows)]


def _text(value: str) -> str:
    return f"`{value}`" if value.startswith("=") else value


def _cell(text: str) -> str:
    return text.replace("|", "\\|") or "–"


_SHOWN: Final = {
    "userTask": _task,
    "serviceTask": _service,
    "businessRuleTask": _rule,
    "scriptTask": _script,
    "callActivity": _call,
}

if __name__ == "__main__":
    PAGE.write_text(page())
