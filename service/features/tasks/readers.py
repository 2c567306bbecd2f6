"""Who finds a task in the inbox: candidates as the diagram names them, readers as rows hold them.

Pure. A candidate group is a duty over a body, `duty@body`; a diagram may leave the body out and
then means the one that the case is about. `duty@` is over no body: held over the whole city.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from service.core.auth.actor import Grant, Reach
from service.features.tasks.tables import Task


def group_of(candidate: str, body_id: UUID | None) -> str:
    """A candidate of a diagram with its body: `duty` and `duty@body` become `duty@body`."""
    duty, at, body = candidate.partition("@")
    return f"{duty}@{body if at else body_id or ''}"


def body_of(group: str) -> UUID | None:
    """The body that a group names; None where it names none, or what is no id of one."""
    return person_of(group.partition("@")[2])


def person_of(text: str) -> UUID | None:
    """An id as a diagram gives it; None where it is no id."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def readers_of(task: Task, lineages: Mapping[UUID, list[UUID]]) -> list[str]:
    """Everybody who finds the task: its assignee alone, else all candidates."""
    if task.assignee_id is not None:
        return [f"person:{task.assignee_id}"]
    return candidates_of(task, lineages)


def candidates_of(task: Task, lineages: Mapping[UUID, list[UUID]]) -> list[str]:
    """Everybody to whom the task is offered while nobody has it."""
    found = [f"user:{each}" for each in task.users]
    for group in task.groups:
        duty, _, body = group.partition("@")
        lineage = lineages.get(body_of(group) or UUID(int=0), [])
        if body and not lineage:
            continue  # there is no such body
        if body:
            found.append(f"{duty}={body}")
        found += [f"{duty}<{each}" for each in lineage]
        found.append(f"{duty}*")
    return list(dict.fromkeys(found))


def reader_of(grant: Grant) -> str:
    """The reader that a person is by holding a duty."""
    match grant.reach:
        case Reach.CITY:
            return f"{grant.duty}*"
        case Reach.SUBTREE:
            return f"{grant.duty}<{grant.body_id}"
        case Reach.BODY:
            return f"{grant.duty}={grant.body_id}"


def readers_for(actor_id: UUID | None, grants: Iterable[Grant]) -> list[str]:
    """Every reader that a person is: of what is his, of what is offered to him."""
    return [own_reader(actor_id), *offered_readers(actor_id, grants)]


def own_reader(actor_id: UUID | None) -> str:
    """The reader of what a person has."""
    return f"person:{actor_id}"


def offered_readers(actor_id: UUID | None, grants: Iterable[Grant]) -> list[str]:
    """The readers of what a person may take: by name, and by each duty."""
    return [f"user:{actor_id}", *dict.fromkeys(map(reader_of, grants))]
