"""Where an instance stands: what can happen to it, and what is thrown, ended and written."""

from .places import Place, Point, Value


class Standing:
    """The places of one instance.

    Attributes:
        left: The elements that have been left since it was last emptied: (element, how).
        ended: "" while it runs, else `completed` or `terminated`.
        variables: The outermost ones, at the end.
        is_open: Whether a signal has made two rounds race within one move, to write different
            values or to be the last one that is needed: which of them wins is nobody's promise,
            so nothing is known any more.
        ringing: What has been written since a signal rang; None where none rings.
    """

    def __init__(self, root: Place) -> None:
        self.root = root
        self.left: list[tuple[str, str]] = []
        self.ended = ""
        self.variables: dict[str, Value] = {}
        self.is_open = False
        self.ringing: dict[tuple[Place, str], Value] | None = None

    def end(self, how: str) -> None:
        self.ended, self.variables = how, self.root.variables

    # -- from outside

    def points(self) -> list[Point]:
        """What can happen now, sorted."""
        found: list[Point] = []
        places = [] if self.ended else [self.root]
        for place in places:
            found += [(kind, place.path, element) for kind, element in place.waits]
            places += place.inside
        return sorted(found)

    def happen(self, point: Point, number: int) -> None:
        self._place(point[1]).waits[point[0], point[2]](number)

    def _place(self, path: str) -> Place:
        places = [self.root]
        for place in places:
            if place.path == path:
                return place
            places += place.inside
        raise KeyError(path)

    def ring(self, element: str, number: int) -> None:
        """A signal, to all that wait for it: outer ones first, which may end inner ones."""
        self.ringing = {}
        heard = [p for p in self.points() if p[0] == "event" and p[2] == element]
        for point in sorted(heard, key=lambda p: p[1].count("/")):
            if point in self.points():
                self.happen(point, number)
        self.ringing = None

    def give(self, place: Place, name: str, value: Value) -> None:
        """Write what one of several rounds may write, too."""
        if self.ringing is not None:
            before = self.ringing.setdefault((place.seen()[-1], name), value)
            self.is_open = self.is_open or before != value
        place.write(name, value)

    def catchers(self, point: Point) -> list[str]:
        """The errors that the work at this point may end with."""
        place: Place | None = self._place(point[1])
        found: list[str] = []
        while place is not None:
            found += [name for kind, name in place.catches if kind == "error"]
            place = place.around
        return found

    def throw(self, point: Point, catcher: str) -> None:
        self.hand_out(self._place(point[1]), ("error", catcher))

    # -- places

    def open(self, element: str, around: Place) -> Place:
        around.entered[element] += 1
        path = f"{around.path}/{element}#{around.entered[element]}"
        place = Place(element, path, around)
        around.inside[place] = None
        return place

    def close(self, place: Place, how: str) -> None:
        assert place.around is not None
        del place.around.inside[place]
        self.left.append((place.element, how))

    def kill(self, place: Place) -> None:
        for each in list(place.inside):
            self.kill(each)
        self.close(place, "terminated")

    def interrupt(self, scope: Place) -> None:
        """End all that is inside, and what event sub-processes wait for."""
        for each in list(scope.inside):
            self.kill(each)
        scope.threads = 0
        scope.waits = {k: v for k, v in scope.waits.items() if not k[1].startswith("w")}
        scope.catches = {k: v for k, v in scope.catches.items() if not k[1].startswith("w")}

    def hand_out(self, place: Place | None, catcher: tuple[str, str]) -> None:
        while place is not None:
            if catcher in place.catches:
                place.catches[catcher]()
                return
            place = place.around
