"""What must not come together in one pair of hands (domain §2: separation of duties).

The security administrator keeps accounts and duties, the audit administrator reads the logs, the
system administrator operates: three persons, none of whom works in the flows.
"""

from collections.abc import Collection

from service.core.auth.actor import Duty
from service.core.errors import Conflict, RuleBroken

#: 三员: whoever holds one of these holds nothing else.
ADMINISTRATORS = frozenset({Duty.SECURITY_ADMIN, Duty.AUDIT_ADMIN, Duty.SYSTEM_ADMIN})
#: Deciding and answering for a decision is a person's: a key has no conscience and no signature.
OF_PEOPLE = ADMINISTRATORS | {
    Duty.OFFICE_DEPUTY,
    Duty.OFFICE_DIRECTOR,
    Duty.OFFICE_LEGAL_REVIEWER,
    Duty.COMMISSION_SECRETARY,
    Duty.COMMISSION_MEMBER,
    Duty.COMMISSION_CHAIR,
    Duty.PARTY_COMMITTEE_SECRETARY,
}
#: What no person and no key can be charged with.
OF_NOBODY = frozenset({Duty.PROCESS, Duty.PUBLIC_USER})


class ActorInactive(Conflict):
    """The actor is not active."""

    code = "actor_inactive"
    title_zh = "用户已停用"
    title_en = "Actor inactive"


class ActorActive(Conflict):
    """The actor is active already."""

    code = "actor_active"
    title_zh = "用户在用"
    title_en = "Actor active"


class DutyHeld(Conflict):
    """The actor holds this very duty on some of these days already."""

    code = "duty_held"
    title_zh = "职责已存在"
    title_en = "Duty held already"


class DutyEnded(Conflict):
    """The duty ends no later than that already."""

    code = "duty_ended"
    title_zh = "职责已结束"
    title_en = "Duty ended already"


class ApiKeyRevoked(Conflict):
    """The key was revoked before."""

    code = "api_key_revoked"
    title_zh = "接口密钥已吊销"
    title_en = "API key revoked already"


class AdministratorAppointed(Conflict):
    """There is a security administrator already, who registers everybody else."""

    code = "administrator_appointed"
    title_zh = "已有安全管理员"
    title_en = "Administrator appointed already"


class DutyToOneself(RuleBroken):
    """Nobody gives a duty or a substitute to himself."""

    code = "duty_to_oneself"
    title_zh = "不得为本人授予职责"
    title_en = "Duty to oneself"


class DutiesIncompatible(RuleBroken):
    """The three administrators hold no second duty, and programs none of those who decide."""

    code = "duties_incompatible"
    title_zh = "职责不相容"
    title_en = "Duties incompatible"


class DutyNotGiven(RuleBroken):
    """The duty, its reach or its days cannot be given like this."""

    code = "duty_not_given"
    title_zh = "职责不能授予"
    title_en = "Duty cannot be given"


class NotAProgram(RuleBroken):
    """Keys are of programs; people have tokens."""

    code = "not_a_program"
    title_zh = "接口密钥仅供程序使用"
    title_en = "Not a program"


class ScopeUnknown(RuleBroken):
    """No operation of this version has this name."""

    code = "scope_unknown"
    title_zh = "权限范围不存在"
    title_en = "Unknown scope"


def require_compatible(duty: Duty, held: Collection[Duty], *, is_program: bool) -> None:
    """Refuse a duty that must not be in the same hands as those held on the same days.

    Raises:
        DutyNotGiven: It is nobody's to hold.
        DutiesIncompatible: `facts.held` names what stands against it.
    """
    if duty in OF_NOBODY:
        raise DutyNotGiven(
            f"Expected a duty that somebody can hold, but {duty} is not one.",
            f"应当为可授予的职责，但{duty}不可授予。",
        )
    if is_program and duty in OF_PEOPLE:
        raise DutiesIncompatible(
            f"Expected a person for the duty {duty}, but this is a program.",
            f"职责{duty}应当由人员担任，但该用户为程序。",
            held=[],
        )
    others = sorted(set(held) - {duty})
    barring = others if duty in ADMINISTRATORS else sorted(ADMINISTRATORS.intersection(others))
    if barring:
        raise DutiesIncompatible(
            f"Expected an administrator to hold no other duty, but {duty} would come beside "
            f"{', '.join(barring)}.",
            f"三员应当相互独立且不兼任其他职责，但{duty}将与{'、'.join(barring)}同时由一人担任。",
            held=barring,
        )


def require_scopes(scopes: Collection[str], operations: Collection[str]) -> None:
    """Refuse scopes that no operation (`quota.reserve_posts`) or noun (`quota.*`) matches.

    Raises:
        ScopeUnknown: `facts.unknown` names them.
    """
    known = set(operations) | {f"{name.partition('.')[0]}.*" for name in operations}
    if unknown := sorted(set(scopes) - known):
        raise ScopeUnknown(
            f"Expected scopes that name operations, but not {', '.join(unknown)}.",
            f"权限范围应当为已有的操作，但以下不存在：{'、'.join(unknown)}。",
            unknown=unknown,
        )
