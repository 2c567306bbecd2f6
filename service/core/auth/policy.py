"""The policy: duty × reach over bodies × object rights. The default is *no*."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from service.core.auth.actor import Actor, Duty, Grant, Reach
from service.core.errors import NotAllowed, NotFound
from service.core.operation import Answerable

#: Duties inside the establishment office that see the whole ledger.
OFFICE = frozenset(
    {
        Duty.OFFICE_INTAKE,
        Duty.OFFICE_CASE_OFFICER,
        Duty.OFFICE_LIAISON,
        Duty.OFFICE_LEGAL_REVIEWER,
        Duty.OFFICE_DEPUTY,
        Duty.OFFICE_DIRECTOR,
        Duty.REALNAME_ADMIN,
        Duty.INSPECTOR,
        Duty.EVALUATOR,
    }
)
#: Duties of a unit over its own body and those below it.
UNIT = frozenset(
    {
        Duty.APPLICANT_OFFICER,
        Duty.APPLICANT_PARTY_GROUP,
        Duty.COMPETENT_BODY_REVIEWER,
        Duty.RECTIFICATION_OWNER,
    }
)
#: Whoever may read the ledger, each within reach.
LEDGER_READERS = OFFICE | UNIT | {Duty.AUDIT_ADMIN, Duty.AUDIT_DEPT, Duty.COMMISSION_CHAIR}
#: Whoever has any duty at all.
EVERYBODY = frozenset(Duty) - {Duty.PROCESS}
#: Whoever may record decisions in the ledger of quotas.
LEDGER_WRITERS = frozenset({Duty.OFFICE_CASE_OFFICER, Duty.OFFICE_DEPUTY, Duty.OFFICE_DIRECTOR})
#: Whoever may record what exists: opening balances.
LEDGER_OPENERS = frozenset({Duty.OFFICE_DIRECTOR, Duty.REALNAME_ADMIN})
#: Whoever may record a backdated entry that makes a past day exceed its quota.
BACKDATERS = frozenset({Duty.OFFICE_DIRECTOR})


def grants_allowing(actor: Actor, operation: type[Answerable[Any]]) -> tuple[Grant, ...]:
    """The grants under which an actor may ask for an operation, wherever they reach.

    Raises:
        NotAllowed: The actor holds none of its duties, or its key is not meant for it.
    """
    if not _is_in_scope(actor, operation.name):
        raise NotAllowed(
            f"Expected an API key with the scope {operation.name}, but it has other scopes.",
            f"应当使用具有 {operation.name} 权限范围的接口密钥，但该密钥没有此范围。",
        )
    grants = actor.grants_for(operation.duties)
    if not grants:
        duties = ", ".join(sorted(operation.duties))
        raise NotAllowed(
            f"Expected one of the duties {duties}, but {actor.name} holds none of them.",
            f"应当具有以下职责之一：{duties}，但{actor.name}均不具有。",
        )
    return grants


def may_ask(actor: Actor, operation: type[Answerable[Any]]) -> bool:
    """Whether `grants_allowing` gives an actor any grant for an operation."""
    return _is_in_scope(actor, operation.name) and bool(actor.grants_for(operation.duties))


def _is_in_scope(actor: Actor, name: str) -> bool:
    """Whether an operation is among those that a program's key is limited to, if it is."""
    scopes = actor.scopes
    return scopes is None or name in scopes or f"{name.partition('.')[0]}.*" in scopes


def covering(grants: Sequence[Grant], lineage: Collection[UUID], what: str) -> Grant:
    """The grant that covers a body, given the body followed by those above it.

    An empty lineage is that of no body: nobody reaches it, not even over the whole city.

    Raises:
        NotFound: None does. A thing out of reach looks like one that does not exist.
    """
    for grant in grants:
        if lineage and grant.covers(lineage):
            return grant
    raise missing(what)


def covering_city(grants: Sequence[Grant]) -> Grant:
    """The grant over the whole city, for what belongs to no single body.

    Raises:
        NotAllowed: The duty is held over single bodies only.
    """
    for grant in grants:
        if grant.reach is Reach.CITY:
            return grant
    raise NotAllowed(
        "Expected a duty held over the whole city, but it is held over single bodies only.",
        "应当具有全市范围的职责，但仅对个别机构具有该职责。",
    )


def missing(what: str) -> NotFound:
    """The one refusal for what does not exist and for what lies out of reach."""
    return NotFound(
        f"Expected {what} to exist within reach, but there is none.",
        f"应当存在且可以查看：{what}，但未找到。",
    )


def reach_of(grants: Sequence[Grant]) -> tuple[bool, list[UUID], list[UUID]]:
    """Reach as three SQL parameters: the whole city?, single bodies, bodies with all below."""
    return (
        any(grant.reach is Reach.CITY for grant in grants),
        [g.body_id for g in grants if g.reach is Reach.BODY and g.body_id],
        [g.body_id for g in grants if g.reach is Reach.SUBTREE and g.body_id],
    )
