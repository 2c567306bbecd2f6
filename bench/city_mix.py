"""What is asked for in the city: kinds of matters that come to different ends, as in any year."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final

from service.sample_city.city import REFERENCE_DATE
from service.sample_city.playing.answers import Choice
from service.sample_city.playing.matters import MatterPlay
from service.sample_city.playing.people import People
from service.sample_city.playing.staff import Staff

#: Ten matters: posts that go to another body and functions of a mandate, both decided by the
#: commission; functions that the office decides on; one that it does not support (E4); one that
#: its unit takes back (E6).
_MIX: Final = (
    "shift",
    "mandate",
    "office",
    "mandate",
    "office",
    "refused",
    "mandate",
    "withdrawn",
    "office",
    "mandate",
)
#: Bodies that ask; no items are found at them, which would hold their matters up.
_ASKING: Final = ("10", "11", "13", "14", "16", "18", "19", "20", "21")
#: Between these posts go to and fro.
_PAIRS: Final = (("01", "06"), ("02", "09"), ("03", "17"), ("05", "11"), ("10", "20"), ("14", "21"))
_CONTENTS: Final = ["REASONS", "AFTER_CHANGE", "SPLIT_OF_FUNCTIONS", "QUOTA_EFFECT"]
_MATERIALS: Final = [
    "PARTY_GROUP_MINUTES",
    "RECTIFICATION_STATEMENT",
    "SEALED_ORIGINALS",
    "BASIS_DOCUMENTS",
    "COMPARISON_TABLE",
    "FISCAL_OPINION",
]
_REFUSED: Final = {"OFFICE": {"result": "not_support"}}


@dataclass(slots=True)
class Asked:
    """A matter to be played.

    Attributes:
        unit: The subject of the unit's officer; None where the office itself sets it going.
        is_withdrawn: Whether the unit takes it back while it is studied.
    """

    play: MatterPlay
    unit: str | None
    is_withdrawn: bool = False


@dataclass(slots=True)
class Mix:
    """Makes the matters of one round after the other, so that the ledger stays of one size.

    Attributes:
        paper: Id of a document on which everything rests.
    """

    people: People
    staff: Staff
    paper: str
    _number: int = 0
    #: Functions that bodies were given by earlier matters; each is ended by a later one.
    _given: dict[str, deque[str]] = field(default_factory=dict)
    _turned: set[tuple[str, str]] = field(default_factory=set)

    async def round(self, count: int) -> list[Asked]:
        """So many matters, of which none asks for what another one changes."""
        given = {body: len(texts) for body, texts in self._given.items()}
        found = []
        for place in range(count):
            kind, pair = _MIX[place % len(_MIX)], place // len(_MIX)
            body = _ASKING[place % len(_ASKING)]
            if kind == "shift" and pair < len(_PAIRS):
                found.append(await self._shift(_PAIRS[pair]))
            elif kind == "refused":
                found.append(await self._refused(body))
            elif kind == "withdrawn":
                found.append(self._function(body, None, is_withdrawn=True))
            else:
                ends = given.get(body, 0) > 0
                given[body] = given.get(body, 0) - ends
                ended = self._given[body].popleft() if ends else None
                found.append(self._function(body, ended, is_mandate=kind != "office"))
        return found

    def _function(
        self, body: str, ended: str | None, *, is_mandate: bool = False, is_withdrawn: bool = False
    ) -> Asked:
        """The unit asks for a function, in the place of an earlier one."""
        self._number += 1
        text = f"承担第{self._number}项工作"
        asked = {
            "type": "M07",
            "title": f"关于调整职责的请示（{self._number}）",
            "body_id": self.staff.bodies[body],
            "stated": {"changes_mandate_text": is_mandate},
            "contents": _CONTENTS,
            "materials": _MATERIALS,
            "deltas": [{"ledger": "FUNCTION", "body_id": self.staff.bodies[body], "text": text}],
        }
        play = self._play(asked)
        functions: list[dict[str, Any]] = [{"content": text}]
        if ended is not None:
            functions.append({"content": ended, "is_ended": True})
        told = {"details": "已落实。", "evidence": [self.paper], "functions": functions}
        play.choices["report_implementation"] = [Choice(None, told)]
        if not is_withdrawn:
            self._given.setdefault(body, deque()).append(text)
        return Asked(play, f"unit-{body}", is_withdrawn)

    async def _shift(self, pair: tuple[str, str]) -> Asked:
        """The office moves a post between two bodies, the next time back again."""
        giving, taking = pair[::-1] if pair in self._turned else pair
        self._turned ^= {pair}
        asked = {
            "start": "OFFICE",
            "type": "M14",
            "title": "关于调剂编制的请示",
            "body_id": self.staff.bodies[giving],
            "deltas": [
                await self._change(giving, -1) | {"to_body_id": self.staff.bodies[taking]},
                await self._change(taking, 1),
            ],
        }
        return Asked(self._play(asked), None)

    async def _refused(self, body: str) -> Asked:
        """The office thinks of taking a post back, and does not."""
        asked = {
            "start": "OFFICE",
            "type": "M13",
            "title": "关于收回空编的请示",
            "body_id": self.staff.bodies[body],
            "deltas": [await self._change(body, -1)],
        }
        play = self._play(asked)
        play.results = dict(_REFUSED)
        return Asked(play, None)

    async def _change(self, body: str, by: int) -> dict[str, Any]:
        """A body's administrative posts, as they are, and so many more."""
        path = f"/bodies/{self.staff.bodies[body]}/balances"
        balances = (await self.people.done("office-06", "GET", path))["balances"]
        posts = next(each["authorised"] for each in balances if each["kind"] == "ADMIN")
        return {
            "ledger": "QUOTA",
            "body_id": self.staff.bodies[body],
            "kind": "ADMIN",
            "funding": "FULL",
            "before": posts,
            "after": posts + by,
            "source": "INSIDE",
        }

    def _play(self, asked: dict[str, Any]) -> MatterPlay:
        return MatterPlay(self.people, self.staff, asked, self.paper, lambda: REFERENCE_DATE)
