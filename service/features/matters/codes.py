"""Code lists of matters (domain.md §3.A, §4.7)."""

from enum import StrEnum


class Start(StrEnum):
    """Who set a matter going."""

    APPLICANT = "APPLICANT"
    OFFICE = "OFFICE"
    SUPERIOR = "SUPERIOR"


class Stage(StrEnum):
    """The four stages: 动议、论证、审议决定、组织实施."""

    MOTION = "MOTION"
    APPRAISAL = "APPRAISAL"
    DELIBERATION = "DELIBERATION"
    IMPLEMENTATION = "IMPLEMENTATION"


class State(StrEnum):
    """Where a matter stands."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    SUPPLEMENT = "SUPPLEMENT"
    ADMITTED = "ADMITTED"
    IN_APPRAISAL = "IN_APPRAISAL"
    SUSPENDED_BY_GATE = "SUSPENDED_BY_GATE"
    IN_DELIBERATION = "IN_DELIBERATION"
    AT_SUPERIOR = "AT_SUPERIOR"
    DECIDED = "DECIDED"
    ISSUED = "ISSUED"
    EXPLAINING = "EXPLAINING"
    CLOSED = "CLOSED"


class Outcome(StrEnum):
    """How a matter ended; the ends E0 to E9 of the flow."""

    E0 = "E0"
    """Not pursued."""
    E1 = "E1"
    """The unit's own meeting did not adopt it."""
    E2 = "E2"
    """Returned."""
    E3 = "E3"
    """Not admitted."""
    E4 = "E4"
    """Not supported by the office."""
    E5 = "E5"
    """Rejected by the commission."""
    E6 = "E6"
    """Withdrawn."""
    E7 = "E7"
    """Approved and implemented."""
    E8 = "E8"
    """Approved, its implementation ended by the commission."""
    E9 = "E9"
    """Lapsed."""


class Authority(StrEnum):
    """Who decides in the end, as the table of authority says."""

    OFFICE = "OFFICE"
    COMMISSION = "COMMISSION"
    SUPERIOR = "SUPERIOR"
    NOT_LOCAL = "NOT_LOCAL"


class Level(StrEnum):
    """Who has decided: a meeting of the city, lowest first, or the superior by its reply."""

    OFFICE = "OFFICE"
    COMMISSION = "COMMISSION"
    PARTY_COMMITTEE = "PARTY_COMMITTEE"


class Result(StrEnum):
    """What a meeting came to."""

    APPROVE = "approve"
    APPROVE_WITH_CHANGES = "approve_with_changes"
    SUBMIT = "submit"
    RE_STUDY = "re_study"
    NOT_SUPPORT = "not_support"
    DEFER = "defer"
    REJECT = "reject"

    @property
    def is_approval(self) -> bool:
        return self in (Result.APPROVE, Result.APPROVE_WITH_CHANGES)


class Reply(StrEnum):
    """What the superior replied."""

    APPROVE = "APPROVE"
    CHANGE = "CHANGE"
    REJECT = "REJECT"
    RETURN = "RETURN"


class Gate(StrEnum):
    """What the violation gate came to."""

    CLEAR = "CLEAR"
    FLAG = "FLAG"
    HOLD = "HOLD"
    BLOCK = "BLOCK"


class GatePoint(StrEnum):
    """Where on its way a matter comes to the gate."""

    SUBMISSION = "SUBMISSION"
    OFFICE_START = "OFFICE_START"
    OFFICE_MEETING = "OFFICE_MEETING"
    COMMISSION = "COMMISSION"
    ISSUE = "ISSUE"


class Origin(StrEnum):
    """Where a version of the asked changes comes from."""

    REQUEST = "REQUEST"
    AMENDED = "AMENDED"
    ACCEPTED = "ACCEPTED"
    VOTED = "VOTED"
    REPLY = "REPLY"
    ISSUED = "ISSUED"


class DeltaLedger(StrEnum):
    """What a change is about."""

    BODY = "BODY"
    RANK = "RANK"
    NAME = "NAME"
    NAMEPLATE = "NAMEPLATE"
    SUBORDINATION = "SUBORDINATION"
    CLASS = "CLASS"
    FUNCTION = "FUNCTION"
    MANDATE = "MANDATE"
    INTERNAL_BODY = "INTERNAL_BODY"
    QUOTA = "QUOTA"
    LEADERSHIP = "LEADERSHIP"
    MIDLEVEL = "MIDLEVEL"
    NONQUOTA = "NONQUOTA"


class DeltaAction(StrEnum):
    """What is to be done."""

    SET_UP = "SET_UP"
    MERGE = "MERGE"
    ABOLISH = "ABOLISH"
    RENAME = "RENAME"
    ADD = "ADD"
    REMOVE = "REMOVE"
    CHANGE = "CHANGE"


class DeltaSource(StrEnum):
    """Where posts come from; those that come along with a merged body are no increase."""

    INSIDE = "INSIDE"
    OUTSIDE = "OUTSIDE"
    POOL = "POOL"
    SUPERIOR = "SUPERIOR"
    MERGED = "MERGED"
