"""Who does what in a meeting: a secretary prepares it, its members vote, its chair closes it."""

from collections.abc import Mapping
from typing import Final

from service.core.auth.actor import Duty
from service.core.auth.policy import OFFICE
from service.features.meetings.codes import MeetingLevel

#: Whoever may put an item on an agenda: the office's staff, and the secretaries.
PROPOSERS: Final = OFFICE | {Duty.COMMISSION_SECRETARY, Duty.PARTY_COMMITTEE_SECRETARY}
#: Whoever reads meetings. Drafts and votes are internal to those who decide (domain §8).
READERS: Final = PROPOSERS | {Duty.COMMISSION_MEMBER, Duty.COMMISSION_CHAIR}

_SECRETARIES: Final[Mapping[MeetingLevel, frozenset[Duty]]] = {
    MeetingLevel.OFFICE: frozenset({Duty.OFFICE_INTAKE, Duty.COMMISSION_SECRETARY}),
    MeetingLevel.COMMISSION: frozenset({Duty.COMMISSION_SECRETARY}),
    MeetingLevel.PARTY_COMMITTEE: frozenset(
        {Duty.PARTY_COMMITTEE_SECRETARY, Duty.COMMISSION_SECRETARY}
    ),
}
_CHAIRS: Final[Mapping[MeetingLevel, frozenset[Duty]]] = {
    MeetingLevel.OFFICE: frozenset({Duty.OFFICE_DIRECTOR, Duty.OFFICE_DEPUTY}),
    MeetingLevel.COMMISSION: frozenset({Duty.COMMISSION_CHAIR}),
    # The committee's own chair has no desk here: who took part for it signs in its name.
    MeetingLevel.PARTY_COMMITTEE: frozenset(
        {Duty.COMMISSION_CHAIR, Duty.PARTY_COMMITTEE_SECRETARY}
    ),
}
_MEMBERS: Final[Mapping[MeetingLevel, frozenset[Duty]]] = {
    MeetingLevel.OFFICE: frozenset({Duty.OFFICE_DIRECTOR, Duty.OFFICE_DEPUTY}),
    MeetingLevel.COMMISSION: frozenset({Duty.COMMISSION_CHAIR, Duty.COMMISSION_MEMBER}),
    MeetingLevel.PARTY_COMMITTEE: frozenset(),
}

SECRETARIES: Final = frozenset[Duty]().union(*_SECRETARIES.values())
CHAIRS: Final = frozenset[Duty]().union(*_CHAIRS.values())


def secretaries_of(level: MeetingLevel) -> frozenset[Duty]:
    """Duties that prepare a meeting of a level and keep its record."""
    return _SECRETARIES[level]


def chairs_of(level: MeetingLevel) -> frozenset[Duty]:
    """Duties that close a meeting of a level; the next leader for what waits too long."""
    return _CHAIRS[level]


def members_of(level: MeetingLevel) -> frozenset[Duty]:
    """Duties whose holders are entitled to vote, unless members are named one by one."""
    return _MEMBERS[level]
