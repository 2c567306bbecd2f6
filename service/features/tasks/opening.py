"""Opening and closing tasks as an instance moves, and the inbox entries that go with it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from service.core.clock import CITY_ZONE
from service.core.command import Context
from service.core.engine import port
from service.core.ids import new_id
from service.features.processes.deadlines import Declared, place_of
from service.features.processes.definition import Definition
from service.features.processes.instance_tables import Instance
from service.features.tasks.incident import IncidentOfNobody, nobody
from service.features.tasks.light_tables import Light
from service.features.tasks.notice_tables import TaskReminder
from service.features.tasks.readers import body_of, group_of, person_of, readers_of
from service.features.tasks.tables import InboxEntry, InboxGone, Task, TaskEnd, TaskKind, TaskState
from service.features.tasks.task_events import TaskOpened, TaskWithdrawn

_NAMES = "SELECT id, name FROM actor WHERE id = ANY ($1) AND is_active"
_LINEAGES = "SELECT id, lineage FROM body WHERE id = ANY ($1)"


class OpenTasks:
    """The tasks that one move opens and closes."""

    def __init__(
        self,
        context: Context,
        instance: Instance,
        definition: Definition,
        deadlines: Declared,
        own: int,
    ) -> None:
        """`own` is the number of the task that the command ends itself."""
        self._context = context
        self._instance = instance
        self._definition = definition
        self._deadlines = deadlines
        self._own = own
        self._opened: dict[int, Task] = {}
        #: By number: how many working days before the end, and the day.
        self._reminders: dict[int, list[tuple[int, date]]] = {}

    def open(self, effect: port.TaskOpened) -> None:
        deadline = self._deadlines[place_of(effect)] if effect.deadline else None
        extensions = self._definition.element(effect.element, effect.process).extensions
        if deadline and extensions.deadline:
            self._reminders[effect.instance] = deadline.days_before(extensions.deadline.remind)
        apart = extensions.separation.elements if extensions.separation else ()
        self._opened[effect.instance] = Task(
            **self._about(effect.instance, effect.element, effect.process),
            name=effect.name or effect.element,
            users=[each for each in map(person_of, effect.users) if each is not None],
            groups=[group_of(each, self._instance.body_id) for each in effect.groups],
            recused=[each for each in map(person_of, effect.recused) if each is not None],
            apart=[self._definition.place(each, effect.process) for each in apart],
            form=effect.form,
            priority=effect.priority,
            due_at=deadline.due_at if deadline else _moment(effect.due),
            follow_up_at=_moment(effect.follow_up),
            deadline=deadline.kept() if deadline else None,
            # All of its time is left: no table is asked until the next day.
            light=Light.GREEN if deadline else None,
            light_on=self._context.today if deadline else None,
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
        context, instance_id = self._context, self._instance.id
        context.remove(InboxGone(instance_id=instance_id, number=number))
        if number == self._own:
            return
        row = TaskEnd(instance_id=instance_id, number=number)
        context.update(row, state=TaskState.CANCELLED, ended_at=context.now)
        gone = IncidentOfNobody(instance_id=instance_id, number=number)
        context.update(gone, resolved_at=context.now)
        context.announce(TaskWithdrawn(instance_id=instance_id, number=number))

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
                self._context.insert(nobody(kept, self._context.now))
            self._remind(kept)
            self._announce(kept)

    def _remind(self, task: Task) -> None:
        """Reminders whose day is still to come."""
        for working_days, day in self._reminders.get(task.number, ()):
            if day > self._context.today:
                self._context.insert(
                    TaskReminder(
                        id=new_id(), task_id=task.id, working_days=working_days, remind_on=day
                    )
                )

    def _announce(self, task: Task) -> None:
        fields = TaskOpened.model_fields.keys() - {"task_id"}
        told = task.model_dump(include=set(fields))
        self._context.announce(TaskOpened(**told, task_id=task.id))

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
