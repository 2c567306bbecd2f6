"""The ledger once more, as plain dictionaries: slow, simple, and written without looking at it.

An asked step is a dictionary: what to do, and its fields. `follow` says whether the ledger must
do it, and if so does it; a refused one changes nothing.
"""

import copy
from datetime import date
from typing import Any

Step = dict[str, Any]
#: (body or None for the city, kind) -> day -> how many more authorised, actual, reserved from it.
Account = dict[date, list[int]]
AUTHORISED, ACTUAL, RESERVED = range(3)


class Refused(Exception):
    """The ledger must refuse this."""


class Model:
    """What the ledger knows; numbers are whole posts, every day counts."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.accounts: dict[tuple[str | None, str], Account] = {}
        self.reservations: dict[str, dict[str, Any]] = {}
        self.people: dict[str, dict[str, Any]] = {}

    def follow(self, step: Step) -> "Model | None":
        """The model after a step; None where it must be refused."""
        after = copy.deepcopy(self)
        try:
            getattr(after, step["do"])(step)
        except Refused:
            return None
        return after

    def balance(self, key: tuple[str | None, str], day: date) -> list[int]:
        account = self.accounts.get(key, {})
        return [sum(delta[n] for on, delta in account.items() if on <= day) for n in range(3)]

    def add(self, key: tuple[str | None, str], on: date, **counts: int) -> None:
        """Change an account from a day on, if every day has room for it."""
        account = self.accounts.setdefault(key, {})
        delta = [counts.get(name, 0) for name in ("authorised", "actual", "reserved")]
        needed = delta[ACTUAL] + delta[RESERVED] - delta[AUTHORISED]
        for day in {on, *(each for each in account if each > on)}:
            now = self.balance(key, day)
            if needed > 0 and now[AUTHORISED] - now[ACTUAL] - now[RESERVED] < needed:
                raise Refused
            if now[AUTHORISED] + min(delta[AUTHORISED], 0) < 0:
                raise Refused
        there = account.setdefault(on, [0, 0, 0])
        account[on] = [old + more for old, more in zip(there, delta, strict=True)]

    def need(self, key: tuple[str | None, str]) -> None:
        if key not in self.accounts:
            raise Refused

    def limit(self, step: Step) -> None:
        key = (None, step["kind"])
        now = self.balance(key, step["on"])[AUTHORISED]
        self.add(key, step["on"], authorised=step["posts"] - now)

    def grant(self, step: Step) -> None:
        self.add((None, step["kind"]), step["on"], actual=step["posts"])
        self.add((step["body"], step["kind"]), step["on"], authorised=step["posts"])

    def cut(self, step: Step) -> None:
        key = (step["body"], step["kind"])
        self.need(key)
        self.add(key, step["on"], authorised=-step["posts"])
        self.add((None, step["kind"]), step["on"], actual=-step["posts"])

    def transfer(self, step: Step) -> None:
        self.add((step["body"], step["kind"]), step["on"], authorised=-step["posts"])
        self.add((step["to_body"], step["kind"]), step["on"], authorised=step["posts"])

    def change(self, step: Step) -> None:
        for owner, count in ((step["body"], "authorised"), (None, "actual")):
            for kind, sign in ((step["kind"], -1), (step["to_kind"], 1)):
                self.add((owner, kind), step["on"], **{count: sign * step["posts"]})

    def reserve(self, step: Step) -> None:
        key = (step["body"], step["kind"])
        self.need(key)
        self.add(key, step["on"], reserved=step["posts"])
        self.reservations[step["new"]] = {
            "key": key,
            "left": step["posts"],
            "from": step["on"],
            "version": 1,
        }

    def release(self, step: Step) -> None:
        held = self.reservations[step["reservation"]]
        if held["version"] != step["version"] or held["left"] == 0:
            raise Refused
        on = max(self.today, held["from"])
        self.add(held["key"], on, reserved=-held["left"])
        held.update(left=0, version=held["version"] + 1)

    def take_notice(self, step: Step, key: tuple[str | None, str]) -> None:
        held = self.reservations[step["reservation"]]
        if held["key"] != key or held["left"] == 0 or step["on"] < held["from"]:
            raise Refused
        held.update(left=held["left"] - 1, version=held["version"] + 1)

    def enter(self, step: Step) -> None:
        key = (step["body"], step["kind"])
        self.need(key)
        for other in self.people.values():
            is_same = other["number"] == step["number"]
            if is_same and (other["until"] is None or other["until"] > step["on"]):
                raise Refused
        self.take_notice(step, key)
        self.add(key, step["on"], actual=1, reserved=-1)
        self.people[step["new"]] = {
            "number": step["number"],
            "key": key,
            "from": step["on"],
            "until": None,
            "version": 1,
        }

    def person(self, step: Step) -> dict[str, Any]:
        person = self.people[step["person"]]
        is_open = person["until"] is None and person["version"] == step["version"]
        if not is_open or step["on"] < person["from"]:
            raise Refused
        return person

    def leave(self, step: Step) -> None:
        person = self.person(step)
        self.add(person["key"], step["on"], actual=-1)
        person.update(until=step["on"], version=person["version"] + 1)

    def move(self, step: Step) -> None:
        person, key = self.person(step), (step["body"], step["kind"])
        self.need(key)
        if key == person["key"]:
            raise Refused  # it names a notice and needs none
        self.take_notice(step, key)
        self.add(person["key"], step["on"], actual=-1)
        self.add(key, step["on"], actual=1, reserved=-1)
        person.update({"key": key, "from": step["on"], "version": person["version"] + 1})
