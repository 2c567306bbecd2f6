"""The table of every process, as `bpmn/processes.md` shows it but for what each is for."""

from .drawn_processes import Drawn, kind

HEAD = (
    "| process | what it is for | called by | starts | ends | waits for messages |\n"
    "|---|---|---|---|---|---|\n"
)


def row(drawn: Drawn, purpose: str) -> str:
    """One line of the table."""
    callers = ", ".join(f"`{each}`" for each in sorted(drawn.callers)) or "–"
    starts = "; ".join(
        _named(each.get("name"), drawn.message(each)) for each in drawn.all("startEvent")
    )
    ends = ", ".join(each.get("name") for each in drawn.all("endEvent"))
    waits = sorted({each for each in map(drawn.message, _catching(drawn)) if each})
    shown = ", ".join(f"`{each}`" for each in waits) or "–"
    return f"| `{drawn.id}` {drawn.name} | {purpose} | {callers} | {starts} | {ends} | {shown} |\n"


def _catching(drawn: Drawn) -> list[object]:
    events = ("intermediateCatchEvent", "boundaryEvent", "receiveTask")
    starts = [each for each in drawn.all("startEvent") if kind(each.getparent()) == "subProcess"]
    return [*drawn.all(*events), *starts]


def _named(name: str, message: str) -> str:
    return f"{name} (`{message}`)" if message else name
