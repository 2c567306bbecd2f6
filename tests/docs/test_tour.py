"""The shell lines of the documents for diagram authors, against a service started as they say."""

import json
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from service.settings import Settings
from tests.test_run import Running, folder, port

from .examples import blocks, document
from .models import files

__all__ = ["folder", "port"]

_ADDRESS = "http://127.0.0.1:8000"


def _script() -> str:
    both = [*blocks(document("feel.md"), "sh"), *blocks(document("dmn.md"), "sh")]
    assert len(both) == 2
    assert all(_ADDRESS in block for block in both)
    return "\n".join(both)


def _save_files(beside: Path) -> Path:
    flow = beside / "post_precheck"
    for file in files(document("dmn.md")):
        path = flow / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content)
    return flow


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_an_author_tries_releases_and_decides_by_the_lines_as_they_stand(
    folder: Path, port: int, settings: Settings
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
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", _script().replace(_ADDRESS, _at(port))],
            cwd=_save_files(folder),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        running.end(signal.SIGINT)
    assert done.returncode == 0, done.stderr + done.stdout
    # One answer after the other, without anything between them.
    answers = list(_answers(done.stdout))
    tried, checked, read, approved = answers[:3], answers[3], answers[4], answers[5]
    assert [answer["value"] for answer in tried[::2]] == [2, True]
    assert tried[1]["warnings"] == []
    assert checked == {"is_sound": True, "findings": []}
    assert (read["state"], approved["state"]) == ("PROPOSED", "IN_FORCE")
    decided, (on_record, in_force) = answers[6:9], answers[9:]
    assert len({str(answer["output"]) for answer in decided}) == 1
    (written,) = blocks(document("dmn.md"), "json explanation")
    assert decided[0]["explanation"] == json.loads(written)
    assert on_record["items"][0]["decision_key"] == "post_opinion"
    assert [item["key"] for item in in_force["items"]] == [
        "post_level",
        "post_opinion",
        "twice",
        "vacant_posts",
        "valid_until",
    ]


def _at(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _answers(text: str) -> list[dict[str, Any]]:
    decoder = json.JSONDecoder()
    found = []
    rest = text.strip()
    while rest:
        answer, end = decoder.raw_decode(rest)
        found.append(answer)
        rest = rest[end:].lstrip()
    return found
