"""The parts of the sample city. Field names are those of the tables they will become.

References are plain keys: a body by its `body_code`, a person by `id_no`, a document by its
number (青编〔2025〕n号), an internal body by its name within its body.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from service.core.auth.actor import Duty, Reach
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
from service.features.quota.codes import (
    AtPost,
    Degree,
    Education,
    EntryType,
    ExitType,
    PersonStatus,
    PoliticalStatus,
    PositionCategory,
    QuotaKind,
    Sex,
    Slot,
    Structure,
)
from service.features.quota.tables import ReservationState

FICTITIOUS_ZH: Final = "虚构数据：青澜市并不存在，机构、人员、证件号码和文号均为虚构。"
FICTITIOUS_EN: Final = (
    "Fictitious data: the city of Qinglan does not exist; its bodies, people, identity numbers "
    "and documents are invented."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of the commission. Numbers are gap-free, dates never fall with the number."""

    number: str
    issued_on: date
    issuer: str
    title: str
    secrecy: Secrecy


@dataclass(frozen=True, slots=True, kw_only=True)
class CityLimit:
    """How many quotas of one kind and funding the whole city may have (I3)."""

    kind: QuotaKind
    funding: Funding
    number: int
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body. `no` is its number in the city's table, 01 to 31."""

    no: str
    body_code: str
    uscc: str
    full_name: str
    other_names: tuple[str, ...]
    short_name: str
    body_type: BodyType
    system_category: SystemCategory
    nature: Nature
    body_class: BodyClass
    rank: Rank
    inst_class: InstClass | None
    funding: Funding
    civil_servant_law_ref: bool
    parent_body: str | None
    competent_body: str | None
    sponsor_body: str | None
    setup_doc: str
    setup_date: date
    latest_doc: str
    main_functions: str
    status: BodyStatus
    address: str
    phone: str
    legal_rep: str
    secrecy: Secrecy


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalBody:
    """A section of a body with its share of the quotas and its mid-level posts."""

    body: str
    name: str
    rank: Rank
    quota_planned: int
    midlevel_chief: int
    midlevel_deputy: int
    approved_by_doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFunction:
    """One main function of a body; `serial` counts from 1 within the body."""

    body: str
    serial: int
    text: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameplate:
    """A second name a body works under. Without a document it is not approved (R24)."""

    body: str
    name: str
    doc: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """Quotas of one kind and funding authorised for a body."""

    body: str
    kind: QuotaKind
    funding: Funding
    structure: Structure
    number: int
    doc: str
    true_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadershipPost:
    """Leadership posts authorised: the chief at `level`, deputies one rung below."""

    body: str
    level: Rank
    chief: int
    deputy: int
    doc: str
    true_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MidlevelPost:
    """Mid-level posts authorised for a body: the sum over its internal bodies."""

    body: str
    chief: int
    deputy: int
    doc: str
    true_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NonquotaCeiling:
    """How many non-quota staff a body may have in a year, and how many it has."""

    body: str
    year: int
    number: int
    actual: int
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaUseNotice:
    """A quota-use notice; `no` is the number of the document it was issued as."""

    no: str
    body: str
    kind: QuotaKind
    funding: Funding
    number: int
    used: int
    valid_until: date
    state: ReservationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person on the register. `body` gives the quota, `work_body` is where the work is done."""

    name: str
    id_no: str
    sex: Sex
    ethnicity: str
    birth: date
    political_status: PoliticalStatus
    work_start: date
    body: str
    work_body: str
    internal_body: str | None
    quota_kind: QuotaKind
    funding: Funding
    entry_type: EntryType
    entry_date: date
    entry_doc: str
    quota_notice: str | None
    post_title: str | None
    post_level: Rank | None
    leader_slot: Slot | None
    midlevel_slot: Slot | None
    position: str
    position_category: PositionCategory
    education: Education
    degree: Degree
    at_post: AtPost
    status: PersonStatus
    exit_type: ExitType | None = None
    exit_date: date | None = None
    exit_doc: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One duty of a person; `body` is None exactly where the reach is the city."""

    duty: Duty
    reach: Reach
    body: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute:
    """Who takes over a duty when its holder is away; the naming in writing."""

    duty: Duty
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """A person who works with the service, in a body, with the duties of one desk.

    `subject` is the `sub` of the person's tokens; the labels say who it is to those who choose.
    """

    subject: str
    name: str
    label_zh: str
    label_en: str
    person: str
    body: str
    assignments: tuple[Assignment, ...]
    substitutes: tuple[Substitute, ...] = ()

    @property
    def duties(self) -> tuple[Duty, ...]:
        return tuple(assignment.duty for assignment in self.assignments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A breach or a special state planted on purpose; `rules` are ids of the rule list.

    `zh` and `en` say what is so, `expected_zh` and `expected_en` what the service is to make of it.
    """

    key: str
    body: str
    rules: tuple[str, ...]
    zh: str
    en: str
    expected_zh: str
    expected_en: str
    persons: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCity:
    """Everything known of 青澜市 on `reference_date`."""

    name: str
    division: str
    prefecture: str
    prefecture_division: str
    reference_date: date
    seed: int
    documents: tuple[Document, ...]
    limits: tuple[CityLimit, ...]
    bodies: tuple[Body, ...]
    internal_bodies: tuple[InternalBody, ...]
    functions: tuple[BodyFunction, ...]
    nameplates: tuple[Nameplate, ...]
    quota_lines: tuple[QuotaLine, ...]
    leadership_posts: tuple[LeadershipPost, ...]
    midlevel_posts: tuple[MidlevelPost, ...]
    nonquota_ceilings: tuple[NonquotaCeiling, ...]
    notices: tuple[QuotaUseNotice, ...]
    persons: tuple[Person, ...]
    cast: tuple[CastMember, ...]
    situations: tuple[Situation, ...]

    def body(self, no: str) -> Body:
        """The body with a number of the city's table, "01" to "31"; `KeyError` for any other."""
        for body in self.bodies:
            if body.no == no:
                return body
        raise KeyError(no)
