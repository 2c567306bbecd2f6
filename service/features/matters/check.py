"""What holds of all matters (domain §4.11: I4, I5, I22), for `dingbian check`."""

from service.core.check import Check, by_statement

_AUTHORITY = """
SELECT format('matter/%s', id) AS subject,
       format('is issued on the decision of %s, %s decides it', coalesce(decided_by, 'nobody'),
              CASE WHEN via_party_committee THEN 'PARTY_COMMITTEE'
                   ELSE coalesce(final_authority, 'nobody') END) AS detail
FROM matter WHERE approval_document_id IS NOT NULL AND (
    final_authority IS NULL OR final_authority = 'NOT_LOCAL' OR decided_by IS NULL
    OR final_authority <> 'OFFICE' AND decided_by = 'OFFICE'
    OR via_party_committee AND decided_by <> 'PARTY_COMMITTEE'
    OR final_authority = 'SUPERIOR' AND (reply_document_id IS NULL
        OR coalesce(reply, '') NOT IN ('APPROVE', 'CHANGE')))
"""
_MINUTES = """
SELECT format('matter/%s', m.id) AS subject,
       format('is %s without minutes of %s', m.state, coalesce(m.decided_by, 'any meeting'))
           AS detail
FROM matter m LEFT JOIN agenda_item i ON i.id = m.agenda_item_id
LEFT JOIN meeting x ON x.id = i.meeting_id LEFT JOIN minutes n ON n.meeting_id = x.id
WHERE (m.result IS NOT NULL OR m.state IN ('DECIDED', 'ISSUED')) AND (
    m.decision_minutes_id IS NULL OR n.document_id IS DISTINCT FROM m.decision_minutes_id
    OR x.state <> 'CLOSED' OR i.level <> m.decided_by OR i.result <> m.result)
"""
_PRIOR = """
SELECT DISTINCT format('matter/%s', m.id) AS subject,
       'went up to the superior, who was not spoken to before' AS detail
FROM matter m JOIN matter_record u ON u.matter_id = m.id AND u.kind = 'UPWARD_REQUEST'
WHERE m.start <> 'SUPERIOR' AND NOT EXISTS (
    SELECT FROM matter_record p WHERE p.matter_id = m.id AND p.kind = 'PRIOR_COMMUNICATION'
    AND p.kept_at <= u.kept_at)
"""
_BASIS = """
SELECT format('matter/%s', id) AS subject, 'rests on departmental rules alone' AS detail
FROM matter WHERE approval_document_id IS NOT NULL AND jsonb_array_length(basis) > 0
AND NOT EXISTS (SELECT FROM jsonb_array_elements(basis) each
                WHERE each ->> 'level' <> 'DEPARTMENTAL_RULE')
"""
_APART = """
SELECT format('matter/%s', id) AS subject,
       'intake, legal review and signature are not three people''s' AS detail
FROM matter WHERE intake_by = legal_by OR legal_by = signed_by OR intake_by = signed_by
"""
_ENTERED = """
SELECT format('matter/%s', m.id) AS subject,
       'its reply is issued, but the ledger shows nothing of a change of posts' AS detail
FROM matter m WHERE m.approval_document_id IS NOT NULL
AND EXISTS (SELECT FROM jsonb_array_elements(m.deltas) d
            WHERE d ->> 'ledger' IN ('QUOTA', 'LEADERSHIP', 'MIDLEVEL')
            AND d ->> 'before' <> d ->> 'after'
            AND NOT coalesce(m.pending_deltas, '[]') @> jsonb_build_array(d))
AND NOT EXISTS (SELECT FROM entry e WHERE e.document_id = m.approval_document_id)
UNION ALL
SELECT format('matter/%s', m.id), format('is %s, its reply is not issued', m.state)
FROM matter m WHERE m.state = 'ISSUED' AND m.approval_document_id IS NULL
UNION ALL
SELECT format('matter/%s', m.id), format('ended as %s, its reply says otherwise', m.outcome)
FROM matter m
WHERE m.state = 'CLOSED' AND (m.outcome IN ('E7', 'E8')) <> (m.approval_document_id IS NOT NULL)
"""
_NUMBERS = """
SELECT format('series/QL-SX-%s', year) AS subject,
       format('%s matters, numbered up to %s, counted %s', counted, newest, last) AS detail
FROM (SELECT split_part(number, '-', 3)::int AS year, count(*) AS counted,
             max(split_part(number, '-', 4)::int) AS newest
      FROM matter WHERE number IS NOT NULL GROUP BY 1) given
LEFT JOIN number_series s USING (year)
WHERE s.series = 'QL-SX' AND (counted <> newest OR last <> newest)
"""
_OPINIONS = """
SELECT format('matter/%s', m.id) AS subject,
       format('is closed, and %s bodies are still asked', count(*)) AS detail
FROM opinion_request o JOIN matter m ON m.id = o.matter_id
WHERE m.state = 'CLOSED' AND o.opinion IS NULL AND o.closed_at IS NULL GROUP BY m.id
"""
_LEGALITY = """
SELECT format('matter/%s', m.id) AS subject,
       format('is found %s, but there is no such opinion in its file', m.legality) AS detail
FROM matter m WHERE m.legality IS NOT NULL AND NOT EXISTS (
    SELECT FROM matter_record r WHERE r.matter_id = m.id AND r.kind = 'LEGALITY'
    AND r.document_id IS NOT NULL AND r.content ->> 'legality' = m.legality)
"""

CHECKS: tuple[Check, ...] = (
    by_statement(
        "I4",
        "批复均由有权限的层级审定",
        "every reply was decided by whoever has the authority",
        _AUTHORITY,
    ),
    by_statement(
        "I5",
        "审议结果均有该层级的会议纪要",
        "every decision has the minutes of its level",
        _MINUTES,
    ),
    by_statement(
        "I23",
        "上报上级的事项均已事前沟通",
        "nothing went up to the superior without prior communication",
        _PRIOR,
    ),
    by_statement(
        "I22",
        "部门规章未作为唯一依据",
        "no reply rests on departmental rules alone",
        _BASIS,
    ),
    by_statement(
        "matter_people",
        "受理、审查、签发分别由三人承担",
        "intake, legal review and signature are three people's",
        _APART,
    ),
    by_statement(
        "matter_entered",
        "已制发的批复均已登记台账",
        "what was issued is in the ledger",
        _ENTERED,
    ),
    by_statement(
        "matter_numbers",
        "事项编号连续无缺",
        "numbers of matters without gaps",
        _NUMBERS,
    ),
    by_statement(
        "matter_opinions",
        "办结的事项不再征求意见",
        "nobody is asked about a matter that is closed",
        _OPINIONS,
    ),
    by_statement(
        "matter_legality",
        "合法性结论均有审查意见书",
        "every verdict of legality has its opinion on file",
        _LEGALITY,
    ),
)
