"""`dingbian check` finds nothing after whatever the verbs did, and everything that is broken."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import date
from typing import Any

import asyncpg
import pytest

from service.check import Report, check, page
from service.features.bodies.start_reform import StartReform
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.correct_entry import CorrectEntry
from service.features.quota.correct_opening import CorrectOpening
from service.features.quota.cut_quota import CutQuota
from service.features.quota.merge_bodies import MergeBodies
from service.features.quota.transfer_quota import TransferQuota
from service.sample_city.load import load
from service.settings import Settings
from tests.builders import City
from tests.conftest import Do, told
from tests.features.quota.conftest import Ledger
from tests.features.quota.test_opening_and_correcting import opening
from tests.features.quota.test_persons import CHIEF

LINE: dict[str, Any] = {"kind": QuotaKind.ADMIN, "funding": Funding.FULL}
FEBRUARY = date(2026, 2, 1)


@pytest.fixture
async def lived(ledger: Ledger, city: City, do: Do) -> Ledger:
    """A ledger with a bit of everything: openings, corrections, people, notices, transfers."""
    by: dict[str, Any] = {"document_id": city.document, "effective_on": FEBRUARY}
    entries = told(await do(opening(city, 12)))["entries"]
    wrong = {"entry_id": entries[0]["id"], "posts": 4, "reason": "点错行"}
    assert (await do(CorrectOpening(**wrong))).status == 201
    granted = told(await ledger.grant(3, body=city.other_body))["entries"]
    right = {"entry_id": granted[0]["id"], "posts": 4, "reason": "录入错误"}
    assert (await do(CorrectEntry(**right, document_id=city.document))).status == 201
    held = told(await ledger.reserve(2))["id"]
    first = told(await ledger.enter(1, held))["id"]
    assert (await ledger.enter(2, post=CHIEF)).status == 201
    notice = told(await ledger.reserve(2, body=city.other_body))["id"]
    assert (await ledger.move(first, notice)).status == 200
    assert (await ledger.exit(first, date(2026, 12, 24), version=2)).status == 200
    transfer = TransferQuota(body_id=city.other_body, to_body_id=city.body, posts=1, **LINE, **by)
    assert (await do(transfer)).status == 201
    assert (await do(CutQuota(body_id=city.body, posts=1, **LINE, **by))).status == 201
    assert (
        await ledger.enter(1, told(await ledger.reserve(1))["id"], on=date(2026, 12, 24))
    ).status
    return ledger


def broken(report: Report) -> set[str]:
    return {each.rule for each in report.rules if each.findings}


async def test_whatever_the_verbs_did_keeps_the_rules(
    lived: Ledger, settings: Settings, city: City, do: Do
) -> None:
    report = await check(settings)
    assert (report.is_sound, broken(report)) == (True, set()), page(report)
    assert {each.rule for each in report.rules} >= {
        *("I1", "I2", "I3", "I7", "I8", "I9", "I10", "I15", "I17", "I18", "I20", "I21", "LEDGER")
    }


async def test_a_merger_keeps_the_rules(
    ledger: Ledger, settings: Settings, city: City, do: Do
) -> None:
    await ledger.grant(3)
    await ledger.grant(2, body=city.other_body)
    assert (await ledger.enter(1, told(await ledger.reserve(1))["id"])).status == 201
    by: dict[str, Any] = {"document_id": city.document, "effective_on": date(2026, 9, 1)}
    assert (await do(StartReform(body_id=city.body, **by), if_match="1")).status == 200
    merge = MergeBodies(body_id=city.other_body, merged_ids=(city.body,), **by)
    merged = await do(merge, if_match="1")
    assert merged.status == 200, merged.body
    report = await check(settings)
    assert broken(report) == set(), page(report)
    await behind_the_back(
        settings,
        """UPDATE entry e SET authorised = 6 FROM account a WHERE a.id = e.account_id
           AND a.body_id IS NOT NULL AND e.action = 'TRANSFER' AND e.authorised = 3""",
    )
    assert broken(await check(settings)) == {"I3", "I17", "LEDGER"}


async def test_the_sample_city_keeps_the_rules_but_for_what_was_so_before(
    settings: Settings,
) -> None:
    await load(settings, lambda _: None, has_history=False)
    report = await check(settings)
    assert report.is_sound, page(report)


async def behind_the_back(settings: Settings, statement: str) -> None:
    """Change what no command can change."""
    owner = await asyncpg.connect(settings.migration_database_url)
    changed = await owner.execute(statement)
    await owner.close()
    assert not changed.endswith(" 0"), changed


#: What nobody can do by a command, done behind the service's back, and the rule that shows it.
FAULTS: dict[str, tuple[str, set[str]]] = {
    "a sum that entries do not make": ("UPDATE account SET actual = actual + 1", {"LEDGER"}),
    "an entry without room": (
        """UPDATE entry SET reserved = 9 WHERE action = 'RESERVE' AND reserved = 2""",
        {"I1", "LEDGER"},
    ),
    "a negative day": (
        "UPDATE entry SET effective_on = '2027-01-01' WHERE action = 'RESERVE'",
        {"I1", "LEDGER"},
    ),
    "more leaders than posts": (
        """UPDATE entry e SET actual = 2 FROM account a WHERE a.id = e.account_id
           AND a.ledger = 'LEADERSHIP' AND e.action = 'ENTER'""",
        {"I2", "LEDGER"},
    ),
    "a limit below what is allotted": (
        """UPDATE entry e SET authorised = 5 FROM account a WHERE a.id = e.account_id
           AND a.body_id IS NULL AND e.action = 'GRANT' AND e.authorised > 0""",
        {"I3", "LEDGER"},
    ),
    "a grant that the city does not count": (
        """UPDATE entry e SET actual = e.actual - 1 FROM account a WHERE a.id = e.account_id
           AND a.body_id IS NULL AND e.action = 'CUT'""",
        {"I3", "LEDGER"},
    ),
    "an entry without notice": (
        """UPDATE entry SET reservation_id = NULL WHERE action = 'MOVE' AND actual > 0""",
        {"I7"},
    ),
    "a notice that was over": (
        "UPDATE reservation SET expires_on = '2026-03-15' WHERE state = 'HELD'",
        {"I7"},
    ),
    "a notice used more often than counted": (
        "UPDATE reservation SET used = 0 WHERE used = 1",
        {"I7", "LEDGER"},
    ),
    "somebody on quota twice": (
        "UPDATE person SET exit_on = '2026-12-31' WHERE exit_on = '2026-12-24'",
        {"I8"},
    ),
    "a kind that the body never had": (
        "UPDATE person SET kind = 'SUPPORT' WHERE status = 'ACTIVE' AND tier IS NULL",
        {"I9", "LEDGER"},
    ),
    "a funding form that does not go with the kind": (
        "UPDATE account SET part = 'SELF' WHERE ledger = 'QUOTA'",
        {"I9", "LEDGER"},
    ),
    "a rank below its posts": ("UPDATE body SET rank = 'FUKE'", {"I10"}),
    "a gap in the numbers": (
        "UPDATE document SET number = 7, is_own = true WHERE is_own",
        {"I15"},
    ),
    "a closed body with quota": ("UPDATE body SET status = 'ABOLISHED'", {"I18"}),
    "a classified paper": (
        """ALTER TABLE document DROP CONSTRAINT ck_document_secrecy;
           UPDATE document SET secrecy = 'SECRET'""",
        {"I20"},
    ),
    "a quota of the grass roots that went up": (
        """UPDATE body_version SET system_category = 'TOWN'
           WHERE body_id = (SELECT id FROM body WHERE body_code = '990081050002')""",
        {"I21"},
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_is_broken_is_found(fault: str, lived: Ledger, settings: Settings) -> None:
    statement, rules = FAULTS[fault]
    await behind_the_back(settings, statement)
    report = await check(settings)
    assert broken(report) == rules, page(report)


def dingbian_check(settings: Settings, *options: str) -> subprocess.CompletedProcess[str]:
    """`dingbian check` as somebody at a terminal gives it."""
    environment = os.environ | {
        "DATABASE_URL": settings.database_url or "",
        "DINGBIAN_DATA_DIR": str(settings.data_dir),
    }
    return subprocess.run(
        [sys.executable, "-m", "service.cli", "check", *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_command_prints_a_page_and_ends_with_1_on_a_finding(
    lived: Ledger, settings: Settings
) -> None:
    sound = await asyncio.to_thread(dingbian_check, settings)
    assert (sound.returncode, sound.stderr) == (0, "")
    assert "规则成立" in sound.stdout
    await behind_the_back(settings, "UPDATE account SET frozen = 1")
    found = await asyncio.to_thread(dingbian_check, settings, "--json")
    assert found.returncode == 1
    report = json.loads(found.stdout)
    assert not report["is_sound"]
    assert [each["rule"] for each in report["rules"] if each["findings"]] == ["LEDGER"]


async def test_a_database_out_of_reach_is_one_sentence(settings: Settings) -> None:
    nowhere = settings.model_copy(update={"database_url": "postgresql://127.0.0.1:1/none"})
    failed = await asyncio.to_thread(dingbian_check, nowhere)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith("Expected to reach the database")
