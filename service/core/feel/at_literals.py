"""At-literals: `@"…"` is the date, time, date and time or duration that its text says."""

from .run import Run
from .temporal_text import parse_temporal
from .values import Value
from .warnings import Position


def at_literal(run: Run, at: Position, text: str) -> Value:
    """The temporal value; null with a warning where the text is none."""
    value = parse_temporal(text)
    if value is not None:
        return value
    return run.null_at(
        at,
        "invalid_literal",
        f'Expected a date, a time or a duration after @, but got "{text}".',
        f"@ 之后应为日期、时间或时长,实际为“{text}”。",
    )
