"""Who may see a task without doing it: whoever reads the ledger of the body it is about."""

from collections.abc import Collection, Sequence

from service.core.auth.actor import Actor, Duty, Grant
from service.core.auth.policy import LEDGER_READERS
from service.features.tasks.finding import Found, grant_for


def may_see(found: Found, actor: Actor, grants: Sequence[Grant]) -> bool:
    """Whether somebody may see a task: its candidates, who did it, and readers of the ledger."""
    return (
        grant_for(actor, grants, found.task, found.lineages) is not None
        or (actor.id is not None and found.task.completed_by == actor.id)
        or grant_over(found, grants, LEDGER_READERS) is not None
    )


def grant_over(found: Found, grants: Sequence[Grant], duties: Collection[Duty]) -> Grant | None:
    """The first of these duties that covers the body of the case; the city for its own."""
    for grant in grants:
        if grant.duty not in duties:
            continue
        if found.instance.body_id is None and grant.reach == "CITY":
            return grant
        if found.instance.body_id is not None and grant.covers(found.body_lineage):
            return grant
    return None
