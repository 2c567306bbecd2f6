"""`dingbian run`: what it refuses, and what is left when it ends."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from service.core.store.embedded import EmbeddedPostgres
from service.settings import Settings
from service.welcome import welcome
from tests.builders import City
from tests.people import CALLERS

OURS = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "PG_BIN")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A new folder through which every user may pass, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="dingbian-") as path:
        Path(path).chmod(0o711)
        yield Path(path)


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number: int = listener.getsockname()[1]
        return number


def environment(**settings: str) -> dict[str, str]:
    """Ours, without what would lead to another database, and with `settings`."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith("DINGBIAN_")
    }
    # What its people did all year is proved elsewhere.
    return inherited | {"DINGBIAN_DEMO_YEAR": "false"} | settings


def refusal(command: str, **settings: str) -> str:
    """The sentence with which a command refuses to start."""
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", command],
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_busy_port_is_refused_before_anything_starts(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        said = refusal("run", DINGBIAN_PORT=port, DINGBIAN_DATA_DIR=str(folder / "data"))
    assert said.startswith(f"Expected to listen on 127.0.0.1:{port}, but: ")
    assert not (folder / "data").exists()


def test_an_unwritable_data_folder_is_refused(folder: Path, port: int) -> None:
    in_its_place = folder / "data"
    in_its_place.write_text("a file")
    said = refusal("run", DINGBIAN_PORT=str(port), DINGBIAN_DATA_DIR=str(in_its_place))
    assert said.startswith(f"Expected a data folder that can be written at {in_its_place}, but: ")


def test_a_setting_out_of_range_is_named() -> None:
    said = refusal("run", DINGBIAN_PORT="99999")
    assert said.startswith("Expected a valid DINGBIAN_PORT, but: ")


def test_a_database_that_does_not_answer_is_refused(port: int) -> None:
    said = refusal("migrate", DATABASE_URL=f"postgresql://someone:secret@127.0.0.1:{port}/x")
    assert said.startswith("Expected a PostgreSQL database at 127.0.0.1/x, but: ")
    assert "secret" not in said


def test_a_worker_without_a_database_is_refused() -> None:
    said = refusal("worker")
    assert said.startswith("Expected the address of a PostgreSQL server in DATABASE_URL, but ")


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_ring_that_cannot_be_read_is_refused_in_one_sentence(command: str, port: int) -> None:
    said = refusal(
        command,
        DATABASE_URL=f"postgresql://someone@127.0.0.1:{port}/x",
        DINGBIAN_PORT=str(port),
        DINGBIAN_KEYS="{}",
    )
    assert said.startswith("Expected ")
    assert len(said.strip().splitlines()) == 1


async def test_a_database_of_a_newer_schema_is_refused() -> None:
    with EmbeddedPostgres.temporary() as server:
        connection = await asyncpg.connect(server.owner_url)
        await connection.execute(
            "CREATE TABLE alembic_version AS SELECT 'f00dfeedf00d' AS version_num"
        )
        await connection.close()
        said = refusal("migrate", DATABASE_URL=server.owner_url)
    assert said.startswith("Expected a database of this version or an older one, but ")
    assert "f00dfeedf00d" in said


class Running:
    """`dingbian run` in a folder, from the moment it says that it is ready."""

    def __init__(self, folder: Path, port: int, **settings: str) -> None:
        self.log = folder / "data" / "postgres" / "postgres.log"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "run"],
            env=environment(
                DINGBIAN_PORT=str(port), DINGBIAN_DATA_DIR=str(folder / "data"), **settings
            ),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "ready, " in line:
                break
        else:
            pytest.fail("".join(said))
        self.children = self.children_now()

    def children_now(self) -> list[int]:
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in children.split()]

    def end(self, number: signal.Signals) -> int:
        """Send a signal, wait for the end of all, and return the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        deadline = time.monotonic() + 30
        while any(Path(f"/proc/{pid}/cwd").exists() for pid in self.children):
            assert time.monotonic() < deadline, "a process was left behind"
            time.sleep(0.05)
        return code

    def is_database_clean(self) -> bool:
        return self.log.read_text().rstrip().endswith("database system is shut down")


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGINT, marks=pytest.mark.long),
        pytest.param(signal.SIGKILL, marks=pytest.mark.long),
    ],
)
def test_however_it_ends_no_process_stays_and_the_database_is_clean(
    folder: Path, port: int, number: signal.Signals
) -> None:
    running = Running(folder, port)
    assert len(running.children) == 3
    code = running.end(number)
    assert code == (-signal.SIGKILL if number == signal.SIGKILL else 0)
    assert running.is_database_clean()


@pytest.mark.long
def test_every_process_that_is_killed_is_started_again(folder: Path, port: int) -> None:
    running = Running(folder, port)
    try:
        for pid in running.children:
            os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while True:
            now = running.children_now()
            if len(now) == 3 and not set(now) & set(running.children):
                break
            assert time.monotonic() < deadline, "not everything was started again"
            time.sleep(0.05)
        running.children = now
    finally:
        running.end(signal.SIGINT)


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_it_names_the_people_one_can_be_and_a_first_call_that_works_as_printed(
    folder: Path, port: int, settings: Settings, city: City
) -> None:
    assert settings.database_url
    assert settings.migration_database_url
    running = Running(
        folder,
        port,
        DATABASE_URL=settings.database_url,
        MIGRATION_DATABASE_URL=settings.migration_database_url,
        DINGBIAN_IS_DEMO="true",
    )
    try:
        assert len(running.children) == 2, "a database that is given needs no server of ours"
        lines = list(welcome("127.0.0.1", port, is_demo=True))
        for subject in CALLERS:
            assert any(line.strip().startswith(subject) for line in lines)
        call = lines[-1].strip()
        assert call.startswith("curl ")
        answer = subprocess.run(call, shell=True, capture_output=True, timeout=30, check=True)
        assert json.loads(answer.stdout)["next"] is None
    finally:
        running.end(signal.SIGINT)
