"""Where a case stands, as sentences tell it."""

from service.features.processes.scenarios.given import ASIDE
from service.features.processes.scenarios.playing import Playing


def standing(playing: Playing) -> tuple[str, str]:
    """Where a case stands: as a clause, in two languages."""
    if playing.ended is not None:
        return f"the case has ended with {last_end(playing)}", f"流程已在{last_end(playing)}结束"
    places = [f"command {x.type} at {x.element}" for x in playing.wanted]
    places += [f"task {x.element}" for x in playing.tasks.values()]
    places += [f"choice {x.element}" for x in playing.choices.values()]
    places += [
        f"call of {x.process}" if x.type == ASIDE else f"job {x.type} at {x.element}"
        for x in playing.jobs.values()
    ]
    places += [f"{x.kind} {x.name} at {x.element}" for x in playing.waits.values()]
    places += [f"timer {x.element}" for x in playing.clocks.running.values() if x.wait]
    told = ", ".join(places) or "nothing that can be named"
    return f"the case waits for {told}", f"流程在等待：{told}"


def last_end(playing: Playing) -> str:
    """The end event that was reached last; "" for none."""
    return playing.ends[-1] if playing.ends else ""
