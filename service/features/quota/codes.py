from enum import StrEnum


class QuotaKind(StrEnum):
    ADMIN = "ADMIN"
    POLITICAL_LEGAL = "POLITICAL_LEGAL"
    INSTITUTION = "INSTITUTION"
    SUPPORT = "SUPPORT"


class Funding(StrEnum):
    FULL = "FULL"
    PARTIAL = "PARTIAL"
    SELF = "SELF"
    NONE = "NONE"
