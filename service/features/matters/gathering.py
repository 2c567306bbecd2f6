"""What the tables of rules ask about a matter: from the matter itself and from the ledger."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.store.db import Connection
from service.features.bodies.codes import Rank
from service.features.matters.codes import DeltaAction, DeltaLedger
from service.features.matters.concerned import directory
from service.features.matters.deltas import Delta, read
from service.features.matters.standards import Standards, standards
from service.features.matters.tables import Matter
from service.features.quota.codes import GRASS_ROOTS

_BODIES = """
SELECT id, body_type, system_category, body_class, rank, competent_body_id FROM body
WHERE id = ANY ($1)
"""
_ROOM = """
SELECT kind, part, authorised - actual AS room FROM account
WHERE body_id IS NULL AND ledger = 'QUOTA' ORDER BY kind, part
"""
#: An approved plan of rectification lists the request, by its title, among its measures.
_IS_PLANNED = """
SELECT EXISTS (SELECT FROM rectification_item WHERE body_id = $1
    AND state IN ('PLAN_APPROVED', 'IN_PROGRESS', 'CLOSE_REQUESTED', 'UNDER_ACCEPTANCE', 'ACCEPTED')
    AND position($2 IN coalesce(measures, '')) > 0)
"""
#: Changes after which a body has another rank or is another body.
_OF_BODIES = (
    DeltaLedger.BODY,
    DeltaLedger.RANK,
    DeltaLedger.NAME,
    DeltaLedger.NAMEPLATE,
    DeltaLedger.SUBORDINATION,
)

_NO_RANK = {"rank_before": None, "rank_after": None}


class MatterGathered(BaseModel):
    """The inputs of the tables, every member there."""

    matter: dict[str, Any]
    deltas: list[dict[str, Any]]
    bodies: list[dict[str, Any]]
    city: dict[str, Any]
    applicant: dict[str, Any]
    given: dict[str, Any]
    #: Which bodies have a role in the matter; a role that no body has is not there.
    directory: list[dict[str, Any]]


async def gathered(
    connection: Connection, matter: Matter, *, bodies_objecting: int = 0
) -> MatterGathered:
    """What the tables ask about a matter as it stands, kept or only thought of.

    Args:
        bodies_objecting: How many consulted bodies object to it.
    """
    deltas = read(matter.deltas)
    changed = {each for delta in deltas for each in (delta.body_id, delta.to_body_id) if each}
    records = await connection.fetch(_BODIES, sorted(changed | {matter.body_id}))
    known = {record["id"]: record for record in records}
    is_planned = await connection.fetchval(_IS_PLANNED, matter.body_id, matter.title)
    holders = await connection.fetch("SELECT role, body_ids FROM opinion_role")
    roles = {each["role"]: each["body_ids"] for each in holders}
    stated = {"is_plan_measure": is_planned, "bodies_objecting": bodies_objecting}
    set_ = await standards(connection)
    return MatterGathered(
        matter=_stated(matter) | stated,
        deltas=[_delta(delta, known, matter.body_id, set_) for delta in deltas],
        bodies=list(_bodies(deltas, known)),
        city={
            "room": [
                {"kind": each["kind"], "funding": each["part"], "left": each["room"]}
                for each in await connection.fetch(_ROOM)
            ],
            "body_limit_left": set_.body_limit_left(
                matter.type, sum(each.action is DeltaAction.SET_UP for each in deltas)
            ),
        },
        applicant=_applicant(known[matter.body_id]),
        given={
            "materials": matter.materials,
            "contents": matter.contents,
            "statements": sum(bool(each.strip()) for each in matter.statements),
        },
        directory=directory(matter, deltas, known, roles),
    )


def _stated(matter: Matter) -> dict[str, Any]:
    return {
        **matter.stated,
        "type": matter.type,
        "start": matter.start,
        "motion_decided": matter.minutes_document_id is not None,
        "basis_levels": [each["level"] for each in matter.basis],
    }


def _delta(
    delta: Delta, known: dict[UUID, Record], applicant_id: UUID, set_: Standards
) -> dict[str, Any]:
    body = known.get(delta.body_id) if delta.body_id else None
    shown = delta.model_dump(
        mode="json",
        include={"ledger", "action", "body_id", "kind", "funding", "level", "slot", "source"},
    )
    return {
        **shown,
        "before": delta.before,
        "after": delta.after,
        # The tables read null as no standard.
        "standard": set_.of(delta, body["rank"] if body else None),
        "is_above_rank": bool(body and delta.level and delta.level.is_above(body["rank"])),
        "is_grass_roots": bool(body and body["system_category"] in GRASS_ROOTS),
        "body_type": body["body_type"] if body else None,
        "is_other_department": delta.ledger is DeltaLedger.FUNCTION
        and delta.body_id != applicant_id,
        "counts_to_limit": delta.ledger is DeltaLedger.BODY,
    }


def _bodies(deltas: list[Delta], known: dict[UUID, Record]) -> Iterator[dict[str, Any]]:
    """The bodies that are named, with their rank before and after; the highest one counts.

    A body to be set up has the rank that its change names, and none before. Of a merger the body
    counts too into which another one goes. A body that only its posts or functions change is
    named for what it is, a court or a town, and its rank does not count.
    """
    for delta in deltas:
        if delta.ledger not in _OF_BODIES:
            for body_id in (delta.body_id, delta.to_body_id):
                if body_id:
                    yield _body(body_id, delta, known) | _NO_RANK
            continue
        yield _body(delta.body_id, delta, known)
        if delta.action is DeltaAction.MERGE and delta.to_body_id:
            yield _body(delta.to_body_id, delta, known)


def _body(body_id: UUID | None, delta: Delta, known: dict[UUID, Record]) -> dict[str, Any]:
    body = known.get(body_id) if body_id else None
    before = Rank(body["rank"]).order if body else None
    names_rank = delta.ledger is DeltaLedger.RANK or delta.action is DeltaAction.SET_UP
    return {
        "id": str(body_id) if body_id else None,
        "system_category": body["system_category"] if body else None,
        "rank_before": before,
        "rank_after": delta.after if names_rank else before,
    }


def _applicant(body: Record) -> dict[str, Any]:
    competent = body["competent_body_id"]
    return {
        "body_type": body["body_type"],
        "system_category": body["system_category"],
        "body_class": body["body_class"],
        # Only bodies of their own ask; internal bodies and second names of one do not.
        "is_internal_body": False,
        "is_joint_office": False,
        "competent_body_id": str(competent) if competent else None,
    }
