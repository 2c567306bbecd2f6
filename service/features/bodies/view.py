"""A body as the API shows it."""

from datetime import date, datetime
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.secrecy import Secrecy
from service.features.bodies.codes import (
    BodyClass,
    BodyStatus,
    BodyType,
    Funding,
    InstClass,
    Nature,
    Rank,
    SystemCategory,
)
from service.features.bodies.tables import Body


class BodyView(BaseModel):
    """One state of a body (机构).

    It is true from `true_from` on and known since `known_from`. `version` is the ETag of the
    present state; it is null in an answer about another day or an earlier knowledge.
    """

    id: UUID
    body_code: str
    uscc: str | None
    full_name: str
    short_name: str | None
    other_names: list[str]
    body_type: BodyType
    system_category: SystemCategory
    nature: Nature | None
    body_class: BodyClass | None
    rank: Rank
    inst_class: InstClass | None
    funding: Funding | None
    civil_servant_law_ref: bool
    parent_id: UUID | None
    competent_body_id: UUID | None
    sponsor_body_id: UUID | None
    merged_into_id: UUID | None
    setup_document_id: UUID | None
    setup_date: date | None
    document_id: UUID | None
    main_functions: str
    status: BodyStatus
    domain_name: str | None
    address: str | None
    phone: str | None
    legal_rep: str | None
    secrecy: Secrecy
    true_from: date
    known_from: datetime
    version: int | None


def view_of(body: Body) -> BodyView:
    return BodyView(**body.model_dump(include=set(BodyView.model_fields)))


def view_of_record(record: Record) -> BodyView:
    """A view from a record with the facts of a body, its `id` and `version`."""
    return BodyView.model_validate(dict(record))
