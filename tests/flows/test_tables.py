"""The office's own decision tables: sound, without gaps or overlaps, and shown row by row."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
import yaml

from service.core.clock import CITY_ZONE
from service.core.dmn import DmnModel, Evaluation
from service.core.safe_xml import tree_of
from service.features.calendar.seed import seeded_calendar
from service.features.decisions.evaluating import CityCalendar, run_at
from service.features.decisions.model_files import check_models
from service.features.decisions.scenarios import Scenario, check_scenarios

BPMN = Path(__file__).parents[2] / "bpmn"
#: A rule of the Party, the state or a superior, or the office's own default.
RESTS_ON = re.compile("《.+》|默认值（内部规定）")
FLOWS = sorted(path.name for path in BPMN.iterdir() if any(path.glob("*.dmn")))


@pytest.fixture(params=FLOWS)
def flow(request: pytest.FixtureRequest) -> Path:
    return BPMN / str(request.param)


def test_every_flows_tables_check_without_a_finding(flow: Path) -> None:
    models = check_models({path.name: path.read_text("utf-8") for path in flow.glob("*.dmn")})
    assert [finding for model in models.values() for finding in model.findings] == []
    examples = {path.name: path.read_text("utf-8") for path in _example_files(flow)}
    assert list(check_scenarios(examples, models)) == []


def test_an_example_shows_every_rule_of_every_table(
    flow: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    fired: dict[str, set[int]] = defaultdict(set)
    for _, evaluation in _examples(flow):
        for decision in evaluation.decisions:
            for table in decision.tables:
                fired[table.table] |= {rule.number for rule in table.fired}
    rules = {table: set(range(1, count + 1)) for table, count in _rule_counts(flow).items()}
    shown, known = sum(len(fired[table]) for table in rules), sum(map(len, rules.values()))
    record_testsuite_property(f"rules_shown_{flow.name}", f"{shown}/{known}")
    assert {table: wanted - fired[table] for table, wanted in rules.items()} == {
        table: set() for table in rules
    }


def test_no_example_is_answered_with_a_warning(flow: Path) -> None:
    warned = {
        name: [notice.message for notice in evaluation.warnings]
        for name, evaluation in _examples(flow)
        if evaluation.warnings
    }
    assert warned == {}


def test_every_rule_names_a_written_rule_or_says_that_it_is_a_default(flow: Path) -> None:
    silent = [
        rule.get("id")
        for path in flow.glob("*.dmn")
        for rule in tree_of(path.read_bytes()).iter("{*}rule")
        if not RESTS_ON.search(rule.findtext("{*}annotationEntry/{*}text") or "")
    ]
    assert silent == []


def test_a_decision_belongs_to_one_flow_of_the_city() -> None:
    flows: dict[str, set[str]] = defaultdict(set)
    for name in FLOWS:
        for key in _models(BPMN / name):
            flows[key].add(name)
    assert {key: names for key, names in flows.items() if len(names) > 1} == {}


def _example_files(flow: Path) -> Iterator[Path]:
    """The scenario files that are about a decision."""
    for path in sorted(flow.glob("scenarios/*.yaml")):
        if path.read_text("utf-8").startswith("decision:"):
            yield path


def _models(flow: Path) -> dict[str, DmnModel]:
    """The models of a flow by the ids of their decisions."""
    texts = {path.name: path.read_text("utf-8") for path in flow.glob("*.dmn")}
    return {
        key: checked.model
        for checked in check_models(texts).values()
        for key in checked.keys
        if checked.model is not None
    }


def _examples(flow: Path) -> Iterator[tuple[str, Evaluation]]:
    """Every case of every scenario file, answered."""
    models = _models(flow)
    calendar = CityCalendar(seeded_calendar())
    for path in _example_files(flow):
        parsed = yaml.safe_load(path.read_text("utf-8"))
        scenario = Scenario.model_validate(json.loads(json.dumps(parsed, default=str)))
        model = models[scenario.decision]
        today = datetime.combine(scenario.today, time(), CITY_ZONE)
        for case in scenario.cases:
            inputs = model.decode(case.inputs)
            run = run_at(today, calendar)
            yield f"{path.stem}: {case.name}", model.evaluate(scenario.decision, inputs, run)


def _rule_counts(flow: Path) -> dict[str, int]:
    return {
        str(table.get("id")): len(table.findall("{*}rule"))
        for path in flow.glob("*.dmn")
        for table in tree_of(path.read_bytes()).iter("{*}decisionTable")
    }
