"""Code lists of meetings."""

from enum import StrEnum


class MeetingLevel(StrEnum):
    """Which body decides together."""

    OFFICE = "OFFICE"
    """编办室务会"""
    COMMISSION = "COMMISSION"
    """编委会"""
    PARTY_COMMITTEE = "PARTY_COMMITTEE"
    """市委会议"""


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    """Opened; items are being decided, or minutes are missing."""
    CLOSED = "CLOSED"
    """The chair closed it on its minutes: its results are final."""
    CANCELLED = "CANCELLED"


class ItemKind(StrEnum):
    """What a meeting does with an item."""

    DECISION = "DECISION"
    """议决: a vote decides between its choices."""
    REPORT = "REPORT"
    """通报: the meeting takes note."""


class ItemState(StrEnum):
    """Where an agenda item stands."""

    PENDING = "PENDING"
    """It waits for the next meeting of its level."""
    ON_AGENDA = "ON_AGENDA"
    DECIDED = "DECIDED"
    """Its result is recorded; final once the meeting is closed."""
    WITHDRAWN = "WITHDRAWN"
    """What it was about has ended otherwise."""


class Ballot(StrEnum):
    """How a member votes."""

    FOR = "FOR"
    AGAINST = "AGAINST"
    ABSTAIN = "ABSTAIN"
