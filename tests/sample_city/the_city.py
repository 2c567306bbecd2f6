"""The city all these tests look at, and how they count in it."""

from collections import Counter

from service.features.bodies.codes import Funding
from service.features.calendar.seed import seeded_calendar
from service.features.quota.codes import (
    PersonStatus,
    QuotaKind,
    Slot,
)
from service.sample_city import sample_city
from service.sample_city.table import ACCOUNTS

CITY = sample_city()
CALENDAR = seeded_calendar()
BODY = {body.no: body.body_code for body in CITY.bodies}
ACTIVE = [person for person in CITY.persons if person.status is PersonStatus.ACTIVE]
EXITED = [person for person in CITY.persons if person.status is PersonStatus.EXITED]
DOCUMENTS = {document.number: document for document in CITY.documents}


def totals(counted: Counter[tuple[QuotaKind, Funding]]) -> list[int]:
    return [counted[account] for account in ACCOUNTS]


def on_quota(no: str) -> Counter[tuple[QuotaKind, Funding]]:
    return Counter((p.quota_kind, p.funding) for p in ACTIVE if p.body == BODY[no])


def authorised(no: str) -> Counter[tuple[QuotaKind, Funding]]:
    lines = [line for line in CITY.quota_lines if line.body == BODY[no]]
    return Counter({(line.kind, line.funding): line.number for line in lines})


def heads(no: str, slot: Slot, field: str) -> int:
    return sum(getattr(p, field) is slot for p in ACTIVE if p.body == BODY[no])


def situation(key: str, no: str):
    return next(s for s in CITY.situations if s.key == key and s.body == BODY[no])
