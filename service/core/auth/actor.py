"""Who acts: a caller proves an identity, the database says which duties it holds, and where."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from service.core.errors import Language, NotAuthenticated, Refusal


class Duty(StrEnum):
    """What a person may be charged with: the roles of the domain, one id each.

    Lanes, candidate groups and commands use these ids. What a *body* does by its mandate is a
    function, never a duty.
    """

    APPLICANT_OFFICER = "applicant_officer"
    APPLICANT_PARTY_GROUP = "applicant_party_group"
    COMPETENT_BODY_REVIEWER = "competent_body_reviewer"
    CONSULTED_OFFICER = "consulted_officer"
    OFFICE_INTAKE = "office_intake"
    OFFICE_CASE_OFFICER = "office_case_officer"
    OFFICE_LIAISON = "office_liaison"
    OFFICE_LEGAL_REVIEWER = "office_legal_reviewer"
    OFFICE_DEPUTY = "office_deputy"
    OFFICE_DIRECTOR = "office_director"
    COMMISSION_SECRETARY = "commission_secretary"
    COMMISSION_MEMBER = "commission_member"
    COMMISSION_CHAIR = "commission_chair"
    PARTY_COMMITTEE_SECRETARY = "party_committee_secretary"
    SUPERIOR_LIAISON = "superior_liaison"
    ORG_DEPT = "org_dept"
    HR_DEPT = "hr_dept"
    FINANCE_DEPT = "finance_dept"
    AUDIT_DEPT = "audit_dept"
    DISCIPLINE_DEPT = "discipline_dept"
    INSPECTION_TOUR_OFFICE = "inspection_tour_office"
    PUBLIC_SECURITY = "public_security"
    HOTLINE_RECEIVER = "hotline_receiver"
    TIP_HANDLER = "tip_handler"
    INSPECTOR = "inspector"
    INSPECTION_LEAD = "inspection_lead"
    EVALUATOR = "evaluator"
    THIRD_PARTY_EVALUATOR = "third_party_evaluator"
    EXPERT = "expert"
    REALNAME_ADMIN = "realname_admin"
    RECTIFICATION_OWNER = "rectification_owner"
    ACCEPTANCE_OFFICER = "acceptance_officer"
    PROCESS_AUTHOR = "process_author"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    SYSTEM_ADMIN = "system_admin"
    PUBLIC_USER = "public_user"
    PROCESS = "process"
    """Not a person: a diagram, a timer or another verb. A command that lists it may be ordered."""


class Reach(StrEnum):
    """Over which bodies a duty is held."""

    BODY = "BODY"
    """One body."""
    SUBTREE = "SUBTREE"
    """One body and all bodies below it."""
    CITY = "CITY"
    """Every body of the city."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One duty, held over some bodies; `body_id` is None exactly where the reach is the city."""

    duty: Duty
    reach: Reach
    body_id: UUID | None = None

    def covers(self, lineage: Collection[UUID]) -> bool:
        """Whether a body is within reach; `lineage` is the body followed by those above it.

        An empty lineage is that of no body, and within nobody's reach.
        """
        if not lineage:
            return False
        match self.reach:
            case Reach.CITY:
                return True
            case Reach.SUBTREE:
                return self.body_id in lineage
            case Reach.BODY:
                return next(iter(lineage), None) == self.body_id


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request proved about itself, before the database was asked.

    At most one of `subject` (of a verified token), `api_key_hash` (SHA-256, hexadecimal),
    `is_process` and `is_public` is set; none of them where the request proved nothing, and
    `refused` says why: the proof does not hold, or nobody can tell at the moment (`Unavailable`).
    """

    subject: str | None = None
    api_key_hash: str | None = None
    is_process: bool = False
    #: Anybody at all, asking what is open to the public.
    is_public: bool = False
    refused: Refusal | None = None
    request_id: str = ""
    language: Language = "zh"

    @property
    def unproved(self) -> Refusal | None:
        """Why nobody knows who asks; None where something was proved."""
        if self.subject is not None or self.api_key_hash is not None:
            return None
        if self.is_process or self.is_public:
            return None
        return self.refused or NotAuthenticated(
            "Expected a bearer token or an API key, but the request has neither.",
            "应当携带访问令牌或接口密钥，但请求中没有。",
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody the service knows, with the duties held at this moment."""

    id: UUID | None
    name: str
    grants: tuple[Grant, ...]
    is_program: bool = False
    #: Operations a program is limited to; None for people.
    scopes: frozenset[str] | None = None

    def grants_for(self, duties: Collection[Duty]) -> tuple[Grant, ...]:
        """Those of the actor's grants that are of one of these duties."""
        return tuple(grant for grant in self.grants if grant.duty in duties)


PROCESS = Actor(id=None, name="process", grants=(Grant(Duty.PROCESS, Reach.CITY),))

PUBLIC = Actor(id=None, name="public", grants=(Grant(Duty.PUBLIC_USER, Reach.CITY),))
