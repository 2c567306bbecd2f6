"""Who works with the service: the office's ten, the three administrators, the other bodies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from service.core.auth.actor import Duty, Reach
from service.features.quota.codes import PersonStatus, Slot
from service.sample_city.model import Assignment, Body, CastMember, Person, Substitute

OFFICE: Final = "04"
ADMINISTRATORS: Final = "22"


@dataclass(frozen=True, slots=True)
class _Desk:
    """A desk and its duties; `stand_ins` are the numbers of the desks that take over, by duty."""

    subject: str
    zh: str
    en: str
    duties: tuple[Duty, ...]
    stand_ins: tuple[int, ...] = ()


# Desks 1 to 10.
_OFFICE: Final = (
    _Desk("office-01", "主任", "Director of the office", (Duty.OFFICE_DIRECTOR,), (2,)),
    _Desk(
        "office-02",
        "副主任（审批）、对上联络人",
        "Deputy director for approvals, liaison with the superior",
        (Duty.OFFICE_DEPUTY, Duty.OFFICE_LIAISON),
        (4, 4),
    ),
    _Desk(
        "office-03",
        "副主任（监督检查、12310）",
        "Deputy director for supervision and the hotline",
        (Duty.OFFICE_DEPUTY,),
        (4,),
    ),
    _Desk(
        "office-04",
        "副主任（机构）",
        "Deputy director for institutions",
        (Duty.OFFICE_DEPUTY,),
        (2,),
    ),
    _Desk(
        "office-05",
        "综合岗、编委会秘书",
        "Front desk, secretary of the commission",
        (Duty.OFFICE_INTAKE, Duty.COMMISSION_SECRETARY),
        (10, 7),
    ),
    _Desk(
        "office-06",
        "业务股经办（一）",
        "Case officer, first",
        (Duty.OFFICE_CASE_OFFICER, Duty.EVALUATOR, Duty.ACCEPTANCE_OFFICER),
        (7, 7, 5),
    ),
    _Desk(
        "office-07",
        "业务股经办（二）、流程编辑",
        "Case officer, second; author of processes",
        (
            Duty.OFFICE_CASE_OFFICER,
            Duty.EVALUATOR,
            Duty.ACCEPTANCE_OFFICER,
            Duty.PROCESS_AUTHOR,
        ),
        (6, 6, 5, 6),
    ),
    _Desk(
        "office-08",
        "法规审核、监督检查",
        "Legality review and inspection",
        (Duty.OFFICE_LEGAL_REVIEWER, Duty.INSPECTOR, Duty.TIP_HANDLER),
        (9, 9, 9),
    ),
    _Desk(
        "office-09",
        "监督检查",
        "Inspection",
        (Duty.INSPECTOR, Duty.TIP_HANDLER, Duty.EVALUATOR),
        (7, 7, 6),
    ),
    _Desk(
        "office-10",
        "实名制管理员、12310接报人",
        "Keeper of the register, receiver of the hotline",
        (Duty.REALNAME_ADMIN, Duty.HOTLINE_RECEIVER, Duty.EVALUATOR),
        (6, 5, 9),
    ),
)
_ADMINISTRATORS: Final = (
    _Desk("security-admin", "安全管理员", "Security administrator", (Duty.SECURITY_ADMIN,)),
    _Desk("audit-admin", "审计管理员", "Audit administrator", (Duty.AUDIT_ADMIN,)),
    _Desk("system-admin", "系统管理员", "System administrator", (Duty.SYSTEM_ADMIN,)),
)
_COMMISSION_CHAIR: Final = "02"
_COMMISSION_MEMBERS: Final = ("01", "03", "05", "09", "10", "13", "14")
_COOPERATING: Final = {
    "01": _Desk(
        "discipline-dept",
        "纪检监察、巡察联络人",
        "For discipline inspection and inspection tours",
        (Duty.DISCIPLINE_DEPT, Duty.INSPECTION_TOUR_OFFICE),
    ),
    "02": _Desk(
        "party-committee-secretary",
        "市委办承办人",
        "For the city Party committee",
        (Duty.PARTY_COMMITTEE_SECRETARY,),
    ),
    "03": _Desk("org-dept", "组织部门联络人", "For the organisation department", (Duty.ORG_DEPT,)),
    "12": _Desk(
        "public-security", "公安机关联络人", "For public security", (Duty.PUBLIC_SECURITY,)
    ),
    "13": _Desk("finance-dept", "财政部门联络人", "For finance", (Duty.FINANCE_DEPT,)),
    "14": _Desk("hr-dept", "人社部门联络人", "For human resources", (Duty.HR_DEPT,)),
    "19": _Desk("audit-dept", "审计部门联络人", "For audit", (Duty.AUDIT_DEPT,)),
    "24": _Desk("expert-1", "专家（教育）", "Expert for education", (Duty.EXPERT,)),
    "25": _Desk("expert-2", "专家（卫生）", "Expert for health", (Duty.EXPERT,)),
}
# Every duty that is missing here reaches the whole city.
_REACHES: Final = {
    Duty.APPLICANT_OFFICER: Reach.SUBTREE,
    Duty.COMPETENT_BODY_REVIEWER: Reach.SUBTREE,
    Duty.APPLICANT_PARTY_GROUP: Reach.BODY,
    Duty.CONSULTED_OFFICER: Reach.BODY,
    Duty.RECTIFICATION_OWNER: Reach.BODY,
}


def cast(bodies: Sequence[Body], persons: Sequence[Person]) -> list[CastMember]:
    """Everybody with a duty, desk by desk; a person sits at one desk only.

    In every body but the office the chief stands for the Party group (and for the commission,
    if a member), the first head of a section is the officer who applies and is consulted, and
    the second one answers for the duties of a cooperating body or reviews as competent body.
    """
    staff: dict[str, list[Person]] = {body.body_code: [] for body in bodies}
    for person in persons:
        if person.status is PersonStatus.ACTIVE:
            staff[person.body].append(person)
    competent = {body.competent_body for body in bodies}
    members = count(1)
    made: list[CastMember] = []
    for body in bodies:
        people = staff[body.body_code]
        if body.no == OFFICE:
            made.extend(_office(body, people))
            continue
        first, second = [p for p in people if p.midlevel_slot is Slot.CHIEF][:2]
        made.append(_member(_chief_desk(body, members), body, people[0]))
        made.append(_member(_officer_desk(body), body, first))
        desk = _second_desk(body, is_competent=body.body_code in competent)
        if desk:
            made.append(_member(desk, body, second))
        if body.no == ADMINISTRATORS:
            made.extend(_administrators(body, people))
    return made


def _member(
    desk: _Desk, body: Body, person: Person, stand_ins: Sequence[Person] = ()
) -> CastMember:
    reaches = [(duty, _REACHES.get(duty, Reach.CITY)) for duty in desk.duties]
    return CastMember(
        subject=desk.subject,
        name=person.name,
        label_zh=f"{body.short_name} · {desk.zh}",
        label_en=f"{desk.en} (body {body.no})",
        person=person.id_no,
        body=body.body_code,
        assignments=tuple(
            Assignment(duty=duty, reach=reach, body=None if reach is Reach.CITY else body.body_code)
            for duty, reach in reaches
        ),
        substitutes=tuple(
            Substitute(duty=duty, person=stand_in.id_no)
            for duty, stand_in in zip(desk.duties, stand_ins, strict=False)
        ),
    )


def _office(body: Body, people: Sequence[Person]) -> Iterator[CastMember]:
    for person, desk in zip(people, _OFFICE, strict=True):
        yield _member(desk, body, person, [people[place - 1] for place in desk.stand_ins])


def _chief_desk(body: Body, members: Iterator[int]) -> _Desk:
    group = Duty.APPLICANT_PARTY_GROUP
    if body.no == _COMMISSION_CHAIR:
        duties = (group, Duty.COMMISSION_CHAIR)
        return _Desk("commission-chair", "主要负责人、编委主任", "Head, commission chair", duties)
    if body.no in _COMMISSION_MEMBERS:
        duties = (group, Duty.COMMISSION_MEMBER)
        subject = f"commission-member-{next(members)}"
        return _Desk(subject, "主要负责人、编委委员", "Head, commission member", duties)
    return _Desk(f"head-{body.no}", "主要负责人", "Head", (group,))


def _officer_desk(body: Body) -> _Desk:
    duties = (Duty.APPLICANT_OFFICER, Duty.CONSULTED_OFFICER, Duty.RECTIFICATION_OWNER)
    return _Desk(f"unit-{body.no}", "单位经办人", "Applicant officer", duties)


def _second_desk(body: Body, *, is_competent: bool) -> _Desk | None:
    """The desk of a cooperating body, of a competent one, or of one that is both."""
    reviewer = Duty.COMPETENT_BODY_REVIEWER
    desk = _COOPERATING.get(body.no)
    if not is_competent:
        return desk
    if desk is None:
        return _Desk(f"competent-{body.no}", "主管部门审核人", "Reviewer", (reviewer,))
    zh, en = f"{desk.zh}、主管部门审核人", f"{desk.en}; reviewer"
    return _Desk(desk.subject, zh, en, (*desk.duties, reviewer))


def _administrators(body: Body, people: Sequence[Person]) -> Iterator[CastMember]:
    """Three persons, never each other's substitute: their deputies are three more."""
    ordinary = [p for p in people if not (p.leader_slot or p.midlevel_slot)]
    deputies = ordinary[len(_ADMINISTRATORS) :]
    for desk, person, deputy in zip(_ADMINISTRATORS, ordinary, deputies, strict=False):
        yield _member(desk, body, person, [deputy])
