"""Who is asked about a matter: the bodies that have a role in it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from asyncpg import Record

from service.features.matters.codes import DeltaLedger, Start
from service.features.matters.deltas import Delta
from service.features.matters.tables import Matter
from service.features.quota.codes import GRASS_ROOTS


def directory(
    matter: Matter,
    deltas: Sequence[Delta],
    known: Mapping[UUID, Record],
    roles: Mapping[str, Sequence[str]],
) -> list[dict[str, Any]]:
    """The bodies by their role in a matter, for `asked_bodies`; without roles nobody has.

    `roles` are those that bodies have in every matter: finance, organisation and so on.

    Who asks is heard as the applicant; a matter that the office or the superior sets going has no
    applicant, so that its body is one of those concerned.
    """
    named = {each for delta in deltas for each in (delta.body_id, delta.to_body_id) if each}
    if matter.start is Start.APPLICANT:
        named -= {matter.body_id}
    else:
        named |= {matter.body_id}
    functions = {each.body_id for each in deltas if each.ledger is DeltaLedger.FUNCTION}
    found = {
        "CHANGED_DEPARTMENT": named & functions,
        "GRASS_ROOTS": {each for each in named if _is_grass_roots(known.get(each))},
        "BODIES_CONCERNED": named,
    }
    own = {matter.body_id} if matter.start is Start.APPLICANT else set()
    found |= {role: {UUID(each) for each in bodies} - own for role, bodies in roles.items()}
    return [
        {"role": role, "body_ids": [str(each) for each in sorted(bodies)]}
        for role, bodies in found.items()
        if bodies
    ]


def _is_grass_roots(body: Record | None) -> bool:
    return body is not None and body["system_category"] in GRASS_ROOTS
