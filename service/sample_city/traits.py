"""What is drawn for each invented person: birth, schooling, how and when they came."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Final, TypeVar

from service.core.identifiers import id_number_of
from service.features.quota.codes import (
    AtPost,
    Degree,
    Education,
    EntryType,
    ExitType,
    PoliticalStatus,
    PositionCategory,
    QuotaKind,
    Sex,
)
from service.sample_city.bodies import DIVISION
from service.sample_city.papers import EXIT_MONTHS, YEAR
from service.sample_city.place import Place

_T = TypeVar("_T")

# Nobody born from these days on is past retirement age on the reference date: men at 60,
# women at 55, women in support positions at 50.
_BORN_FROM: Final = {Sex.MALE: date(1970, 1, 1), Sex.FEMALE: date(1975, 1, 1)}
_BORN_FROM_SUPPORT_WOMEN: Final = date(1977, 1, 1)
_BORN_UNTIL: Final = date(2003, 12, 31)
_LEADERS_BORN_UNTIL: Final = date(1985, 12, 31)
_HEADS_BORN_UNTIL: Final = date(1992, 12, 31)
_RECRUITS_BORN_FROM: Final = date(1996, 1, 1)

# Since 2025 the age rises by a month for every four months of birth; whoever was born in the
# first four months of these years retires one month after the old age (60 for men, 55 for women).
_RETIRED_BORN_IN: Final = {Sex.MALE: 1965, Sex.FEMALE: 1970}
# Retirement age reached in August 2026, retirement approved in September.
OVERDUE_BORN_ON: Final = {Sex.MALE: date(1966, 4, 27), Sex.FEMALE: date(1971, 4, 28)}

_STARTS_WORK_AT: Final = {
    Education.POSTGRADUATE: 25,
    Education.UNDERGRADUATE: 22,
    Education.JUNIOR_COLLEGE: 21,
    Education.SECONDARY: 19,
}
_WOMEN: Final = {"24": 0.62, "25": 0.72, "12": 0.18}
_POSITIONS: Final[Mapping[str, Mapping[str, int]]] = {
    "07": {"法官": 3, "法官助理": 3, "书记员": 2, "司法警察": 1},
    "08": {"检察官": 3, "检察官助理": 3, "书记员": 2},
    "12": {"民警": 1},
    "24": {"教师": 9, "教务员": 1},
    "25": {"医师": 4, "护士": 5, "药师": 1, "技师": 1, "职员": 1},
    "26": {"记者": 3, "编辑": 3, "播音员": 1, "技术员": 2, "职员": 1},
}
_LIKE_CIVIL_SERVICE: Final = "23"
_MANAGING: Final = ("职员", "教务员", "科员")


class Traits:
    """Draws traits one after the other from one source of chance."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def birth_and_sex(self, slot: Place) -> tuple[date, Sex]:
        """A birth within the years that suit the slot, and the sex."""
        is_woman = self._rng.random() < _WOMEN.get(slot.row.no, 0.42)
        sex = Sex.FEMALE if is_woman else Sex.MALE
        if slot.is_overdue_exit:
            return OVERDUE_BORN_ON[sex], sex
        if slot.exit_type is ExitType.RETIREMENT:
            # They leave a month later, in March to May; by the 10th at the earliest, so that the
            # paper at the end of the month comes in time.
            month, day = self._between(2, 4), self._between(10, 26)
            return date(_RETIRED_BORN_IN[sex], month, day), sex
        born_from, born_until = _BORN_FROM[sex], _BORN_UNTIL
        if slot.kind is QuotaKind.SUPPORT and is_woman:
            born_from = _BORN_FROM_SUPPORT_WOMEN
        if slot.is_recruit:
            born_from = _RECRUITS_BORN_FROM
        if slot.leader_slot:
            born_until = _LEADERS_BORN_UNTIL
        elif slot.midlevel_slot:
            born_until = _HEADS_BORN_UNTIL
        elif slot.exit_type:
            born_until = date(1999, 12, 31)
        return born_from + timedelta(self._between(0, (born_until - born_from).days)), sex

    def id_no(self, birth: date, sex: Sex) -> str:
        """A valid identity number of the invented division that nobody else has."""
        while True:
            order = 2 * self._between(0, 499) + (sex is Sex.MALE)
            id_no = id_number_of(f"{DIVISION}{birth:%Y%m%d}{order:03}")
            if id_no not in self._taken:
                self._taken.add(id_no)
                return id_no

    def ethnicity(self) -> str:
        return self._pick({"汉族": 94, "土家族": 3, "回族": 2, "苗族": 1})

    def political_status(self, slot: Place, birth: date) -> PoliticalStatus:
        status = PoliticalStatus
        if slot.leader_slot:
            return self._pick({status.PARTY_MEMBER: 95, status.DEMOCRATIC_PARTY: 5})
        if birth.year >= 1998:
            return self._pick({status.PARTY_MEMBER: 30, status.YOUTH_LEAGUE: 60, status.NONE: 10})
        return self._pick({status.PARTY_MEMBER: 60, status.DEMOCRATIC_PARTY: 3, status.NONE: 37})

    def education(self, slot: Place, birth: date) -> tuple[Education, Degree, date]:
        """Education, degree and the day work began: July 1 of the year after school."""
        level = Education
        if slot.kind is QuotaKind.SUPPORT:
            education = self._pick({level.JUNIOR_COLLEGE: 30, level.SECONDARY: 70})
        elif birth.year < 1985:
            education = self._pick({level.JUNIOR_COLLEGE: 35, level.UNDERGRADUATE: 65})
        elif birth.year < 1999:
            education = self._pick({level.UNDERGRADUATE: 80, level.POSTGRADUATE: 20})
        else:
            education = self._pick({level.UNDERGRADUATE: 90, level.JUNIOR_COLLEGE: 10})
        latest = YEAR if slot.is_recruit else YEAR - 1
        work_start = date(min(birth.year + _STARTS_WORK_AT[education], latest), 7, 1)
        return education, self._degree(education), work_start

    def _degree(self, education: Education) -> Degree:
        if education is Education.POSTGRADUATE:
            return self._pick({Degree.MASTER: 95, Degree.DOCTOR: 5})
        if education is Education.UNDERGRADUATE:
            return self._pick({Degree.BACHELOR: 85, Degree.NONE: 15})
        return Degree.NONE

    def entry_type(self, slot: Place) -> EntryType:
        way = EntryType
        if slot.leader_slot:
            return way.APPOINTMENT
        if slot.kind is QuotaKind.SUPPORT:
            return self._pick({way.VETERAN_PLACEMENT: 60, way.POLICY_PLACEMENT: 40})
        if slot.kind is QuotaKind.INSTITUTION:
            if slot.is_recruit:
                return self._pick({way.OPEN_RECRUITMENT: 90, way.TALENT_INTRODUCTION: 10})
            return self._pick({way.OPEN_RECRUITMENT: 75, way.TRANSFER_IN: 25})
        if slot.is_recruit:
            return way.EXAM_RECRUITMENT
        return self._pick(
            {way.EXAM_RECRUITMENT: 65, way.LATERAL_TRANSFER: 25, way.VETERAN_PLACEMENT: 10}
        )

    def entry_date(self, slot: Place, work_start: date) -> date:
        """The autumn of 2025 for recruits; else not before the body, work or 2025 begins."""
        month, day = self._between(7, 9), self._between(1, 28)
        if slot.is_recruit:
            return date(YEAR, month, day)
        first = max(work_start.year, slot.row.setup_date.year)
        if slot.leader_slot:
            first = max(first, 2015)
        year = first if self._rng.random() < 0.6 else self._between(first, YEAR - 1)
        return date(year, month, day)

    def position(self, slot: Place) -> str:
        """What someone without a post does."""
        if slot.kind is QuotaKind.SUPPORT:
            return self._pick({"驾驶员": 2, "后勤人员": 1})
        if slot.row.no in _POSITIONS:
            return self._pick(_POSITIONS[slot.row.no])
        if slot.kind is not QuotaKind.INSTITUTION or slot.row.no == _LIKE_CIVIL_SERVICE:
            return "科员"
        return self._pick({"专业技术人员": 6, "职员": 4})

    def position_category(self, slot: Place, position: str) -> PositionCategory:
        """Support goes by the kind of quota; outside institutions everybody else manages."""
        if slot.kind is QuotaKind.SUPPORT:
            return PositionCategory.SUPPORT
        is_head = slot.leader_slot or slot.midlevel_slot
        if slot.kind is not QuotaKind.INSTITUTION or is_head or position in _MANAGING:
            return PositionCategory.MANAGEMENT
        return PositionCategory.TECHNICAL

    def at_post(self, slot: Place) -> AtPost:
        if slot.leader_slot or slot.midlevel_slot or slot.exit_type or slot.is_overdue_exit:
            return AtPost.AT_POST
        return self._pick(
            {AtPost.AT_POST: 992, AtPost.LONG_SICK_LEAVE: 5, AtPost.FULL_TIME_STUDY: 3}
        )

    def exit_date(self, slot: Place, birth: date) -> date | None:
        if slot.exit_type is None:
            return None
        if slot.exit_type is ExitType.RETIREMENT:
            return date(YEAR, birth.month + 1, birth.day)
        return date(YEAR, self._between(EXIT_MONTHS[0], EXIT_MONTHS[-1]), self._between(10, 26))

    def _between(self, low: int, high: int) -> int:
        return low + int(self._rng.random() * (high - low + 1))

    def _pick(self, weights: Mapping[_T, int]) -> _T:
        rest = self._rng.random() * sum(weights.values())
        for value, weight in weights.items():
            rest -= weight
            if rest < 0:
                return value
        raise AssertionError("weights are positive")
