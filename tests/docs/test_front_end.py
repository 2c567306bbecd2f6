"""The pages for diagram authors and front-end teams: their files and lines as they stand."""

import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from service.core.errors import every_refusal
from service.core.store.outbox import every_event
from service.main import create_app
from service.settings import Settings
from tests.test_run import Running, folder, port

from .examples import blocks, document
from .test_tour import _answers

__all__ = ["folder", "port"]

_ADDRESS = "http://127.0.0.1:8000"
_FILE = re.compile(r"^```(?:xml|json) (?P<path>\S+\.\w+)\n(?P<body>.*?)^```$", re.M | re.S)
_CLI = f'dingbian() {{ {shlex.quote(sys.executable)} -m service.cli "$@"; }}\n'
_AUTHORS = document("diagram-authors.md")
_TEAMS = document("front-end-teams.md")
_INTEGRATORS = document("integrators.md")
_MATTERS = document("integrators-matters.md")


def _files() -> dict[str, str]:
    return {part["path"]: part["body"] for part in _FILE.finditer(_AUTHORS)}


def _script(text: str) -> str:
    (only,) = blocks(text, "sh")
    assert _ADDRESS in only
    return only


@pytest.mark.parametrize("name", ["diagram-authors", "front-end-teams"])
def test_both_languages_show_the_same_files_and_lines(name: str) -> None:
    english, chinese = document(f"{name}.md"), document(f"{name}.zh-CN.md")
    shown = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.M | re.S)
    assert [_bare(*part) for part in shown.findall(english)] == [
        _bare(*part) for part in shown.findall(chinese)
    ]


def _bare(kind: str, body: str) -> tuple[str, str]:
    """Without remarks, and pictures by their kind only: both are written in each language."""
    if kind == "mermaid":
        return kind, ""
    return kind, "\n".join(line for line in body.splitlines() if not line.startswith("# "))


def test_every_piece_of_xml_is_sound_in_the_flow_of_the_page(tmp_path: Path) -> None:
    """Each is put where it belongs, and the folder is checked as an author checks it."""
    pieces = blocks(_AUTHORS, "xml piece")
    assert len(pieces) == 5
    groups, late, output, vote, apart = pieces
    flow = _files()["post_check.bpmn"]
    flow = flow.replace("</dingbian:actions>", f"</dingbian:actions>{output}", 1)
    flow = flow.replace('<dingbian:separation elements="review"/>', f"{groups}{apart}")
    flow = flow.replace(
        '<exclusiveGateway id="way"',
        f'<boundaryEvent id="lapse" attachedToRef="review">{late}</boundaryEvent>'
        f'<endEvent id="lapsed"/><sequenceFlow id="f1" sourceRef="lapse" targetRef="lapsed"/>'
        f'{vote}<exclusiveGateway id="way"',
    )
    flow = flow.replace('sourceRef="sign" targetRef="tell"', 'sourceRef="sign" targetRef="vote"')
    flow = flow.replace(
        '<sequenceFlow id="to_done"',
        '<sequenceFlow id="f2" sourceRef="vote" targetRef="tell"/><sequenceFlow id="to_done"',
    )
    assert all(piece in flow for piece in pieces)
    _save(_files() | {"post_check.bpmn": flow}, tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", "check", str(tmp_path / "post_check")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith(" 0 findings.")


def _save(files: Mapping[str, str], beside: Path) -> Path:
    for name, content in files.items():
        path = beside / "post_check" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return beside / "post_check"


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_an_author_releases_the_flow_and_a_front_end_works_on_its_case(
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
        place = _save(_files(), folder)
        released = _run(_CLI + _script(_AUTHORS), place, port)
        first, _, rest = released.partition("\n")
        worked = _run(_script(_TEAMS), folder, port)
        begun = _run(_script(_INTEGRATORS), folder, port)
        asked = _run(_script(_MATTERS), folder, port)
    finally:
        running.end(signal.SIGINT)
    assert first.endswith(" 0 findings.")
    checked, read, approved = _answers(rest)
    assert checked == {"is_sound": True, "findings": []}
    assert (read["state"], approved["state"]) == ("PROPOSED", "IN_FORCE")
    _require_worked(list(_answers(worked)))
    started, sent, again, cases, feed = _answers(begun)
    assert (started["business_key"], started["state"]) == ("HR-1", "RUNNING")
    assert sent["id"] == again["id"]
    assert [each["business_key"] for each in cases["items"]] == ["HR-2"]
    ids = [each["data"]["instance_id"] for each in feed["items"]]
    assert ids[-2:] == [started["id"], cases["items"][0]["id"]]
    _require_asked(list(_answers(asked)))


def _run(script: str, place: Path, port: int) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script.replace(_ADDRESS, f"http://127.0.0.1:{port}")],
        cwd=place,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def _require_worked(answers: list[Any]) -> None:
    """Each answer of the page for front-end teams, in its order."""
    counts, claimed, late, page, comment, file, faulty, completed = answers[:8]
    case, drawn, signed, history, notices = answers[8:]
    assert (counts["offered"], claimed["version"]) == (1, 2)
    assert (late["code"], late["facts"]["assignee_name"]) == (
        "task_taken",
        claimed["assignee_name"],
    )
    assert page["form"]["title"] == "核查意见"
    assert [each["id"] for each in page["actions"] if each["is_open"]] == ["agree", "return"]
    assert (comment["text"], file["media_type"]) == ("材料齐全。", "application/pdf")
    assert (faulty["code"], faulty["facts"]["faults"][0]["pointer"]) == ("form_faulty", "/posts")
    assert (completed["state"], completed["action"]) == ("COMPLETED", "agree")
    assert [each["element"] for each in case["tasks"]] == ["sign"]
    marks = {each["element"]: each["active"] for each in drawn["elements"]}
    assert (marks["review"], marks["sign"]) == (0, 1)
    assert signed["state"] == "COMPLETED"
    assert {"start", "review", "sign", "tell", "done"} <= {
        each["element"] for each in history["items"]
    }
    assert notices == {"items": [], "next": None}


def _require_asked(answers: list[Any]) -> None:
    """Each answer of the page on matters from other systems, in its order."""
    matter, feed, refused = answers
    assert (matter["state"], [each["element"] for each in matter["tasks"]]) == (
        "DRAFT",
        ["write_request"],
    )
    assert feed["items"][-1]["data"]["matter_id"] == matter["id"]
    assert (refused["code"], refused["facts"]) == ("matter_moved", {"state": "DRAFT"})


def test_every_event_and_address_on_the_page_of_matters_exists() -> None:
    named = set(re.findall(r"\b((?:matters|rectification|tasks)\.[a-z]\w+)", _MATTERS))
    assert len(named) > 12
    assert named <= {each.type for each in every_event()}
    served = create_app(Settings(is_demo=False)).openapi()["paths"]
    asked = set(re.findall(r"(?:GET|POST) (/[\w/{}-]+)", _MATTERS))
    assert len(asked) > 3
    assert {re.sub(r"\{\w+\}", "{}", "/api/v1" + path) for path in asked} <= {
        re.sub(r"\{\w+\}", "{}", path) for path in served
    }


@pytest.mark.parametrize("name", ["front-end-teams.md", "front-end-teams.zh-CN.md"])
def test_every_code_event_and_address_that_is_named_exists(name: str) -> None:
    text = document(name)
    events = {each.type for each in every_event()}
    named = set(re.findall(r"`((?:tasks|processes|meetings)\.\w+)`", text))
    assert len(named) >= 7
    assert named <= events
    codes = {each.code for each in every_refusal()}
    rows = re.findall(r"^\| (?:409|412|422) .*?\|", text, re.M)
    assert len(rows) >= 6
    assert {code for row in rows for code in re.findall(r"`(\w+)`", row)} <= codes
    served = create_app(Settings(is_demo=False)).openapi()["paths"]
    asked = re.findall(r"`(?:GET|POST) (/[^`?]*)", text)
    shapes = {re.sub(r"\{\w+\}", "{}", path) for path in served}
    assert {"/api/v1" + path.replace("{id}", "{}") for path in asked} <= shapes
