"""`dingbian keys …` as an operator runs it: in a process of its own, told by the environment."""

import asyncio
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from service.core.auth.key_ring import KEY_FILE, KeyRing, RingFile
from service.settings import Settings
from tests.core.auth.conftest import PEOPLE, ROWS

_OURS = ("DINGBIAN_", "DATABASE_URL", "MIGRATION_DATABASE_URL")


async def keys(*words: str, **told: Any) -> subprocess.CompletedProcess[str]:
    """Run one command; `told` are variables of the environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(_OURS)}
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "service.cli", "keys", *words],
        env=environment | {name: str(value) for name, value in told.items()},
        capture_output=True,
        text=True,
        timeout=60,
    )


def ring_in(folder: Path) -> KeyRing:
    return RingFile(folder / KEY_FILE).ring()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def told(settings: Settings, sealed: None) -> dict[str, Any]:
    """The environment of the installation that the test has."""
    return {"DATABASE_URL": settings.database_url, "DINGBIAN_DATA_DIR": settings.data_dir}


async def test_keys_rotate_from_the_command_line(settings: Settings, told: dict[str, Any]) -> None:
    old = ring_in(settings.data_dir)
    before = await keys("show", **told)
    assert before.stdout == f"dingbian: {old.newest}  seals, named by {PEOPLE + 2} values\n"
    done = await keys("rotate", **told)
    assert done.returncode == 0, done.stderr
    new = ring_in(settings.data_dir)
    assert f"{ROWS} rows sealed anew; {new.newest} seals" in done.stdout
    after = await keys("show", **told)
    assert after.stdout == f"dingbian: {new.newest}  seals, named by {PEOPLE + 2} values\n"
    for key in json.loads(new.text())["keys"].values():
        assert key not in before.stdout + done.stdout + after.stdout


async def test_a_ring_that_is_not_this_databases_is_seen(told: dict[str, Any]) -> None:
    shown = await keys("show", **told, DINGBIAN_KEYS=KeyRing.fresh().text())
    assert f"NOT IN THE RING, named by {PEOPLE + 2} values" in shown.stdout


async def test_a_ring_of_the_environment_goes_through_a_whole_rotation(
    settings: Settings, told: dict[str, Any]
) -> None:
    first = ring_in(settings.data_dir).text()
    second = (await keys("next-ring", DINGBIAN_KEYS=first)).stdout.strip()
    done = await keys("rotate", **told, DINGBIAN_KEYS=second)
    assert done.returncode == 0, done.stderr
    last = KeyRing.read(second, "here").newest_only().text()
    shown = await keys("show", **told, DINGBIAN_KEYS=last)
    assert "NOT IN THE RING" not in shown.stdout
    assert f"named by {PEOPLE + 2} values" in shown.stdout


async def test_an_unfinished_rotation_gets_no_third_key() -> None:
    both = KeyRing.fresh().with_new_key()
    refused = await keys("next-ring", DINGBIAN_KEYS=both.text())
    assert refused.returncode == 1
    assert both.older[0] in refused.stderr


async def test_a_first_ring_is_a_fresh_one_each_time() -> None:
    one, two = [(await keys("new-ring")).stdout for _ in range(2)]
    assert KeyRing.read(one, "here") != KeyRing.read(two, "here")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["rotate"], "there are none."),
        (["show"], "there are none."),
        (["next-ring"], "it is not set; a key file gets its new key from `dingbian keys rotate`."),
    ],
)
async def test_where_no_keys_are_none_are_made(
    tmp_path: Path, words: list[str], expected: str
) -> None:
    refused = await keys(*words, DINGBIAN_DATA_DIR=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith(expected)
    assert names_in(tmp_path) == []


async def test_a_key_file_that_others_can_read_is_refused_in_a_sentence(
    settings: Settings, told: dict[str, Any]
) -> None:
    path = settings.data_dir / KEY_FILE
    path.chmod(path.stat().st_mode | stat.S_IROTH)
    refused = await keys("rotate", **told)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Expected ")
    assert len(refused.stderr.splitlines()) == 1
    assert "0604" in refused.stderr


async def test_a_database_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    RingFile(tmp_path / KEY_FILE)
    address = "postgresql://nobody@127.0.0.1:9/none"
    refused = await keys("show", DINGBIAN_DATA_DIR=tmp_path, DATABASE_URL=address)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Expected the database to answer, but: ")
    assert len(refused.stderr.splitlines()) == 1
