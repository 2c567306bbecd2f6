"""`dingbian check` finds what no command would have let happen to a matter."""

import asyncpg
import pytest

from service.check import check
from service.settings import Settings
from tests.features.matters.conftest import Deciding
from tests.features.quota.conftest import Ledger


@pytest.fixture
async def issued(deciding: Deciding, ledger: Ledger) -> str:
    """A matter whose reply is out."""
    await ledger.grant(5)
    matter = await deciding.decided()
    await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
    return matter


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        ("I4", "UPDATE matter SET final_authority = 'SUPERIOR'"),
        ("I4", "UPDATE matter SET via_party_committee = true"),
        ("I5", "UPDATE matter SET decision_minutes_id = minutes_document_id"),
        ("I22", """UPDATE matter SET basis = '[{"level": "DEPARTMENTAL_RULE"}]'"""),
        ("matter_people", "UPDATE matter SET legal_by = signed_by"),
        ("matter_entered", "UPDATE matter SET approval_document_id = decision_minutes_id"),
        ("matter_entered", "UPDATE matter SET state = 'CLOSED', outcome = 'E5'"),
        ("matter_legality", "UPDATE matter SET legality = 'PASS'"),
        ("matter_numbers", "UPDATE matter SET number = 'QL-SX-2026-0002'"),
    ],
)
async def test_what_was_done_behind_the_commands_is_found(
    settings: Settings, rule: str, statement: str
) -> None:
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(statement)
    await connection.close()
    assert {each.rule for each in (await check(settings)).rules if each.findings} == {rule}
