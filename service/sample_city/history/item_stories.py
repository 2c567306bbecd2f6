"""How the items of the ledger went: found, notified, planned, put right, closed, or late."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from service.features.rectification.reopen_item import ReopenItem
from service.sample_city.history.days import Almanac, Story
from service.sample_city.history.item_rows import YEAR, Row, Stage
from service.sample_city.playing.house import House
from service.sample_city.playing.items import FINDER, ItemPlay, Problem
from service.sample_city.playing.staff import Staff

#: Working days that a unit has, by how grave it is, and from which part of them on it is done.
_LIMITS: Final = {"HIGH": 60, "MEDIUM": 40, "LOW": 10}
_REOPENED_ON: Final = date(YEAR, 11, 17)
_TARGETS: Final = [("消化三分之一", date(YEAR + 1, 6, 30)), ("消化完毕", date(YEAR + 2, 12, 31))]


@dataclass(slots=True)
class ItemStory:
    """One item's way through the year."""

    house: House
    almanac: Almanac
    staff: Staff
    paper: str
    row: Row

    async def told(self) -> Story:
        """Go on as long as the row says; between two steps comes the day of the next one."""
        row = self.row
        yield row.found_on
        play = self._play()
        await play.find()
        due = await self._run(play, "draft_notice")
        if row.stage is Stage.NOTICE_DRAFT:
            return
        yield self.house.today + timedelta(days=2)
        due = await self._run(play, "sign_notice")
        if row.stage is Stage.NOTICE_SIGNING:
            return
        await self._run(play, "file_plan", "carry_out", due=due)
        if row.stage is Stage.PLAN:
            return
        yield self.house.today + timedelta(days=5)
        await self._run(play, "review_plan", "carry_out", due=due)
        if row.stage is Stage.PLAN_REVIEW:
            return
        yield self.house.today + timedelta(days=2)
        await self._run(play, "carry_out", due=due)
        async for day in self._worked_on(play, due):
            yield day

    async def _worked_on(self, play: ItemPlay, due: date) -> Story:
        """After the plan is approved, or where none is needed."""
        stage = self.row.stage
        yield self.house.today + (due - self.house.today) / 2
        await play.report("已完成核查，正在按方案整改。", 50)
        if stage is Stage.WORK:
            return
        if stage is Stage.LONG_TERM:
            await play.take_long(_TARGETS, self.house.today)
            return
        if stage is Stage.OVERDUE:
            for days in (8, 18):
                yield due + timedelta(days=days)
                await play.press(due, self.house.today)
            return
        yield due - timedelta(days=5)
        for until in (Stage.PAPERS, Stage.ACCEPTANCE, Stage.CLOSE_OUT):
            await self._run(play, until.value, due=due)
            if stage is until:
                return
            yield self.house.today + timedelta(days=2)
        await self._run(play, due=due)
        if stage is Stage.REOPENED:
            yield _REOPENED_ON
            facts = "回头看发现问题再次发生。"
            found_by = await self.house.people.id_of(FINDER)
            await self.house.order(
                ReopenItem(item_id=UUID(play.id), facts=facts, found_by=UUID(found_by))
            )
            await self._run(play, "sign_notice")

    async def _run(self, play: ItemPlay, *until: str, due: date | None = None) -> date:
        """Go on until one of the tasks; the day on which the item is due."""
        if due is None:
            severity = (await play.seen())["severity"] or "MEDIUM"
            due = self.almanac.calendar.add(self.house.today, _LIMITS[severity])
        await play.run(*until, due=due, today=self.house.today)
        return due

    def _play(self) -> ItemPlay:
        row, body = self.row, self.staff.bodies[self.row.body]
        (leader, *_) = self.staff.holders("applicant_party_group", body)
        return ItemPlay(
            self.house.people,
            Problem(
                body_id=body,
                owner=f"unit-{row.body}",
                leader=self.staff.name_of(leader),
                breach=row.breach,
                problem=row.problem,
                facts=f"经检查，{row.problem}。",
                found_on=self.house.today,
                paper=self.paper,
                cause="POLICY" if row.is_policy else "UNIT",
            ),
        )
