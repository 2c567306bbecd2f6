"""The people of the sample city: who sits where, from a fixed seed.

A slot is a place on the establishment; each slot is filled with one invented person. The
people who left in the spring of 2025 fill slots of their own.
"""

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import Final

from service.features.bodies.codes import Funding, Rank
from service.features.quota.codes import (
    ExitType,
    PersonStatus,
    QuotaKind,
    Slot,
)
from service.sample_city.bodies import Papers, body_codes, main_account
from service.sample_city.mandates import HEAD_TITLES, INTERNAL_BODIES
from service.sample_city.model import Person
from service.sample_city.papers import PLAN
from service.sample_city.place import HEADS, Place
from service.sample_city.table import ACCOUNTS, Row
from service.sample_city.traits import Traits

SURNAMES: Final = "周吴郑王冯陈褚卫蒋沈"
UNNOTICED_BODY: Final = "22"
SCHOOL: Final = "24"
OVERDUE_EXITS: Final = 2
BORROWED: Final = 3
BORROWING_BODY: Final = "11"

_EXITS: Final = {
    ExitType.RETIREMENT: 60,
    ExitType.TRANSFER_OUT: 28,
    ExitType.RESIGNATION: 18,
    ExitType.CONTRACT_END: 6,
    ExitType.DEATH: 5,
    ExitType.CONVERSION: 2,
    ExitType.EXPULSION: 1,
}


def people(rows: list[Row], papers: Papers, seed: int) -> list[Person]:
    """Everybody: the active in the order of their bodies, then those who left."""
    rng = Random(seed)
    traits = Traits(rng)
    numbers = count()
    codes = body_codes(rows)
    slots = [slot for row in rows for slot in _slots(row)]
    slots.extend(_left_slots(rows, rng))
    return [_person(slot, _name(next(numbers)), codes, papers, traits) for slot in slots]


def _name(n: int) -> str:
    """周某001, 吴某001, …: ten surnames share a number."""
    return f"{SURNAMES[n % 10]}某{n // 10 + 1:03}"


def _slots(row: Row) -> Iterator[Place]:
    """The occupied places of a body: leaders, heads of sections, then everybody else."""
    sections = INTERNAL_BODIES[row.no].split()
    for (kind, funding), actual in zip(ACCOUNTS, row.actual, strict=True):
        is_main = (kind, funding) == main_account(row)
        posts = list(_posts(row, kind, funding)) if is_main else []
        yield from posts
        ordinary = actual - len(posts)
        is_school = is_main and row.no == SCHOOL
        noticed = PLAN.get(row.no, (0, 0))[0] if is_main else 0
        recruits = noticed + (is_main and row.no == UNNOTICED_BODY)
        for place in range(ordinary):
            is_overdue = is_school and place < OVERDUE_EXITS
            is_borrowed = is_school and 0 <= place - OVERDUE_EXITS < BORROWED
            section = sections[0 if kind is QuotaKind.SUPPORT else place % len(sections)]
            yield Place(
                row=row,
                kind=kind,
                funding=funding,
                internal_body=None if is_borrowed else section,
                is_recruit=ordinary - place <= recruits,
                has_notice=ordinary - place <= noticed,
                is_overdue_exit=is_overdue,
                works_in=BORROWING_BODY if is_borrowed else None,
            )


def _posts(row: Row, kind: QuotaKind, funding: Funding) -> Iterator[Place]:
    sections = INTERNAL_BODIES[row.no].split()
    for post, number in zip(HEADS, row.leaders_actual, strict=True):
        for _ in range(number):
            yield Place(row=row, kind=kind, funding=funding, leader_slot=post)
    for post, number in zip(HEADS, row.midlevel_actual, strict=True):
        for place in range(number):
            section = sections[place % len(sections)]
            yield Place(
                row=row, kind=kind, funding=funding, midlevel_slot=post, internal_body=section
            )


def _left_slots(rows: list[Row], rng: Random) -> Iterator[Place]:
    """The places given up in the spring of 2025, the ways of leaving dealt at random."""
    ways = [way for way, number in _EXITS.items() for _ in range(number)]
    rng.shuffle(ways)
    for row in rows:
        kind, funding = main_account(row)
        for _ in range(PLAN.get(row.no, (0, 0))[1]):
            way = ways.pop()
            if way is ExitType.CONTRACT_END and kind is not QuotaKind.INSTITUTION:
                way = ExitType.DISMISSAL
            yield Place(row=row, kind=kind, funding=funding, exit_type=way)


def _person(
    slot: Place, name: str, codes: dict[str, str], papers: Papers, traits: Traits
) -> Person:
    no = slot.row.no
    birth, sex = traits.birth_and_sex(slot)
    education, degree, work_start = traits.education(slot, birth)
    exit_date = traits.exit_date(slot, birth)
    post_title = _post_title(slot)
    position = post_title or traits.position(slot)
    return Person(
        name=name,
        id_no=traits.id_no(birth, sex),
        sex=sex,
        ethnicity=traits.ethnicity(),
        birth=birth,
        political_status=traits.political_status(slot, birth),
        work_start=work_start,
        body=codes[no],
        work_body=codes[slot.works_in or no],
        internal_body=slot.internal_body,
        quota_kind=slot.kind,
        funding=slot.funding,
        entry_type=traits.entry_type(slot),
        entry_date=traits.entry_date(slot, work_start),
        entry_doc=papers["entry" if slot.is_recruit else "register", no].number,
        quota_notice=papers["notice", no].number if slot.has_notice else None,
        post_title=post_title,
        post_level=_post_level(slot),
        leader_slot=slot.leader_slot,
        midlevel_slot=slot.midlevel_slot,
        position=position,
        position_category=traits.position_category(slot, position),
        education=education,
        degree=degree,
        at_post=traits.at_post(slot),
        status=PersonStatus.EXITED if slot.exit_type else PersonStatus.ACTIVE,
        exit_type=slot.exit_type,
        exit_date=exit_date,
        exit_doc=papers["exit", str(exit_date.month)].number if exit_date else None,
    )


def _post_title(slot: Place) -> str | None:
    if slot.leader_slot:
        return _with_slot(slot.leader_slot, slot.row.chief_title)
    if slot.midlevel_slot and slot.internal_body:
        head = HEAD_TITLES[slot.internal_body[-1]]
        return slot.internal_body + _with_slot(slot.midlevel_slot, head)
    return None


def _with_slot(post: Slot, title: str) -> str:
    return title if post is Slot.CHIEF else f"副{title}"


def _post_level(slot: Place) -> Rank | None:
    """Leaders stand on the rank of the body and one rung below, heads of sections under them."""
    post = slot.leader_slot or slot.midlevel_slot
    if post is None:
        return None
    level = slot.row.rank if slot.leader_slot else slot.row.rank.next_lower.next_lower
    return level if post is Slot.CHIEF else level.next_lower
