"""An instance as its tables know it: from its effects alone."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from service.core.engine import port

from .places import Point


@dataclass
class Seen:
    """What can be known of an instance from its effects alone, as its tables know it.

    Attributes:
        paths: Where each element instance is.
        points: What can happen, and the number by which it is said.
    """

    shown: frozenset[str]
    paths: dict[int, str] = field(default_factory=lambda: {0: ""})
    counts: Counter[tuple[int, str]] = field(default_factory=Counter)
    points: dict[Point, int] = field(default_factory=dict)
    dues: dict[int, datetime | None] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)
    incidents: dict[int, str] = field(default_factory=dict)
    ended: port.Ended | None = None

    def note(self, effects: list[port.Effect]) -> None:
        for each in effects:
            match each:
                case port.Entered():
                    self._entered(each)
                case port.Left():
                    if each.element in self.shown:
                        self.left.append((each.element, each.how))
                case port.TaskOpened() | port.JobOpened():
                    self.points["do", self.paths[each.instance], each.element] = each.instance
                case port.TimerSet() | port.Subscribed():
                    self.points["event", self.paths[each.instance], each.element] = each.wait
                    self.dues[each.wait] = getattr(each, "due", None)
                case port.TaskClosed() | port.JobClosed():
                    self._over("do", each.instance)
                case port.TimerCleared() | port.Unsubscribed():
                    self._over("event", each.wait)
                case port.IncidentRaised():
                    self.incidents[each.incident] = f"{each.code}: {each.message}"
                case port.IncidentCleared():
                    del self.incidents[each.incident]
                case port.Ended():
                    self.ended = each

    def _entered(self, effect: port.Entered) -> None:
        self.counts[effect.scope, effect.element] += 1
        number = self.counts[effect.scope, effect.element]
        around = self.paths[effect.scope]
        self.paths[effect.instance] = (
            f"{around}/{effect.element}#{number}" if around else effect.element
        )

    def _over(self, kind: str, number: int) -> None:
        found = next(p for p, n in self.points.items() if n == number and p[0] == kind)
        del self.points[found]
