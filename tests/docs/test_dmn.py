"""Every table, box and file of `docs/how-to/dmn.md`, in both languages."""

import json
import re
from pathlib import Path

import pytest

from service.core import dmn as core
from service.core.dmn import DmnModel, Evaluation
from service.core.feel import Run, compile
from service.core.feel.values import same
from service.features.decisions.explaining import explained
from service.features.decisions.model_files import check_models, compiled
from service.features.processes.checking import check

from .examples import blocks, document
from .models import POLICIES, Shown, files, shown, values

ENGLISH, CHINESE = document("dmn.md"), document("dmn.zh-CN.md")
SHOWN = shown(ENGLISH)
FILES = files(ENGLISH)
TEXTS = {file.path: file.content for file in FILES}


def _told(made: Evaluation) -> list[str]:
    """The rules that fired, `default`, and the codes of the warnings, each once."""
    tables = [table for decision in made.decisions for table in decision.tables]
    told = [str(rule.number) for table in tables for rule in table.fired]
    told += ["default" for table in tables if table.is_default]
    return told + list(dict.fromkeys(notice.warning.code for notice in made.warnings))


def _holds(model: DmnModel, key: str, line: str) -> None:
    asked, arrow, promised = line.partition("  → ")
    assert arrow, line
    value, _, codes = promised.partition("  // ")
    made = model.evaluate(key, values(asked))
    got = made.outputs[key]
    assert same(Run(), got, compile(value)({})), (line, got)
    assert _told(made) == [code.strip() for code in codes.split(",") if code], line


@pytest.mark.parametrize("one", [s for s in SHOWN if s.asked], ids=lambda one: one.text[:40])
def test_a_table_or_box_answers_as_it_is_written(one: Shown) -> None:
    model = one.model
    for line in one.asked:
        _holds(model, "d", line)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_table_has_the_findings_that_are_written_behind_it_and_no_others(language: str) -> None:
    for one in shown(ENGLISH if language == "en" else CHINESE):
        told = [
            f"{f.severity} {f.rule}: {f.message if language == 'en' else f.message_zh}"
            for f in one.model.faults
        ]
        assert told == one.findings, one.text


def test_every_hit_policy_is_shown_at_work() -> None:
    assert {one.policy for one in SHOWN if one.asked} - {""} == set(POLICIES)


def test_no_rule_of_the_checks_is_missing() -> None:
    sources = "".join(path.read_text() for path in Path(core.__file__).parent.glob("*.py"))
    told = set(re.findall(r"faults\.(?:add|warn)\(\s*\"(\w+)\"", sources))
    assert {"gap", "overlap", "missing_requirement"} <= told
    listed = re.findall(r"^\| (`.+?) \| (?:error|warning|test) \|", ENGLISH, re.M)
    assert told <= {rule.strip("`") for row in listed for rule in row.split(", ")}


def test_the_files_make_a_release_without_any_finding() -> None:
    assert {file.path.rpartition(".")[2] for file in FILES} == {"dmn", "yaml"}
    assert check(FILES).findings == []


def test_the_model_answers_as_it_is_written() -> None:
    path = "post_precheck.dmn"
    model = compiled(path, {at: text for at, text in TEXTS.items() if at.endswith(".dmn")})
    (lines,) = blocks(ENGLISH, f"evaluation {path}")
    for line in lines.splitlines():
        key, _, asked = line.partition(" ")
        _holds(model, key, asked)


def test_the_explanation_is_that_of_the_last_decision() -> None:
    models = check_models({at: text for at, text in TEXTS.items() if at.endswith(".dmn")})
    model = models["post_precheck.dmn"].model
    assert model is not None
    inputs = '{posts: {rank: "正科", authorised: 4, actual: 2, reserved: 0}, asked: 1}'
    made = explained(model.evaluate("post_opinion", values(inputs)))
    (written,) = blocks(ENGLISH, "json explanation")
    assert json.loads(written) == [decision.model_dump() for decision in made]


def test_both_languages_show_the_same() -> None:
    other = shown(CHINESE)
    assert [(s.text, s.asked) for s in other] == [(s.text, s.asked) for s in SHOWN]
    assert files(CHINESE) == FILES
    for kind in ("sh", "json explanation", "evaluation post_precheck.dmn"):
        assert blocks(CHINESE, kind) == blocks(ENGLISH, kind)
