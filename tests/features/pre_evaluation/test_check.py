"""`dingbian check` finds what no command would have let happen to an evaluation."""

import asyncpg
import pytest

from service.check import check
from service.settings import Settings
from tests.features.pre_evaluation.conftest import (
    DEPUTY,
    LEAD,
    UNIT,
    Evaluating,
    evaluating,
    ledger,
    report,
)

__all__ = ["evaluating", "ledger"]


@pytest.fixture
async def completed(evaluating: Evaluating) -> str:
    """An evaluation with its report."""
    evaluation = await evaluating.scored()
    await evaluating.complete(LEAD, evaluation, "draft_report", **report())
    await evaluating.complete(UNIT, evaluation, "comment_on_report")
    await evaluating.complete(DEPUTY, evaluation, "confirm_report", "confirm")
    return evaluation


@pytest.mark.usefixtures("completed")
async def test_what_was_done_behind_the_commands_is_found(settings: Settings) -> None:
    found = {}
    for statement, back in (
        ("UPDATE evaluation_member SET has_conflict = NULL", "has_conflict = false"),
        ("UPDATE evaluation SET valid_until = '2027-05-25'", "valid_until = '2027-05-24'"),
        ("UPDATE evaluation SET state = 'LAPSED'", "state = 'COMPLETED'"),
        ("UPDATE evaluation SET confirmed_by = drafted_by", "confirmed_by = planned_by"),
    ):
        connection = await asyncpg.connect(settings.migration_database_url)
        await connection.execute(statement)
        rules = {each.rule for each in (await check(settings)).rules if each.findings}
        await connection.execute(f"{statement.partition(' SET ')[0]} SET {back}")
        await connection.close()
        found[statement.partition(" SET ")[2]] = rules
    assert found == {
        "has_conflict = NULL": {"I19"},
        "valid_until = '2027-05-25'": {"evaluation_reports"},
        "state = 'LAPSED'": {"evaluation_reports"},
        "confirmed_by = drafted_by": {"evaluation_people"},
    }
    assert [each.rule for each in (await check(settings)).rules if each.findings] == []
