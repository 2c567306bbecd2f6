"""Telling matters that a body's gate may have moved, after what no step of an item's flow did."""

from uuid import UUID

from service.core.command import Context
from service.features.processes.start_instance import StartInstance

#: A flow of one step: it orders what this feature may not know.
PROCESS = "gate_notice"


async def tell_gate(context: Context, body_id: UUID, why: str) -> None:
    """Begin the case that tells the suspended matters of a body.

    Raises:
        ProcessMissing: The flow is not in force.
    """
    await context.flush()
    variables = {"body_id": str(body_id)}
    await context.order(
        StartInstance(process=PROCESS, title=why[:120], body_id=body_id, variables=variables)
    )
