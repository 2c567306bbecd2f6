"""Who can do which step when somebody is away: a search over people and what is kept apart."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import product

from service.core.auth.actor import Duty
from service.sample_city.model import CastMember

#: One of the sets of duties to which a step may be offered.
Offers = Mapping[str, frozenset[Duty]]


@dataclass
class Case:
    """The steps that one person of a case must not do both, and those to whom each is offered.

    Attributes:
        offers: By step, a set of duties for each way the case can go.
        apart: Steps whose doers must be different people, both ways.
        anybody: Steps for which the office may name anybody where nobody with the duty is left.
    """

    offers: dict[str, tuple[frozenset[Duty], ...]] = field(default_factory=dict)
    apart: dict[str, set[str]] = field(default_factory=dict)
    anybody: set[str] = field(default_factory=set)

    def add(self, step: str, *offers: frozenset[Duty]) -> None:
        self.offers[step] = offers
        self.apart.setdefault(step, set())

    def keep_apart(self, one: str, other: str) -> None:
        if one != other:
            self.apart[one].add(other)
            self.apart[other].add(one)

    def ways(self) -> Iterator[Offers]:
        """Every way in which the case can go: to whom each step is offered there."""
        names = list(self.offers)
        for chosen in product(*(self.offers[name] for name in names)):
            yield dict(zip(names, chosen, strict=True))


@dataclass(frozen=True)
class Staff:
    """The people of an office on a day when one of them is on leave.

    `people` are those of the office. `holders` have a duty then: of their own, or as named
    substitutes of whoever is away. `reserves` are the substitutes of those who are there: a duty
    passes to them where its holder is barred (domain §2).
    """

    people: frozenset[str]
    holders: Mapping[Duty, frozenset[str]]
    reserves: Mapping[Duty, frozenset[str]]

    def may(self, offered: frozenset[Duty]) -> frozenset[str]:
        return frozenset().union(*(self.holders.get(duty, frozenset()) for duty in offered))

    def would(self, offered: frozenset[Duty]) -> frozenset[str]:
        return frozenset().union(*(self.reserves.get(duty, frozenset()) for duty in offered))


def staff_of(cast: Sequence[CastMember], away: str, office: Set[str]) -> Staff:
    """Everybody of a cast but one, with that one's duties given to the substitutes.

    Args:
        office: Whom the office may name where nobody with a duty is left.
    """
    subjects = {member.person: member.subject for member in cast}
    holders: dict[Duty, set[str]] = {}
    reserves: dict[Duty, set[str]] = {}
    for member in cast:
        if member.subject != away:
            for duty in member.duties:
                holders.setdefault(duty, set()).add(member.subject)
        passes_on = holders if member.subject == away else reserves
        for substitute in member.substitutes:
            if (stand_in := subjects.get(substitute.person, away)) != away:
                passes_on.setdefault(substitute.duty, set()).add(stand_in)
    return Staff(
        frozenset(office - {away}),
        {duty: frozenset(people) for duty, people in holders.items()},
        {duty: frozenset(people) for duty, people in reserves.items()},
    )


def assigned(case: Case, way: Offers, staff: Staff) -> dict[str, str] | None:
    """Somebody for every step, so that all that is kept apart is; None where there is no such.

    A reserve does a step only where all who have the duty are barred from it.
    """
    order = sorted(way, key=lambda step: (-len(case.apart[step]), step))
    return _search(case, way, staff, order, {})


def _search(
    case: Case, way: Offers, staff: Staff, left: list[str], done: dict[str, str]
) -> dict[str, str] | None:
    if not left:
        return done if _keeps_to_duties(case, way, staff, done) else None
    step, *others = left
    barred = {done[each] for each in case.apart[step] if each in done}
    own = staff.may(way[step])
    beyond = staff.would(way[step]) | (staff.people if step in case.anybody else frozenset())
    for person in (*sorted(own - barred), *sorted(beyond - own - barred)):
        found = _search(case, way, staff, others, {**done, step: person})
        if found is not None:
            return found
    return None


def _keeps_to_duties(case: Case, way: Offers, staff: Staff, done: Mapping[str, str]) -> bool:
    return all(
        person in staff.may(way[step])
        or staff.may(way[step]) <= {done[each] for each in case.apart[step] if each in done}
        for step, person in done.items()
    )


def groups_of(case: Case) -> Iterator[Case]:
    """The steps of a case in groups that nothing connects: each can be staffed by itself."""
    left = dict(case.offers)
    while left:
        group: set[str] = set()
        new = {next(iter(left))}
        while new:
            group |= new
            new = {other for step in new for other in case.apart[step]} - group
        yield Case(
            {step: left.pop(step) for step in sorted(group)},
            {step: case.apart[step] for step in group},
            case.anybody & group,
        )
