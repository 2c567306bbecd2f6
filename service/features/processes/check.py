"""What must hold of all cases of a database, for `dingbian check`.

The engine's state is the truth about a case; rows beside it say the same, or somebody waits for
ever. A wait in a state is a row [number, owner, element, part, kind, …], an incident [number, …].
"""

from service.core.check import Check, by_statement

_RUNNING = "i.id = i.root_id AND i.state = 'RUNNING'"
_ALIVE = f"""
SELECT format('instance/%s', i.id) AS subject, 'runs, and nothing can wake it' AS detail
FROM instance i WHERE {_RUNNING} AND NOT i.is_unfinished
AND NOT EXISTS (SELECT FROM task t WHERE t.instance_id = i.id AND t.state = 'OPEN')
AND NOT EXISTS (SELECT FROM timer t WHERE t.instance_id = i.id)
AND NOT EXISTS (SELECT FROM subscription s WHERE s.instance_id = i.id)
AND NOT EXISTS (SELECT FROM job j WHERE j.instance_id = i.id AND j.state = 'WAITING')
AND NOT EXISTS (SELECT FROM incident x WHERE x.instance_id = i.id AND x.resolved_at IS NULL)
AND NOT EXISTS (SELECT FROM json_array_elements(i.document -> 'head' -> 'waits') w
                WHERE w ->> 4 = 'condition')
"""
_WAITS = f"""
WITH told AS (
    SELECT i.id, (w ->> 0)::int AS wait, w ->> 4 AS kind
    FROM instance i, json_array_elements(i.document -> 'head' -> 'waits') w
    WHERE {_RUNNING} AND w ->> 4 <> 'condition'),
kept AS (
    SELECT instance_id AS id, wait, 'timer' AS kind FROM timer
    UNION ALL SELECT instance_id, wait, kind FROM subscription)
SELECT format('instance/%s', coalesce(told.id, kept.id)) AS subject,
       format('wait %s is %s in the state and %s in its row', coalesce(told.wait, kept.wait),
              coalesce(told.kind, 'not'), coalesce(kept.kind, 'not')) AS detail
FROM told FULL JOIN kept
  ON told.id = kept.id AND told.wait = kept.wait AND told.kind = kept.kind
WHERE told.kind IS NULL OR kept.kind IS NULL
"""
_INCIDENTS = f"""
WITH told AS (
    SELECT i.id, (x ->> 0)::int AS incident
    FROM instance i, json_array_elements(i.document -> 'head' -> 'incidents') x
    WHERE {_RUNNING}),
kept AS (
    SELECT instance_id AS id, incident FROM incident
    WHERE incident > 0 AND resolved_at IS NULL)
SELECT format('instance/%s', coalesce(told.id, kept.id)) AS subject,
       format('incident %s stands in the %s alone', coalesce(told.incident, kept.incident),
              CASE WHEN kept.id IS NULL THEN 'state' ELSE 'row' END) AS detail
FROM told FULL JOIN kept ON told.id = kept.id AND told.incident = kept.incident
WHERE told.id IS NULL OR kept.id IS NULL
UNION ALL SELECT format('instance/%s', i.id),
    format('counts %s incidents, its state has %s', i.incidents,
           json_array_length(i.document -> 'head' -> 'incidents'))
FROM instance i WHERE {_RUNNING}
AND i.incidents <> json_array_length(i.document -> 'head' -> 'incidents')
"""
# A case begins with version 2: it is inserted and moved by one command.
_HISTORY = """
SELECT format('instance/%s', i.id) AS subject,
       format('is of version %s, history has %s moves from %s to %s', i.version,
              count(DISTINCT h.version), min(h.version), max(h.version)) AS detail
FROM instance i LEFT JOIN history h ON h.instance_id = i.id
WHERE i.id = i.root_id GROUP BY i.id, i.version
HAVING coalesce(min(h.version), 0) <> 2 OR max(h.version) <> i.version
    OR count(DISTINCT h.version) <> i.version - 1
"""
_MESSAGES = """
SELECT format('message/%s', m.id) AS subject,
       format('was given by command %s to instance %s, whose history tells of it %s times',
              m.delivered_by, m.taken_by, count(h.instance_id)) AS detail
FROM message m LEFT JOIN history h ON h.instance_id = m.taken_by AND h.command_id = m.delivered_by
     AND (h.kind = 'message_arrived' OR h.kind = 'entered' AND h.number = 1)
WHERE m.taken_by IS NOT NULL GROUP BY m.id HAVING count(h.instance_id) <> 1
UNION ALL SELECT format('message/%s', min(id::text)),
    format('%s messages were given by one command', count(*))
FROM message WHERE delivered_by IS NOT NULL GROUP BY delivered_by HAVING count(*) > 1
"""
_INBOX = """
SELECT format('task/%s', n.task_id) AS subject,
       format('stands in the inbox of %s with %s, but is %s and due %s', n.reader, n.due_at,
              coalesce(t.state, 'not there'), coalesce(t.due_at::text, 'at no time')) AS detail
FROM inbox n LEFT JOIN task t ON t.id = n.task_id
WHERE t.state IS DISTINCT FROM 'OPEN' OR n.due_at <> coalesce(t.due_at, 'infinity')
"""

CHECKS: tuple[Check, ...] = (
    by_statement("alive", "在办流程均可被唤醒", "Whatever runs can be woken", _ALIVE),
    by_statement("waits", "等待与定时、订阅一致", "Waits are those of the state", _WAITS),
    by_statement("incidents", "异常与流程状态一致", "Incidents are those of the state", _INCIDENTS),
    by_statement("history", "流程历史无缺漏", "History has every move", _HISTORY),
    by_statement("messages", "消息只投递一次", "Messages are given once", _MESSAGES),
    by_statement("inbox", "待办与任务一致", "The inbox is that of the tasks", _INBOX),
)
