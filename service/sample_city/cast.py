"""Who works with the service: the office's ten, the three administrators, the other bodies."""

from collections.abc import Iterator, Sequence
from typing import Final

from service.features.quota.codes import PersonStatus, Slot
from service.sample_city.model import Body, CastMember, Person, Substitute

OFFICE: Final = "04"
ADMINISTRATORS: Final = "22"

# Desk: its roles, each with the desk that takes over.
_OFFICE: Final[tuple[dict[str, int], ...]] = (
    {"office_director": 2},
    {"office_deputy": 4, "office_liaison": 4},
    {"office_deputy": 4},
    {"office_deputy": 2},
    {"office_intake": 10, "commission_secretary": 7},
    {"office_case_officer": 7, "evaluator": 7, "acceptance_officer": 5},
    {"office_case_officer": 6, "evaluator": 6, "acceptance_officer": 5, "process_author": 6},
    {"office_legal_reviewer": 9, "inspector": 9, "tip_handler": 9},
    {"inspector": 7, "tip_handler": 7},
    {"realname_admin": 6, "hotline_receiver": 5},
)
_ADMINISTRATORS: Final = ("security_admin", "audit_admin", "system_admin")
_COMMISSION_CHAIR: Final = "02"
_COMMISSION_MEMBERS: Final = ("01", "03", "05", "09", "10", "13", "14")
_COOPERATING: Final = {
    "01": ("discipline_dept", "inspection_tour_office"),
    "02": ("party_committee_secretary",),
    "03": ("org_dept",),
    "12": ("public_security",),
    "13": ("finance_dept",),
    "14": ("hr_dept",),
    "19": ("audit_dept",),
}


def cast(bodies: Sequence[Body], persons: Sequence[Person]) -> list[CastMember]:
    """Everybody with a role, desk by desk; a person sits at one desk only.

    In every body but the office the chief stands for the Party group (and for the commission,
    if a member), the first head of a section is the officer who applies and is consulted, and
    the second one answers for the duties of a cooperating body or reviews as competent body.
    """
    staff: dict[str, list[Person]] = {body.body_code: [] for body in bodies}
    for person in persons:
        if person.status is PersonStatus.ACTIVE:
            staff[person.body].append(person)
    competent = {body.competent_body for body in bodies}
    made: list[CastMember] = []
    for body in bodies:
        people = staff[body.body_code]
        if body.no == OFFICE:
            made.extend(_office(body, people))
            continue
        made.extend(_desks(body, people, is_competent=body.body_code in competent))
        if body.no == ADMINISTRATORS:
            made.extend(_administrators(body, people))
    return made


def _office(body: Body, people: Sequence[Person]) -> Iterator[CastMember]:
    for person, roles in zip(people, _OFFICE, strict=True):
        yield CastMember(
            person=person.id_no,
            body=body.body_code,
            roles=tuple(roles),
            substitutes=tuple(
                Substitute(role=role, person=people[desk - 1].id_no) for role, desk in roles.items()
            ),
        )


def _desks(body: Body, people: Sequence[Person], *, is_competent: bool) -> Iterator[CastMember]:
    chief = people[0]
    first, second = [p for p in people if p.midlevel_slot is Slot.CHIEF][:2]
    chief_roles = ["applicant_party_group"]
    if body.no == _COMMISSION_CHAIR:
        chief_roles.append("commission_chair")
    if body.no in _COMMISSION_MEMBERS:
        chief_roles.append("commission_member")
    second_roles = list(_COOPERATING.get(body.no, ()))
    if is_competent:
        second_roles.append("competent_body_reviewer")
    desks = (
        (chief, chief_roles),
        (first, ["applicant_officer", "consulted_officer"]),
        (second, second_roles),
    )
    for person, roles in desks:
        if roles:
            yield CastMember(person=person.id_no, body=body.body_code, roles=tuple(roles))


def _administrators(body: Body, people: Sequence[Person]) -> Iterator[CastMember]:
    """Three persons, never each other's substitute: their deputies are three more."""
    ordinary = [p for p in people if not (p.leader_slot or p.midlevel_slot)]
    deputies = ordinary[len(_ADMINISTRATORS) :]
    for role, person, deputy in zip(_ADMINISTRATORS, ordinary, deputies, strict=False):
        yield CastMember(
            person=person.id_no,
            body=body.body_code,
            roles=(role,),
            substitutes=(Substitute(role=role, person=deputy.id_no),),
        )
