"""How a matter begins, whoever sets it going: its row, its first version, its case."""

from typing import Any
from uuid import UUID

from service.core.command import Context
from service.core.ids import new_id
from service.core.secrecy import Secrecy, require_storable
from service.features.matters import rules
from service.features.matters.asking import Asked
from service.features.matters.codes import Origin, Start
from service.features.matters.deltas import stored
from service.features.matters.tables import Matter, MatterDeltas
from service.features.matters.view import MatterView, view_of
from service.features.processes.start_instance import StartInstance

#: The process that handles matters, in its diagram.
PROCESS = "request_approval"
#: Where its case begins if not by the unit itself.
_STARTS = {Start.OFFICE: "office_starts", Start.SUPERIOR: "superior_orders"}
_BODY = "SELECT lineage, full_name, status FROM body WHERE id = $1"


async def require_living(context: Context, body_id: UUID) -> None:
    """Refuse a matter of a body out of reach, or of one that is no more.

    Raises:
        NotFound: It is out of reach.
        ApplicantClosed: It is abolished or merged.
    """
    record = await context.connection.fetchrow(_BODY, body_id)
    context.require_reach(record["lineage"] if record else [], "a body with this id")
    assert record is not None, "an empty lineage is never covered"
    if record["status"] in ("ABOLISHED", "MERGED"):
        raise rules.ApplicantClosed(
            f"Expected a living body to ask, but {record['full_name']} is abolished or merged.",
            f"申请单位应当为存续机构，但{record['full_name']}已撤销或合并。",
        )


async def drafted(context: Context, asked: Asked, start: Start, given: dict[str, Any]) -> Matter:
    """Keep a matter and the first version of what it asks for.

    Args:
        given: Its columns as the command says them, but for the changes and what is stated.

    Raises:
        ClassifiedMatter: It is stated to be classified; nothing of it is kept (I20).
    """
    if asked.stated.is_classified:
        require_storable(Secrecy.CONFIDENTIAL)
    matter = context.insert(
        Matter.model_validate(
            {
                **given,
                "id": new_id(),
                "start": start,
                "stated": asked.stated.model_dump(mode="json"),
                "deltas": stored(asked.deltas),
                "asked_at": context.now,
                "asked_by": context.actor.id,
            }
        )
    )
    # The matter first: its version refers to it.
    await context.flush()
    context.insert(
        MatterDeltas(
            matter_id=matter.id,
            number=1,
            origin=Origin.REQUEST,
            deltas=matter.deltas,
            kept_at=context.now,
            kept_by_name=context.actor.name,
        )
    )
    return matter


async def begun(context: Context, matter: Matter, *, asks_prior_view: bool) -> MatterView:
    """Let the case of a drafted matter begin; the matter as its case has left it."""
    await context.order(
        StartInstance(
            process=PROCESS,
            business_key=str(matter.id),
            title=matter.title,
            body_id=matter.body_id,
            at=_STARTS.get(matter.start),
            variables=root_variables(matter, asks_prior_view=asks_prior_view),
        )
    )
    record = await context.connection.fetchrow(
        """SELECT m.*, i.id AS case_id FROM matter m
           JOIN instance i ON i.business_key = m.id::text AND i.id = i.root_id
           WHERE m.id = $1""",
        matter.id,
    )
    assert record is not None, "both were written just now"
    linked = context.update(Matter.read(record), instance_id=record["case_id"])
    context.tag(linked)
    return view_of(linked)


def root_variables(matter: Matter, *, asks_prior_view: bool) -> dict[str, Any]:
    """What the diagrams read of a matter from its start; large things stay in its file."""
    is_ordered = matter.start is Start.SUPERIOR
    return {
        "matter_id": str(matter.id),
        "body_id": str(matter.body_id),
        "title": matter.title,
        "type": matter.type,
        "start": matter.start.value,
        "has_applicant": matter.start is Start.APPLICANT,
        "is_urgent": matter.is_urgent,
        "asks_prior_view": asks_prior_view,
        "pure_superior_order": is_ordered and bool(matter.stated["pure_superior_order"]),
        "overrides": [],
        "struck_hits": [],
        "supplement_rounds": 0,
        "restudies": 0,
        "returns": 0,
        # The superior's order stands in for what would be asked of it beforehand.
        "prior_recorded": is_ordered,
        "missed_agendas": 0,
    }
