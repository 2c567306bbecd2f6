"""What holds of all evaluations (domain §3.B, §4.11: I19), for `dingbian check`."""

from service.core.check import Check, by_statement

_SCORES = """
SELECT format('evaluation/%s', s.evaluation_id) AS subject,
       format('has a score for %s that does not count', s.indicator) AS detail
FROM evaluation_score s LEFT JOIN evaluation_member m
  ON m.evaluation_id = s.evaluation_id AND m.person_id = s.person_id
WHERE NOT s.is_void AND (char_length(btrim(s.text)) < 50 OR s.score NOT BETWEEN 0 AND s.points
    OR m.has_conflict IS DISTINCT FROM false)
"""
_REPORTS = """
SELECT format('evaluation/%s', e.id) AS subject,
       format('is %s, its report says otherwise', e.state) AS detail
FROM evaluation e LEFT JOIN issued_paper p
  ON p.document_id = e.report_document_id AND p.kind = 'PRE_EVALUATION_REPORT'
 AND p.subject_id = e.id
WHERE (e.state = 'COMPLETED') <> (p.document_id IS NOT NULL AND e.result IS NOT NULL
    AND e.valid_until = (e.completed_on + interval '6 months')::date)
   OR (e.state <> 'COMPLETED' AND e.report_document_id IS NOT NULL)
"""
_PEOPLE = """
SELECT format('evaluation/%s', e.id) AS subject,
       'whoever plans it evaluates, or whoever drafted its report confirmed it' AS detail
FROM evaluation e WHERE e.drafted_by = e.confirmed_by
   OR EXISTS (SELECT FROM evaluation_member m WHERE m.evaluation_id = e.id
              AND m.person_id = e.planned_by AND NOT m.is_out)
"""

CHECKS: tuple[Check, ...] = (
    by_statement(
        "I19",
        "评估得分均有定性意见，且出自已声明无利害关系的成员",
        "every score has its words and comes from somebody without a conflict of interests",
        _SCORES,
    ),
    by_statement(
        "evaluation_people",
        "方案经办人不评估，报告由起草人以外的人确认",
        "whoever plans does not evaluate, and reports are confirmed by somebody else",
        _PEOPLE,
    ),
    by_statement(
        "evaluation_reports",
        "完成的评估均有报告，有效期六个月",
        "every completed evaluation has its report, valid for six months",
        _REPORTS,
    ),
)
