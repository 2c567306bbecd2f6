"""Every file of `docs/how-to/scenarios.md`, in both languages, checked and played."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from service.features.decisions.finding import Finding
from service.features.processes import scenarios
from service.features.processes.checking import check
from service.features.processes.contents import File
from service.features.processes.scenarios.files import KINDS
from service.features.processes.surroundings import of_this_service

from .examples import blocks, document
from .models import files

ENGLISH, CHINESE = document("scenarios.md"), document("scenarios.zh-CN.md")
_FORM = "forms/view.schema.json"


def _folder(text: str) -> list[File]:
    (form,) = blocks(text, f"json {_FORM}")
    return [*files(text), File(path=_FORM, content=form)]


def _found(folder: Iterable[File]) -> list[Finding]:
    return check(list(folder), of_this_service()).findings


def test_the_folder_has_no_finding() -> None:
    folder = _folder(ENGLISH)
    assert {file.path for file in folder} == {"consult.bpmn", _FORM, "scenarios/consult.yaml"}
    assert _found(folder) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_cases_fail_as_it_is_written(language: str) -> None:
    text = ENGLISH if language == "en" else CHINESE
    (failing,) = blocks(text, "yaml failing")
    (written,) = blocks(text, "findings")
    more = File(path="scenarios/failing.yaml", content=failing)
    found = _found([*_folder(text), more])
    told = [each.message if language == "en" else each.message_zh for each in found]
    assert told == written.splitlines()
    assert {each.rule for each in found} == {"scenario"}


def test_both_languages_show_the_same() -> None:
    assert _folder(CHINESE) == _folder(ENGLISH)
    assert blocks(CHINESE, "yaml failing") == blocks(ENGLISH, "yaml failing")


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_no_step_and_no_rule_is_missing(text: str) -> None:
    assert set(KINDS) == set(re.findall(r"^\| `(\w+): [^`]+` \|", text, re.M))
    folder = Path(scenarios.__path__[0])
    sources = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    rules = set(re.findall(r'rule="(scenario\w*)"', sources)) | {"scenario_unreadable"}
    assert len(rules) == 6
    assert all(f"`{rule}`" in text for rule in rules)
