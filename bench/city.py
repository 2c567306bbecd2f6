"""The body of data that both sides work on: bodies with quota accounts, and one officer.

Ids are made from a number, so that the load generator and pgbench name the same bodies without
asking; the number is written in decimal digits, which are hexadecimal ones too.
"""

import asyncpg

SUBJECT = "bench"
FIRST = 100_000_000_000
"""The number of the first body: twelve digits, the last group of a UUID."""
BODIES = 1_000
FIXED = "-0000-7000-8000-"
"""The middle of every id made here; no id made at run time has it."""
BODY = f"0190b0d1{FIXED}"
ACCOUNT = f"0190acc0{FIXED}"
_ENTRY = f"0190e471{FIXED}"
_ACTOR = f"0190ac70{FIXED}{FIRST}"

_KINDS = (("ADMIN", "FULL"), ("INSTITUTION", "FULL"), ("SUPPORT", "PARTIAL"))
_GRANTED_POSTS = 100_000  # more than any run can reserve

_SQL = f"""
INSERT INTO body (id, version, body_code, full_name, names, other_names, body_type,
                  system_category, rank, civil_servant_law_ref, main_functions, status, secrecy,
                  lineage, true_from, known_from)
SELECT ('{BODY}' || n)::uuid, 1, n::text, 'Body ' || n, 'Body ' || n, '{{}}', 'ORGAN', 'GOV',
       'ZHENGKE', false, '', 'ACTIVE', 'PUBLIC', ARRAY[('{BODY}' || n)::uuid], '2020-01-01',
       '2020-01-01'
FROM generate_series({FIRST}, {FIRST + BODIES - 1}) n;

INSERT INTO account (id, version, body_id, ledger, kind, part, authorised, actual, reserved,
                     frozen, latest_effective_on, last_recorded_at)
SELECT ('{ACCOUNT}' || n + k.place * {BODIES})::uuid, 1, ('{BODY}' || n)::uuid, 'QUOTA',
       k.kind, k.part, {_GRANTED_POSTS}, 0, 0, 0, '2026-01-01', '2026-01-01'
FROM generate_series({FIRST}, {FIRST + BODIES - 1}) n
CROSS JOIN (VALUES {", ".join(f"({i}, '{k}', '{p}')" for i, (k, p) in enumerate(_KINDS))})
    AS k (place, kind, part);

INSERT INTO entry (id, account_id, action, authorised, actual, reserved, frozen, effective_on,
                   recorded_at, command_id, is_breach, reason)
SELECT ('{_ENTRY}' || n)::uuid, ('{ACCOUNT}' || n)::uuid, 'OPEN', {_GRANTED_POSTS}, 0, 0, 0,
       '2026-01-01', '2026-01-01', gen_random_uuid(), false, ''
FROM generate_series({FIRST}, {FIRST + BODIES * len(_KINDS) - 1}) n;

INSERT INTO actor (id, version, subject, name, is_program, is_active)
VALUES ('{_ACTOR}', 1, '{SUBJECT}', '{SUBJECT}', false, true);

INSERT INTO assignment (id, version, actor_id, duty, reach, true_from)
VALUES ('{_ACTOR}', 1, '{_ACTOR}', 'office_case_officer', 'CITY', '2020-01-01');

INSERT INTO demo_clock (is_set, is_complete, moved) VALUES (true, true, interval '0');
"""


async def build(owner_url: str) -> None:
    """Fill a migrated database and leave its statistics fresh."""
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute(_SQL)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
