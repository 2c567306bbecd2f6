"""What is told about a person who enters the establishment, and what the ledger makes of it."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from service.core.auth.sealed import mask
from service.core.command import Context
from service.core.identifiers import IdNumber, InvalidIdentifier, parse_id_number
from service.core.ids import new_id
from service.core.values import Line
from service.features.quota import rules
from service.features.quota.accounts import AccountKey
from service.features.quota.codes import (
    AtPost,
    Degree,
    Education,
    EntryType,
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
from service.features.quota.person_tables import Person, PersonAction, PersonFacts, PersonVersion
from service.features.quota.tables import Ledger


class Post(BaseModel):
    """A leadership or mid-level post that a person holds: it counts against the authorised ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tier: Tier = Tier.LEADERSHIP
    level: Level
    slot: Slot


class PersonTold(BaseModel):
    """What is told about a person. Sex and date of birth follow from the identity number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id_no: Annotated[SecretStr, Field(min_length=18, max_length=18, description="身份证号")]
    name: Line
    ethnicity: Annotated[Line, Field(max_length=20)] = "汉族"
    political_status: PoliticalStatus = PoliticalStatus.NONE
    work_start: date | None = None
    work_body_id: Annotated[
        UUID | None, Field(description="Where the person works; the body itself if left out.")
    ] = None
    internal_body_id: UUID | None = None
    kind: QuotaKind
    funding: Funding
    entry_type: EntryType
    post: Post | None = None
    post_title: Line | None = None
    position_category: PositionCategory | None = None
    education: Education | None = None
    degree: Degree | None = None
    at_post: AtPost = AtPost.AT_POST

    def facts(self, body_id: UUID) -> dict[str, Any]:
        """The columns of a person that follow from what is told."""
        told = self.model_dump(exclude={"id_no", "post", "work_body_id"})
        return {name: told[name] for name in told if name in PersonFacts.model_fields} | {
            "body_id": body_id,
            "work_body_id": self.work_body_id or body_id,
            **post_columns(self.post),
        }


def post_columns(post: Post | None) -> dict[str, Any]:
    if post is None:
        return {"tier": None, "level": None, "slot": None}
    return {"tier": post.tier, "level": post.level, "slot": post.slot}


def quota_account(body_id: UUID, kind: QuotaKind, funding: Funding) -> AccountKey:
    return AccountKey(body_id, Ledger.QUOTA, kind, funding)


def post_account(body_id: UUID, post: Post) -> AccountKey:
    return AccountKey(body_id, Ledger(post.tier), post.level, post.slot)


def held_by(person: Person) -> list[AccountKey]:
    """The accounts in which a person is counted."""
    keys = [quota_account(person.body_id, person.kind, person.funding)]
    if person.tier is not None and person.level is not None and person.slot is not None:
        post = Post(tier=person.tier, level=person.level, slot=person.slot)
        keys.append(post_account(person.body_id, post))
    return keys


def checked_id(context: Context, told: SecretStr) -> IdNumber:
    """An identity number whose check digit, date and division are right.

    Raises:
        IdNumberWrong: One of them is not; the message does not repeat the number.
    """
    try:
        return parse_id_number(told.get_secret_value(), is_sample=context.settings.is_demo)
    except InvalidIdentifier as fault:
        raise rules.IdNumberWrong(
            "Expected an identity number (GB 11643) with the right division, date of birth and "
            "check digit, but it is not one.",
            "身份证号应当符合GB 11643（行政区划、出生日期、校验码），但不符合。",
        ) from fault


def new_person(
    context: Context, told: PersonTold, body_id: UUID, action: PersonAction, **facts: Any
) -> Person:
    """Insert a person and the first version; `facts` are the columns that the verb decides."""
    id_number = checked_id(context, told.id_no)
    person_id = new_id()
    person = context.insert(
        Person(
            id=person_id,
            id_no=context.seals.seal(id_number.number, place_of(person_id)),
            id_no_index=context.seals.blind_index(id_number.number),
            id_no_mask=mask(id_number.number),
            sex=Sex.MALE if id_number.is_male else Sex.FEMALE,
            birth=id_number.birth,
            **(told.facts(body_id) | _UNSET | facts),
        )
    )
    keep_version(context, person, action)
    return person


_UNSET: dict[str, Any] = {
    "status": PersonStatus.ACTIVE,
    "reservation_id": None,
    "is_opening": False,
    "exit_type": None,
    "exit_on": None,
    "exit_document_id": None,
}


def keep_version(context: Context, person: Person, action: PersonAction) -> None:
    """Append the state of a person as the version that begins with this change."""
    context.insert(
        PersonVersion(
            id=new_id(),
            person_id=person.id,
            action=action,
            command_id=context.command_id,
            **person.model_dump(include=set(PersonFacts.model_fields)),
        )
    )


def place_of(person_id: UUID) -> str:
    """Where an identity number is sealed for."""
    return f"person.id_no/{person_id}"
