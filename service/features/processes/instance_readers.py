"""Who sees cases, and finding one that the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.core.auth.actor import Duty, Grant, Reach
from service.core.auth.policy import LEDGER_READERS, covering, missing
from service.core.query import Reading
from service.features.processes.instance_tables import Instance
from service.features.processes.moving import instance_of

#: Whoever sees the ledger sees the cases about the bodies within reach; who draws the flows or
#: keeps them running sees those of the whole city.
READERS = LEDGER_READERS | {Duty.PROCESS_AUTHOR, Duty.SYSTEM_ADMIN}
WHAT = "a case"
_FOUND = """
SELECT i.*, b.lineage, c.process AS asked_process, c.number AS asked_number
FROM instance c JOIN instance i ON i.id = c.root_id LEFT JOIN body b ON b.id = i.body_id
WHERE c.id = $1
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A case, and which of its processes was asked for.

    Attributes:
        root: The case itself, with its document.
        process, number: The process asked for: that of the case, or one called in it.
    """

    root: Instance
    process: str
    number: int


def counting(grants: Sequence[Grant]) -> list[Grant]:
    """Those grants by which somebody sees cases."""
    return [each for each in grants if each.reach is Reach.CITY or each.duty in LEDGER_READERS]


async def readable_case(reading: Reading, instance_id: UUID) -> Case:
    """A case by its id, or by that of a process called in it.

    Raises:
        NotFound: There is none within reach; a case of no body is within that of the city only.
    """
    record: Any = await reading.connection.fetchrow(_FOUND, instance_id)
    if record is None:
        raise missing(WHAT)
    grants = counting(reading.grants)
    if record["body_id"] is not None:
        covering(grants, record["lineage"], WHAT)
    elif not any(each.reach is Reach.CITY for each in grants):
        raise missing(WHAT)
    return Case(instance_of(record), record["asked_process"], record["asked_number"])
