"""People on the establishment as the API shows them: the identity number as a mask only."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from service.features.quota.codes import (
    AtPost,
    Degree,
    Education,
    EntryType,
    ExitType,
    Funding,
    Level,
    PersonStatus,
    PoliticalStatus,
    PositionCategory,
    QuotaKind,
    Sex,
    Slot,
    Tier,
)
from service.features.quota.person_tables import Person


class PersonView(BaseModel):
    """A person. `body_id` is on whose quota, `work_body_id` where the person works."""

    id: UUID
    id_no: str
    name: str
    sex: Sex
    birth: date
    ethnicity: str
    political_status: PoliticalStatus
    work_start: date | None
    body_id: UUID
    work_body_id: UUID
    internal_body_id: UUID | None
    kind: QuotaKind
    funding: Funding
    entry_type: EntryType
    entry_on: date
    entry_document_id: UUID | None
    reservation_id: UUID | None
    is_opening: bool
    post_title: str | None
    tier: Tier | None
    level: Level | None
    slot: Slot | None
    position_category: PositionCategory | None
    education: Education | None
    degree: Degree | None
    at_post: AtPost
    status: PersonStatus
    exit_type: ExitType | None
    exit_on: date | None
    exit_document_id: UUID | None
    version: int | None


def view_of(person: Person) -> PersonView:
    return PersonView(**person.model_dump(exclude={"id_no"}), id_no=person.id_no_mask)
