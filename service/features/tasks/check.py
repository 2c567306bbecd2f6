"""What must hold of tasks over a whole database, for `dingbian check`."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

from service.core.check import Check, Finding, by_statement
from service.core.store.db import Connection
from service.features.tasks.readers import readers_of
from service.features.tasks.tables import Task

_BATCH = 1000
# A row of the state is (number, element, parent, phase, …): see `core/engine/records.py`.
_STATES = """
WITH place AS (
    SELECT i.id, r.value AS row FROM instance i
    CROSS JOIN json_array_elements(i.document -> 'head' -> 'instances') r
    WHERE i.id = i.root_id AND i.state = 'RUNNING'
    UNION ALL
    SELECT p.instance_id, r.value FROM instance_page p
    CROSS JOIN json_array_elements(p.rows) r WHERE p.page LIKE 'parked %'),
waiting AS (
    SELECT id, (row ->> 0)::int AS number, row ->> 1 AS element FROM place
    WHERE row ->> 3 IN ('task', 'choice')),
open AS (SELECT instance_id, number, element FROM task WHERE state = 'OPEN')
SELECT format('instance/%s', coalesce(w.id, o.instance_id)) AS subject,
       CASE WHEN o.number IS NULL
            THEN format('waits at %s (%s), but no task is open', w.element, w.number)
            ELSE format('task %s (%s) is open, but the case does not wait there',
                        o.element, o.number) END AS detail
FROM waiting w FULL JOIN open o ON o.instance_id = w.id AND o.number = w.number
WHERE w.number IS NULL OR o.number IS NULL
"""
_LEFT_OVER = """
SELECT e.task_id, e.reader FROM inbox e LEFT JOIN task t ON t.id = e.task_id
WHERE t.id IS NULL OR t.state <> 'OPEN'
"""
_OPEN = """
SELECT row_to_json(t) AS task, l.lineages, e.readers, e.is_due FROM task t
LEFT JOIN LATERAL (SELECT json_object_agg(b.id, b.lineage) AS lineages FROM body b
    WHERE b.id = ANY (t.bodies)) l ON true
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(reader), '{}') AS readers,
           coalesce(bool_and(due_at = coalesce(t.due_at, 'infinity')), true) AS is_due
    FROM inbox WHERE task_id = t.id) e
WHERE t.state = 'OPEN' AND t.id > $1 ORDER BY t.id LIMIT $2
"""
_APART = """
SELECT format('task/%s', t.id) AS subject,
       format('%s was done by %s, who had done %s', t.name, t.completed_by_name, d.name) AS detail
FROM task t JOIN task d ON d.instance_id = t.instance_id AND d.completed_by = t.completed_by
WHERE t.state = 'COMPLETED' AND d.id <> t.id AND d.ended_at <= t.ended_at
  AND d.process || '/' || d.element = ANY (t.apart)
UNION ALL
SELECT format('task/%s', id), format('%s was done by %s, whom it concerns', name, completed_by_name)
FROM task WHERE state = 'COMPLETED' AND completed_by = ANY (recused)
"""


async def _inboxes(connection: Connection) -> list[Finding]:
    """Entries of what is over, and open tasks that others find than those who may do them."""
    found = [
        _finding(record["task_id"], f"is over, but {record['reader']} finds it")
        for record in await connection.fetch(_LEFT_OVER)
    ]
    after = UUID(int=0)
    while records := await connection.fetch(_OPEN, after, _BATCH):
        tasks = [Task.read(orjson.loads(each["task"])) for each in records]
        for task, record in zip(tasks, records, strict=True):
            found += _differing(task, record)
        after = tasks[-1].id
    return found


def _differing(task: Task, record: Any) -> Iterable[Finding]:
    stored = orjson.loads(record["lineages"] or "{}")
    lineages = {UUID(key): [UUID(each) for each in chain] for key, chain in stored.items()}
    should, are = set(readers_of(task, lineages)), set(record["readers"])
    for reader in sorted(should - are):
        yield _finding(task.id, f"is for {reader}, who does not find it")
    for reader in sorted(are - should):
        yield _finding(task.id, f"is found by {reader}, for whom it is not")
    if not record["is_due"]:
        yield _finding(task.id, f"is due at {task.due_at}, but stands elsewhere in the inbox")


def _finding(task_id: UUID, detail: str) -> Finding:
    return Finding("T2", f"task/{task_id}", detail)


CHECKS: tuple[Check, ...] = (
    by_statement(
        "T1",
        "待办任务与流程所处环节一致",
        "A task is open exactly where its case waits for it",
        _STATES,
    ),
    Check(
        {"T2": ("待办箱与候选人一致", "Whoever may do an open task finds it, and nobody else")},
        _inboxes,
    ),
    by_statement(
        "T3",
        "不相容岗位分离与回避",
        "Nobody did tasks that are kept apart, or what concerns himself",
        _APART,
    ),
)
