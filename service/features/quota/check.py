"""The invariants of the ledger over a whole database (domain §4.11), for `dingbian check`."""

from service.core.check import Check, by_statement
from service.core.secrecy import STORABLE
from service.features.quota.check_accounts import ACCOUNTS
from service.features.quota.codes import ALLOWED_FUNDING, GRASS_ROOTS, Level

_ALLOTTED = """
SELECT format('city_limit/%s-%s', kind, part) AS subject,
       format('from %s on bodies have %s more, the city counts %s', effective_on, bodies, city)
           AS detail
FROM (SELECT a.kind, a.part, e.effective_on,
             coalesce(sum(e.authorised) FILTER (WHERE a.body_id IS NOT NULL), 0) AS bodies,
             coalesce(sum(e.actual) FILTER (WHERE a.body_id IS NULL), 0) AS city
      FROM entry e JOIN account a ON a.id = e.account_id WHERE a.ledger = 'QUOTA'
      GROUP BY a.kind, a.part, e.effective_on) day
WHERE bodies <> city
"""
_NOTICES = """
SELECT format('person/%s', e.person_id) AS subject,
       format('came to the account on %s without a notice that held', e.effective_on) AS detail
FROM entry e JOIN account a ON a.id = e.account_id
LEFT JOIN reservation r ON r.id = e.reservation_id AND r.account_id = e.account_id
     AND r.effective_on <= e.effective_on AND e.effective_on < r.expires_on
     AND NOT EXISTS (SELECT FROM entry ended WHERE ended.account_id = e.account_id
         AND ended.reservation_id = r.id AND ended.action IN ('RELEASE', 'EXPIRE')
         AND ended.recorded_at < e.recorded_at)
WHERE a.ledger = 'QUOTA' AND a.body_id IS NOT NULL AND e.actual > 0
  AND e.action IN ('ENTER', 'MOVE') AND r.id IS NULL
  AND NOT (e.reservation_id IS NULL AND EXISTS (
      SELECT FROM person_version v WHERE v.person_id = e.person_id
      AND v.command_id = e.command_id AND v.tier = 'LEADERSHIP'))
  AND NOT EXISTS (SELECT FROM body_version v
                  WHERE v.command_id = e.command_id AND v.action = 'MERGE')
UNION ALL
SELECT format('reservation/%s', r.id),
       format('%s of %s posts are used, entries show %s; it is %s',
              r.used, r.posts, count(e.id), r.state)
FROM reservation r LEFT JOIN entry e ON e.account_id = r.account_id AND e.reservation_id = r.id
     AND e.action IN ('ENTER', 'MOVE', 'USE') AND e.reserved = -1
GROUP BY r.id
HAVING r.used <> count(e.id) OR r.used > r.posts OR (r.used = r.posts) <> (r.state = 'USED')
"""
_TWICE = """
SELECT format('person/%s', one.id) AS subject,
       format('is on the establishment at the same time as person/%s', other.id) AS detail
FROM person one JOIN person other
  ON other.id_no_index = one.id_no_index AND other.id > one.id
WHERE one.status = 'ACTIVE' AND other.status = 'ACTIVE'
   OR NOT one.is_opening AND NOT other.is_opening
      AND one.entry_on < coalesce(other.exit_on, 'infinity')
      AND other.entry_on < coalesce(one.exit_on, 'infinity')
"""
_KINDS = """
SELECT format('person/%s', p.id) AS subject,
       format('holds %s %s, which the body never had', p.kind, p.funding) AS detail
FROM person p WHERE p.status = 'ACTIVE' AND NOT p.is_opening AND NOT EXISTS (
    SELECT FROM account a JOIN entry e ON e.account_id = a.id
    WHERE a.body_id = p.body_id AND a.ledger = 'QUOTA' AND (a.kind, a.part) = (p.kind, p.funding)
      AND e.authorised > 0)
UNION ALL
SELECT format('account/%s', id), format('%s does not go with %s', kind, part) FROM account
WHERE ledger = 'QUOTA' AND authorised > 0 AND kind || '-' || part <> ALL ($1::text[])
"""
_LEVELS = """
SELECT format('body/%s', b.id) AS subject,
       format('has %s posts of %s %s, above its rank %s',
              greatest(a.authorised, a.actual), a.kind, a.part, b.rank) AS detail
FROM account a JOIN body b ON b.id = a.body_id
WHERE a.ledger IN ('LEADERSHIP', 'MIDLEVEL') AND (a.authorised > 0 OR a.actual > 0)
  AND array_position($1::text[], a.kind) < array_position($1::text[], b.rank)
  AND EXISTS (SELECT FROM entry e WHERE e.account_id = a.id
              AND e.action NOT IN ('OPEN', 'CORRECT') AND (e.authorised > 0 OR e.actual > 0))
"""
_NUMBERS = """
SELECT format('series/%s-%s', d.series, d.year) AS subject,
       format('%s papers, numbered %s to %s, counted %s',
              count(*), min(d.number), max(d.number), s.last) AS detail
FROM document d LEFT JOIN number_series s USING (series, year)
WHERE d.is_own GROUP BY d.series, d.year, s.last
HAVING min(d.number) <> 1 OR max(d.number) <> count(*) OR s.last IS DISTINCT FROM max(d.number)
"""
_MERGERS = """
SELECT format('command/%s', e.command_id) AS subject,
       format('a merger left %s more posts of %s %s', sum(e.authorised), a.kind, a.part) AS detail
FROM entry e JOIN account a ON a.id = e.account_id
WHERE a.ledger = 'QUOTA' AND a.body_id IS NOT NULL AND e.command_id IN (
    SELECT command_id FROM body_version WHERE action = 'MERGE')
GROUP BY e.command_id, a.kind, a.part HAVING sum(e.authorised) > 0
"""
_CLOSED = """
SELECT format('body/%s', b.id) AS subject,
       format('is %s but has %s %s: %s authorised, %s held, %s reserved, %s frozen', b.status,
              a.kind, a.part, a.authorised, a.actual, a.reserved, a.frozen) AS detail
FROM body b JOIN account a ON a.body_id = b.id
WHERE b.status IN ('ABOLISHED', 'MERGED')
  AND (a.authorised, a.actual, a.reserved, a.frozen) <> (0, 0, 0, 0)
UNION ALL
SELECT format('body/%s', b.id), format('is %s but person/%s works there', b.status, p.id)
FROM body b JOIN person p ON b.id IN (p.body_id, p.work_body_id)
WHERE b.status IN ('ABOLISHED', 'MERGED') AND p.status = 'ACTIVE'
"""
_SECRETS = """
SELECT format('body/%s', id) AS subject, format('is %s', secrecy) AS detail FROM body
WHERE secrecy <> ALL ($1::text[])
UNION ALL SELECT format('body/%s', body_id), format('was %s', secrecy) FROM body_version
WHERE secrecy <> ALL ($1::text[])
UNION ALL SELECT format('document/%s', id), format('is %s', secrecy) FROM document
WHERE secrecy <> ALL ($1::text[])
"""
# Who stood above whom is asked of the versions known when the transfer was recorded.
_GRASS_ROOTS = """
WITH RECURSIVE moved AS (
    SELECT e.id, e.command_id, e.recorded_at, e.authorised, a.body_id, a.kind, a.part
    FROM entry e JOIN account a ON a.id = e.account_id
    WHERE e.action = 'TRANSFER' AND a.ledger = 'QUOTA' AND a.body_id IS NOT NULL),
above AS (
    SELECT id, recorded_at, body_id AS superior_id FROM moved
    UNION
    SELECT above.id, above.recorded_at, superior.id FROM above
    CROSS JOIN LATERAL ({version}) v
    CROSS JOIN LATERAL unnest(ARRAY[v.parent_id, v.competent_body_id, v.sponsor_body_id])
        AS superior (id)
    WHERE superior.id IS NOT NULL),
placed AS (
    SELECT moved.*, EXISTS (
        SELECT FROM above CROSS JOIN LATERAL ({version}) v
        WHERE above.id = moved.id AND v.system_category = ANY ($1::text[])) AS is_grass_roots
    FROM moved)
SELECT format('body/%s', giving.body_id) AS subject,
       format('gave %s posts of %s %s to body/%s, which is not of the grass roots',
              -giving.authorised, giving.kind, giving.part, taking.body_id) AS detail
FROM placed giving JOIN placed taking USING (command_id, kind, part)
WHERE giving.authorised < 0 AND taking.authorised > 0
  AND giving.is_grass_roots AND NOT taking.is_grass_roots
""".format(
    version="""SELECT v.* FROM body_version v
        WHERE v.body_id = above.superior_id AND v.known_from <= above.recorded_at
          AND NOT EXISTS (SELECT FROM body_version c WHERE c.corrects_id = v.id
                          AND c.known_from <= above.recorded_at)
        ORDER BY v.true_from DESC, v.known_from DESC LIMIT 1"""
)
_PAIRS = sorted(f"{kind}-{form}" for kind, forms in ALLOWED_FUNDING.items() for form in forms)
_LEVEL_ORDER = [level for level in Level if level is not Level.UNRANKED]

CHECKS: tuple[Check, ...] = (
    ACCOUNTS,
    by_statement(
        "I3",
        "各单位编制之和等于已下达总数且不超全市总量",
        "bodies stay within the city's limit",
        _ALLOTTED,
    ),
    by_statement("I7", "入编凭有效用编通知单", "entries rest on a notice that held", _NOTICES),
    by_statement("I8", "一人在任何一日只占一编", "nobody is on quota twice", _TWICE),
    by_statement("I9", "编制类型与机构、经费相符", "kinds fit body and funding", _KINDS, _PAIRS),
    by_statement("I10", "职数不超机构规格", "no post above its body's rank", _LEVELS, _LEVEL_ORDER),
    by_statement("I15", "文号连续无缺", "document numbers without gaps", _NUMBERS),
    by_statement("I17", "合并后编制不增加", "no merger made more quota", _MERGERS),
    by_statement("I18", "撤并机构已清零", "closed bodies hold nothing", _CLOSED),
    by_statement("I20", "无涉密信息", "nothing classified", _SECRETS, sorted(map(str, STORABLE))),
    by_statement(
        "I21", "基层编制未被挤占", "grass roots kept their quota", _GRASS_ROOTS, sorted(GRASS_ROOTS)
    ),
)
