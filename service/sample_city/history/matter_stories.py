"""How the matters went: written, admitted or not, appraised, decided, carried out."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from service.sample_city.history.days import Story
from service.sample_city.history.matter_rows import Row, Stage
from service.sample_city.playing.answers import CHECKS, Choice, report
from service.sample_city.playing.house import House
from service.sample_city.playing.matters import MatterPlay
from service.sample_city.playing.staff import Staff

#: Tasks before which days pass, in the order in which a matter comes to them, and how many.
_MARKS: Final = {
    "intake_check": 2,
    "write_explanation": 2,
    "legality_review": 3,
    "field_study": 3,
    "self_evaluation": 5,
    "score_indicators": 5,
    "appraisal_report": 7,
    "agenda_check": 5,
    "draft_document": 3,
    "report_implementation": 14,
}
#: How often and how long a matter is waited for that nobody can do anything about.
_WAITS, _WAITED_DAYS = 3, 7
_LACKING: Final = [{"code": "COMPARISON_TABLE", "name": "调整前后对照表", "note": "请补充"}]
_AT_COUNTER: Final[dict[Stage, tuple[str, dict[str, Any]]]] = {
    Stage.SUPPLEMENT: ("supplement", {"complete": "NO", "supplement": _LACKING}),
    Stage.RETURNED: ("return", {"procedure": "NO", "reasons": "党组会议纪要不规范。"}),
    Stage.NOT_ADMITTED: ("not_admit", {"lawful": "NO", "reasons": "不属本级审批权限。"}),
}
#: What the meetings make of a request that the office does not support.
_REFUSED: Final = {"OFFICE": {"result": "not_support"}, "COMMISSION": {"result": "reject"}}
_PRIOR: Final = (Stage.PRIOR_VIEW, Stage.PRIOR_READ)
_REASON: Final = "已有整改安排，确有必要。"


@dataclass(slots=True)
class MatterStory:
    """One matter's way through the year."""

    house: House
    staff: Staff
    paper: str
    row: Row

    async def told(self) -> Story:
        """Go on as long as the row says; between two steps comes the day of the next one."""
        row = self.row
        yield row.begins_on
        play = self._play()
        await play.start(f"unit-{row.body}")
        left, waits = list(_MARKS), 0
        stop = row.stage.value if isinstance(row.stage.value, str) else None
        while waits < _WAITS:
            marks = [*left, *([stop] if stop else [])]
            holds_meetings = row.stage is not Stage.COMMISSION
            reached = await play.run(*marks, holds_meetings=holds_meetings)
            # What waits for the commission stays on its agenda.
            if reached in (stop, "CLOSED", "MEETING"):
                return
            if reached == "WAITING":
                waits += 1
                yield self.house.today + timedelta(days=_WAITED_DAYS)
                continue
            if row.stage is Stage.WITHDRAWN and reached == "field_study":
                await self._withdraw(play)
                return
            left.remove(reached)
            yield self.house.today + timedelta(days=_MARKS[reached])

    async def _withdraw(self, play: MatterPlay) -> None:
        given = {"statement": "已在内部调剂解决。", "minutes_document_id": self.paper}
        path = f"/matters/{play.id}/withdraw"
        await self.house.people.done(f"unit-{self.row.body}", "POST", path, given)
        await self.house.people.settle()

    def _play(self) -> MatterPlay:
        row = self.row
        asked = {
            "type": row.type,
            "title": row.title,
            "body_id": self.staff.bodies[row.body],
            "deltas": row.changes(self.staff.bodies),
            "asks_prior_view": row.stage in _PRIOR,
        }
        return MatterPlay(
            self.house.people,
            self.staff,
            asked,
            self.paper,
            lambda: self.house.today,
            choices=self._choices(),
            results=_REFUSED if row.stage is Stage.NOT_SUPPORTED else {},
            patience=1,
        )

    def _choices(self) -> dict[str, list[Choice]]:
        stage, choices = self.row.stage, {}
        if stage in _AT_COUNTER:
            action, said = _AT_COUNTER[stage]
            checks: dict[str, Any] = dict.fromkeys(CHECKS, "YES") | said
            choices["intake_check"] = [Choice(action, checks, "请按说明办理。")]
        if stage is Stage.NOT_SUPPORTED:
            choices["appraisal_report"] = [report("NOT_RECOMMEND")]
        if stage is not Stage.SUSPENDED:
            choices["decide_on_hold"] = [Choice("override", {"reason": _REASON}, _REASON)] * 3
        return choices
