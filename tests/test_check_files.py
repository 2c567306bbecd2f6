"""`dingbian check PATH`: the findings of files, line by line, without a server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.diagrams import END, START, chain, diagram, user_task
from tests.features.processes.folders import call, flow, folder


def check(*arguments: str, cwd: Path) -> tuple[int, list[str], str]:
    """Exit code, printed lines, and what went wrong."""
    root = Path(__file__).parents[1]
    environment = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", "check", *arguments],
        cwd=cwd,
        env=environment | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    """A folder with a sound flow and another that calls it."""
    back = diagram("consult", chain(START, user_task("ask"), call("review"), END))
    for name, files in (
        ("matters", folder()),
        ("consultation", [{"path": "consult.bpmn", "content": back}]),
    ):
        for file in files:
            path = tmp_path / name / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file["content"], encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path", [".", "matters", "matters/review.bpmn", "consultation"])
def test_sound_files_end_with_exit_code_0(flows: Path, path: str) -> None:
    code, lines, _ = check(path, cwd=flows)
    assert code == 0, lines
    assert lines[-1].endswith("0 findings.")


def test_a_finding_is_a_line_with_path_line_element_rule_and_sentence(flows: Path) -> None:
    review = flows / "matters" / "review.bpmn"
    review.write_text(
        flow().replace('candidateGroups="office_case_officer"', "candidateGroups='x'")
    )
    number = 1 + review.read_text().splitlines().index(
        next(line for line in review.read_text().splitlines() if "candidateGroups" in line)
    )
    for path in (".", "matters", "matters/review.bpmn"):
        code, lines, _ = check(path, cwd=flows)
        assert code == 1
        assert lines[0].startswith(f"matters/review.bpmn:{number} look unknown_duty "), lines
        assert "Expected a duty" in lines[0]
        assert "职责“x”不存在" in lines[0]
    code, lines, _ = check("matters/levels.dmn", cwd=flows)
    assert code == 0, "a file answers for itself"


def test_a_warning_is_shown_and_no_fault(flows: Path) -> None:
    review = flows / "matters" / "review.bpmn"
    review.write_text(flow().replace(' isExecutable="true"', ""))
    code, lines, _ = check("matters", cwd=flows)
    assert code == 0
    assert " review executable_unsaid (warning) " in lines[0]


def test_a_test_that_fails_and_a_file_that_has_no_place_are_faults(flows: Path) -> None:
    (flows / "matters" / "scenarios" / "levels.yaml").write_text(
        "decision: level\ncases:\n  - {name: 六个, inputs: {posts: 6}, expect: office}\n"
    )
    (flows / "matters" / "notes.yml").write_text("x")
    code, lines, _ = check("matters", cwd=flows)
    assert code == 1
    assert [line.split()[2] for line in lines[:-1]] == ["file_form", "scenario"]


def test_a_program_gets_json(flows: Path) -> None:
    (flows / "matters" / "levels.dmn").write_text("<x/>")
    code, lines, _ = check("matters", "--json", cwd=flows)
    told = json.loads("\n".join(lines))
    assert (code, told["is_sound"], told["files"]) == (1, False, 4)
    assert {"matters/levels.dmn"} <= {each["path"] for each in told["findings"]}


@pytest.mark.parametrize("path", ["nowhere", "matters/forms"])
def test_where_nothing_is_to_check_one_sentence_says_so(flows: Path, path: str) -> None:
    code, _, said = check(path, cwd=flows)
    assert code == 1
    assert said.startswith("Expected ")


def test_a_hostile_file_costs_a_finding(flows: Path) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'
    (flows / "matters" / "review.bpmn").write_text(bomb)
    code, lines, _ = check("matters/review.bpmn", cwd=flows)
    assert code == 1
    assert lines[0].startswith("matters/review.bpmn:1 - unreadable ")
