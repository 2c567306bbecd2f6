"""Every construct of BPMN in a small diagram: it runs as the standard says, or is refused.

A table a subject; `probe.py` says how to read a row.
"""

from . import activities, boundaries, data, events, files, gateways, scopes, tasks
from .probe import Probe

AREAS: dict[str, list[Probe]] = {
    "task": tasks.PROBES,
    "gateway": gateways.PROBES,
    "start": events.STARTS,
    "catch": events.CATCHES,
    "throw": events.THROWS,
    "end": events.ENDS,
    "boundary": boundaries.PROBES,
    "sub-process": scopes.PROBES,
    "event sub-process": scopes.EVENT_SUB_PROCESSES,
    "multi-instance": activities.MANY,
    "loop": activities.LOOPS,
    "data": data.PROBES,
    "file": files.PROBES,
}
