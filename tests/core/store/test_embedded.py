"""The embedded server: who may do what in it, and what is left when something is killed."""

import asyncio
import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from service.core.start import CannotStart
from service.core.store.embedded import EmbeddedPostgres

IS_ROOT = os.geteuid() == 0
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))

LAUNCHER = """
import sys, time
from pathlib import Path
from service.core.store.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
print(server.pid, server.app_url, server.owner_url, flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A new folder through which every user may pass, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="dingbian-") as path:
        Path(path).chmod(0o711)
        yield Path(path)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(None, id="wheel"),
        pytest.param(
            DEBIAN[-1].parent if DEBIAN else None,
            id="debian",
            marks=pytest.mark.skipif(not DEBIAN, reason="Debian's postgresql is not installed"),
        ),
    ],
)
def server(request: pytest.FixtureRequest) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres.temporary(request.param) as started:
        yield started


async def fetch(url: str, *statements: str) -> list[asyncpg.Record]:
    """Run statements on a connection of their own; the rows of the last one."""
    connection = await asyncpg.connect(url)
    try:
        rows: list[asyncpg.Record] = []
        for statement in statements:
            rows = await connection.fetch(statement)
        return rows
    finally:
        await connection.close()


def launched(folder: Path) -> tuple["subprocess.Popen[str]", int, str, str]:
    """Another process with a server; its handle, the server's id, and the two addresses."""
    process = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    pid, app_url, owner_url = process.stdout.readline().split()
    return process, int(pid), app_url, owner_url


def end(process: "subprocess.Popen[str]", number: signal.Signals) -> None:
    process.send_signal(number)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def last_log_line(folder: Path) -> str:
    return (folder / "postgres" / "postgres.log").read_text().splitlines()[-1]


async def test_the_owner_makes_tables_and_the_application_cannot(server: EmbeddedPostgres) -> None:
    await fetch(server.owner_url, "CREATE TABLE ours (id int)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await fetch(server.app_url, "CREATE TABLE mine (id int)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await fetch(server.app_url, "SELECT * FROM ours")


async def test_neither_role_is_a_superuser(server: EmbeddedPostgres) -> None:
    for url in (server.app_url, server.owner_url):
        rows = await fetch(
            url,
            "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls AS is_mighty "
            "FROM pg_roles WHERE rolname = current_user",
        )
        assert [row["is_mighty"] for row in rows] == [False]


async def test_pages_have_checksums_and_text_sorts_the_same_everywhere(
    server: EmbeddedPostgres,
) -> None:
    rows = await fetch(
        server.app_url,
        "SELECT current_setting('data_checksums') AS sums, datcollate, "
        "pg_encoding_to_char(encoding) AS encoding FROM pg_database "
        "WHERE datname = current_database()",
    )
    assert tuple(rows[0]) == ("on", "C.UTF-8", "UTF8")


async def test_nothing_listens_on_the_network(server: EmbeddedPostgres) -> None:
    rows = await fetch(server.app_url, "SELECT current_setting('listen_addresses') AS addresses")
    assert rows[0]["addresses"] == ""


async def test_a_database_is_a_copy_of_its_template(server: EmbeddedPostgres) -> None:
    await server.create_database("pattern")
    pattern = server.url("dingbian_owner", "pattern")
    await fetch(pattern, "CREATE TABLE drawn AS SELECT 7 AS number")
    await server.create_database("copy", template="pattern")
    rows = await fetch(server.url("dingbian_owner", "copy"), "SELECT number FROM drawn")
    assert rows[0]["number"] == 7


async def test_a_committed_row_outlives_the_killing_of_every_process(folder: Path) -> None:
    process, pid, _, owner_url = launched(folder)
    await fetch(owner_url, "CREATE TABLE kept AS SELECT generate_series(1, 100) AS number")
    os.kill(pid, signal.SIGKILL)
    end(process, signal.SIGKILL)
    with EmbeddedPostgres(folder) as again:
        rows = await fetch(again.owner_url, "SELECT count(*) AS rows FROM kept")
    assert rows[0]["rows"] == 100


async def write_until_killed(url: str, numbers: Iterator[int], acknowledged: set[int]) -> None:
    connection = await asyncpg.connect(url)
    try:
        while True:
            number = next(numbers)
            await connection.execute("INSERT INTO written VALUES ($1)", number)
            acknowledged.add(number)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
        pass  # the server is gone; whether the last row stayed nobody was told
    finally:
        connection.terminate()


@pytest.mark.long
async def test_no_acknowledged_row_is_lost_over_many_crashes(folder: Path) -> None:
    moments = random.Random(20260901)
    numbers = itertools.count()
    acknowledged: set[int] = set()
    with EmbeddedPostgres(folder) as server:
        await fetch(server.owner_url, "CREATE TABLE written (number int)")
    for _ in range(10):
        process, pid, _, owner_url = launched(folder)
        writers = [
            asyncio.create_task(write_until_killed(owner_url, numbers, acknowledged))
            for _ in range(4)
        ]
        await asyncio.sleep(moments.uniform(0.2, 1.0))
        os.kill(pid, signal.SIGKILL)
        end(process, signal.SIGKILL)
        await asyncio.gather(*writers)
    with EmbeddedPostgres(folder) as server:
        rows = await fetch(server.owner_url, "SELECT number FROM written")
    assert len(acknowledged) > 1000
    assert acknowledged <= {row["number"] for row in rows}


def test_the_server_ends_cleanly_when_its_launcher_is_killed(folder: Path) -> None:
    process, pid, _, _ = launched(folder)
    end(process, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}/cwd").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert last_log_line(folder).endswith("database system is shut down")


async def test_a_start_right_after_the_launcher_was_killed_waits_for_its_server(
    folder: Path,
) -> None:
    process, pid, _, _ = launched(folder)
    end(process, signal.SIGKILL)
    with EmbeddedPostgres(folder) as again:
        assert again.pid != pid
        assert (await fetch(again.app_url, "SELECT 1 AS one"))[0]["one"] == 1


async def test_a_lock_file_that_names_a_living_stranger_is_no_obstacle(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        lock = folder / "postgres" / "cluster" / "postmaster.pid"
        left = lock.read_text().replace(str(server.pid), str(os.getppid()), 1)
    lock.write_text(left)
    with EmbeddedPostgres(folder) as again:
        assert (await fetch(again.app_url, "SELECT 1 AS one"))[0]["one"] == 1


def test_a_cluster_half_made_is_made_anew(folder: Path) -> None:
    half = folder / "postgres" / "cluster.new" / "base"
    half.mkdir(parents=True)
    (half / "junk").write_text("junk")
    with EmbeddedPostgres(folder, sync=False) as server:
        assert server.is_running


def test_two_launchers_never_share_a_folder(folder: Path) -> None:
    with (
        EmbeddedPostgres(folder, sync=False),
        pytest.raises(CannotStart, match="another running service"),
    ):
        EmbeddedPostgres(folder, sync=False).start()


def test_a_database_of_another_major_version_is_refused(folder: Path) -> None:
    with EmbeddedPostgres(folder, sync=False):
        pass
    (folder / "postgres" / "cluster" / "PG_VERSION").write_text("14\n")
    with pytest.raises(CannotStart, match=r"Expected .*, but .* was made by PostgreSQL 14"):
        EmbeddedPostgres(folder, sync=False).start()


def test_what_the_server_says_when_it_cannot_start_is_passed_on(folder: Path) -> None:
    with EmbeddedPostgres(folder, sync=False):
        pass
    with (folder / "postgres" / "cluster" / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(CannotStart, match=r"Expected the database to start, but: .*FATAL"):
        EmbeddedPostgres(folder, sync=False).start()


def test_a_folder_without_a_server_is_refused(folder: Path) -> None:
    with pytest.raises(CannotStart, match="Expected a PostgreSQL server in"):
        EmbeddedPostgres(folder, pg_bin=folder).start()


async def test_a_path_too_long_for_a_socket_or_full_of_odd_characters_works(folder: Path) -> None:
    for name in ("a deep folder, " * 8, "编办 & 100%"):
        with EmbeddedPostgres(folder / name, sync=False) as server:
            assert (await fetch(server.app_url, "SELECT 1 AS one"))[0]["one"] == 1


@pytest.mark.skipif(not IS_ROOT, reason="only root lends the server another user")
async def test_root_keeps_a_closed_folder_closed_and_puts_the_cluster_elsewhere(
    folder: Path,
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    data_dir, elsewhere = closed / "data", folder / "elsewhere"
    for _ in range(2):
        with EmbeddedPostgres(data_dir, sync=False, system_folder=elsewhere) as server:
            assert (await fetch(server.app_url, "SELECT 1 AS one"))[0]["one"] == 1
    assert closed.stat().st_mode & 0o777 == 0o700
    assert [(data_dir / "postgres").resolve()] == list(elsewhere.iterdir())
