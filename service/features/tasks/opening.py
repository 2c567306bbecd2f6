"""Opening and closing tasks as an instance moves, and the inbox entries that go with it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from service.core.clock import CITY_ZONE
from service.core.command import Context
from service.core.engine import port
from service.core.ids import new_id
from service.features.processes.deadlines import Deadline
from service.features.processes.definition import Definition
from service.features.processes.instance_tables import Incident, Instance
from service.features.tasks.readers import body_of, group_of, person_of, readers_of
from service.features.tasks.tables import InboxEntry, InboxGone, Task, TaskEnd, TaskKind, TaskState

_NAMES = "SELECT id, name FROM actor WHERE id = ANY ($1) AND is_active"
_LINEAGES = "SELECT id, lineage FROM body WHERE id = ANY ($1)"


class OpenTasks:
    """The tasks that one move opens and closes."""

    def __init__(
        self,
        context: Context,
        instance: Instance,
        definition: Definition,
        deadlines: Mapping[tuple[int, str, str], Deadline],
        own: int,
    ) -> None:
        """`own` is the number of the task that the command ends itself."""
        self._context = context
        self._instance = instance
        self._definition = definition
        self._deadlines = deadlines
        self._own = own
        self._opened: dict[int, Task] = {}

    def open(self, effect: port.TaskOpened) -> None:
        deadline = self._deadlines[effect.deadline] if effect.deadline else None
        self._opened[effect.instance] = Task(
            **self._about(effect.instance, effect.element, effect.process),
            name=effect.name or effect.element,
            users=[each for each in map(person_of, effect.users) if each is not None],
            groups=[group_of(each, self._instance.body_id) for each in effect.groups],
            recused=[each for each in map(person_of, effect.recused) if each is not None],
            form=effect.form,
            priority=effect.priority,
            due_at=deadline.due_at if deadline else _moment(effect.due),
            follow_up_at=_moment(effect.follow_up),
            deadline=deadline.kept() if deadline else None,
            assignee_id=person_of(effect.assignee),
        )

    def choose(self, effect: port.ChoiceOpened) -> None:
        """An ad-hoc sub-process is for whoever has the duty of its lane, or of its tasks."""
        self._opened[effect.instance] = Task(
            **self._about(effect.instance, effect.element, effect.process),
            kind=TaskKind.CHOICE,
            name=self._definition.element(effect.element, effect.process).name or effect.element,
            groups=[group_of(each, self._instance.body_id) for each in effect.groups],
            choices=list(effect.choices),
        )

    def close(self, effect: port.TaskClosed | port.ChoiceClosed) -> None:
        number = effect.instance
        if self._opened.pop(number, None) is not None:
            return
        self._context.remove(InboxGone(instance_id=self._instance.id, number=number))
        if number != self._own:
            row = TaskEnd(instance_id=self._instance.id, number=number)
            self._context.update(row, state=TaskState.CANCELLED, ended_at=self._context.now)

    async def keep(self, lineages: dict[UUID, list[UUID]]) -> None:
        """Write what is open after the move: a task, and an inbox entry for each reader."""
        names = await self._names()
        await self._learn(lineages)
        for task in self._opened.values():
            name = names.get(task.assignee_id) if task.assignee_id else None
            kept = self._context.insert(
                task.model_copy(
                    update={
                        "users": [each for each in task.users if each in names],
                        "bodies": [each for each in map(body_of, task.groups) if each],
                        "assignee_id": task.assignee_id if name else None,
                        "assignee_name": name,
                    }
                )
            )
            readers = readers_of(kept, lineages)
            for entry in entries_of(kept, readers):
                self._context.insert(entry)
            if not readers:
                self._nobody(kept)

    def _about(self, number: int, element: str, process: str) -> dict[str, Any]:
        instance = self._instance
        home = self._definition.folders[self._definition.homes[process]]
        return {
            "id": new_id(),
            "instance_id": instance.id,
            "number": number,
            "element": element,
            "process": process,
            "process_name": home.processes[process].name or process,
            "business_key": instance.business_key,
            "title": instance.title,
            "body_id": instance.body_id,
            "opened_at": self._context.now,
        }

    async def _names(self) -> dict[UUID, str]:
        """The names of the persons that the diagram names; no question where it names none."""
        persons = {each for task in self._opened.values() for each in task.users}
        persons |= {task.assignee_id for task in self._opened.values() if task.assignee_id}
        if not persons:
            return {}
        found = await self._context.connection.fetch(_NAMES, list(persons))
        return {record["id"]: record["name"] for record in found}

    async def _learn(self, lineages: dict[UUID, list[UUID]]) -> None:
        """Find the chains of superiors that are not known yet."""
        bodies = {body_of(group) for task in self._opened.values() for group in task.groups}
        missing = [each for each in bodies if each is not None and each not in lineages]
        if missing:
            for record in await self._context.connection.fetch(_LINEAGES, missing):
                lineages[record["id"]] = list(record["lineage"])

    def _nobody(self, task: Task) -> None:
        self._context.insert(
            Incident(
                id=new_id(),
                instance_id=self._instance.id,
                incident=0,
                number=task.number,
                element=task.element,
                code="nobody",
                message=f"Expected somebody who may do {task.name}, but the diagram names nobody.",
                message_zh=f"“{task.name}”应当有办理人，但流程图没有指定任何人。",
                attempts=1,
                raised_at=self._context.now,
            )
        )


def entries_of(task: Task, readers: Iterable[str]) -> list[InboxEntry]:
    """The inbox entries by which these readers find a task."""
    return [
        InboxEntry(
            reader=reader,
            task_id=task.id,
            instance_id=task.instance_id,
            number=task.number,
            process=task.process,
            due_at=task.due_at.isoformat() if task.due_at else "infinity",
        )
        for reader in readers
    ]


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CITY_ZONE)
