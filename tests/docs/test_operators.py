"""What operators read: the rules, settings, rounds and metrics that the code has, and no others."""

import re

from prometheus_client import REGISTRY

import service.main  # noqa: F401  # its gauges are registered
from service.check import every_check
from service.core.operation import OPERATIONS
from service.settings import Settings
from service.worker import SWEEPS

from .examples import FOLDER, document

_CASES = document("operators-cases.md")


def test_every_rule_of_the_check_stands_in_the_table_as_the_check_words_it() -> None:
    wordings = {rule: told for each in every_check() for rule, told in each.rules.items()}
    written = re.findall(r"^\| (\w+) \| (.+?) · (.+?) \|$", _CASES, re.M)
    assert {rule: (zh, en) for rule, zh, en in written} == wordings


def test_every_round_of_the_worker_is_named_by_its_command() -> None:
    rounds = _CASES.split("## Incidents")[0]
    named = set(re.findall(r"`(\w+\.\w+)`", rounds))
    assert named <= set(OPERATIONS)
    assert len(named) == len(SWEEPS)


def test_every_setting_that_is_named_exists_with_the_written_default() -> None:
    for path in FOLDER.glob("operators*.md"):
        names = re.findall(r"`DINGBIAN_(\w+)", path.read_text())
        assert {name.lower() for name in names} <= set(Settings.model_fields), path.name
    written = re.findall(r"^\| `DINGBIAN_(\w+)` \| .+ \| ([\d.]+) \|$", _CASES, re.M)
    assert len(written) == 5
    for name, default in written:
        assert Settings.model_fields[name.lower()].default == float(default), name


def test_every_metric_that_is_named_is_told() -> None:
    told = {sample.name for each in REGISTRY.collect() for sample in each.samples}
    told |= {each.name for each in REGISTRY.collect()}
    named = re.findall(r"`(dingbian_\w+)", document("operators-watching.md"))
    assert len(named) > 8
    assert {name.removesuffix("_total") for name in named} <= told
