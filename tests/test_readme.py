"""The tour of the README, run as it stands against a service started as it says."""

import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from service.settings import Settings
from tests.test_run import Running, folder, port

__all__ = ["folder", "port"]

_ROOT = Path(__file__).parents[1]
_ADDRESS = "http://127.0.0.1:8000"


def tour() -> str:
    """The lines between the fences of the one shell block."""
    (lines,) = re.findall(r"^```sh\n(.*?)^```", (_ROOT / "README.md").read_text(), re.M | re.S)
    return str(lines)


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_every_line_of_the_tour_works_and_shows_what_it_says(
    folder: Path, port: int, settings: Settings
) -> None:
    assert settings.database_url
    assert settings.migration_database_url
    assert _ADDRESS in tour()
    running = Running(
        folder,
        port,
        DATABASE_URL=settings.database_url,
        MIGRATION_DATABASE_URL=settings.migration_database_url,
        DINGBIAN_IS_DEMO="true",
    )
    try:
        script = tour().replace(_ADDRESS, f"http://127.0.0.1:{port}")
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
    finally:
        running.end(signal.SIGINT)
    assert done.returncode == 0, done.stderr + done.stdout
    for shown in (
        '"subject":"office-06"',
        '"operations":[',
        '"kind":"ADMIN","funding":"FULL","authorised":26,"actual":23',
        '"purpose":"2027年招录"',
        '"code":"quota_exceeded"',
        '"as_of":"2026-01-01"',
        '"code":"not_found"',
        '"value":"2026-12-01","reads":[]',
        '"command":"quota.reserve_posts","outcome":"quota_exceeded"',
        '"result":"BLOCK"',
        "'state': 'SUSPENDED_BY_GATE', 'gate': 'BLOCK'",
        "office-01 sign_close_out",
        "{'number': 'QL-ZG-2026-0001', 'state': 'CLOSED'",
        "'state': 'SUBMITTED', 'gate': 'CLEAR'",
        '"level":"OFFICE","title":"编办室务会","planned_on":"2026-11-24"',
        '"level":"FUGU","slot":"DEPUTY","authorised":1,"actual":1,"available":0',
        '"level":"FUGU","slot":"DEPUTY","authorised":2,"actual":1,"available":1',
        '"title":"关于增加中层副职职数的批复","issued_on":"2026-11-24"',
        "{'number': 'QL-SX-2026-0001', 'state': 'CLOSED', 'gate': 'CLEAR', 'outcome': 'E7'}",
        '"kind":"CLOCK_STOPPED","what":"联动关口中止"',
        '{"element":"done","entered":1,"left":1,"active":0,"incidents":0}',
    ):
        assert shown in done.stdout, shown
