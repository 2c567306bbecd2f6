"""What holds of all meetings (domain §4.11, I5), for `dingbian check`."""

from service.core.check import Check, by_statement

_DECIDED = """
SELECT format('agenda_item/%s', i.id) AS subject,
       CASE WHEN m.id IS NULL THEN 'is decided at no meeting'
            WHEN m.state NOT IN ('HELD', 'CLOSED') THEN format('its meeting is %s', m.state)
            WHEN m.level <> i.level THEN format('is for %s, its meeting is %s', i.level, m.level)
            WHEN m.is_quorate IS NOT TRUE THEN 'its meeting has no quorum'
            ELSE 'its meeting is closed without minutes on record' END AS detail
FROM agenda_item i LEFT JOIN meeting m ON m.id = i.meeting_id
LEFT JOIN minutes x ON x.meeting_id = m.id
WHERE i.state = 'DECIDED' AND (
    m.id IS NULL OR m.state NOT IN ('HELD', 'CLOSED') OR m.level <> i.level
    OR m.state = 'CLOSED' AND (m.is_quorate IS NOT TRUE OR x.document_id IS NULL))
UNION ALL
SELECT format('agenda_item/%s', i.id),
       format('is %s on the agenda of a meeting that is %s', i.state, m.state)
FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id
WHERE i.state <> 'DECIDED' AND m.state IN ('CLOSED', 'CANCELLED')
"""
_CLOSED_ALONE = """
SELECT format('meeting/%s', m.id) AS subject, 'was closed by the writer of its minutes' AS detail
FROM meeting m JOIN minutes x ON x.meeting_id = m.id
WHERE m.state = 'CLOSED' AND m.closed_by = x.written_by
"""
_VOTES = """
SELECT format('agenda_item/%s', v.agenda_item_id) AS subject,
       format('%s voted without taking part', coalesce(a.name, v.member_id::text)) AS detail
FROM vote v JOIN agenda_item i ON i.id = v.agenda_item_id
LEFT JOIN attendance a ON a.meeting_id = v.meeting_id AND a.member_id = v.member_id
WHERE a.is_present IS NOT TRUE
   OR i.meeting_id = v.meeting_id AND v.member_id = ANY (i.recused)
UNION ALL
SELECT format('agenda_item/%s', i.id),
       format('%s for %s are recorded, %s were cast', i.in_favour, i.result, count(v.member_id))
FROM agenda_item i LEFT JOIN vote v ON v.agenda_item_id = i.id AND v.meeting_id = i.meeting_id
     AND v.ballot = 'FOR' AND v.choice = i.result
WHERE i.state = 'DECIDED'
GROUP BY i.id HAVING i.in_favour IS DISTINCT FROM count(v.member_id)
"""

CHECKS: tuple[Check, ...] = (
    by_statement(
        "meeting_decides",
        "议决事项均出自有法定人数和会议纪要的会议",
        "what is decided was decided by a meeting with a quorum and minutes",
        _DECIDED,
    ),
    by_statement(
        "meeting_signed",
        "会议纪要由起草人以外的人审签",
        "minutes are signed by somebody else than their writer",
        _CLOSED_ALONE,
    ),
    by_statement(
        "meeting_votes",
        "仅到会且未回避的成员表决，票数与记录一致",
        "only members present and not recused have voted, and the count is theirs",
        _VOTES,
    ),
)
