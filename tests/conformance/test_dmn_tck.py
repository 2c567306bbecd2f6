"""The DMN TCK: what has been reached stays reached, and the runner counts as it says."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from service.core.feel import Value

from .data import judged_by
from .dmn_tck import main, run
from .tck_values import matches

_MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m"
 namespace="urn:m"><inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>
<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#x"/>
</informationRequirement><literalExpression><text>{twice: x * 2, list: [x, null]}</text>
</literalExpression></decision></definitions>"""

_CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"><modelName>m.dmn</modelName>
<testCase id="1"><inputNode name="x"><value xsi:type="xsd:decimal">1.5</value></inputNode>
<resultNode name="d"><expected>
<component name="twice"><value xsi:type="xsd:decimal">{twice}</value></component>
<component name="list"><list><item><value xsi:type="xsd:decimal">1.5</value></item>
<item><value xsi:nil="true"/></item></list></component></expected></resultNode>
<resultNode name="{name}"><expected><value xsi:nil="true"/></expected></resultNode>
</testCase></testCases>"""


def _checkout(folder: Path, twice: str = "3", name: str = "d") -> Path:
    place = folder / "compliance-level-2" / "0001-own"
    place.mkdir(parents=True)
    (place / "m.dmn").write_text(_MODEL)
    (place / "m-test.xml").write_text(_CASES.format(twice=twice, name=name))
    return folder


def test_the_runner_counts_result_nodes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert main([str(_checkout(tmp_path)), "--json", str(out)]) == 1
    tally = {"passed": 1, "total": 2}
    assert json.loads(out.read_text()) == {
        **tally,
        "levels": {"compliance-level-2": tally},
        "folders": {"compliance-level-2/0001-own": tally},
    }
    said = capsys.readouterr().out
    assert "expected null, came {twice: 3.0, list: [1.5, null]}" in said
    assert "compliance-level-2: 1/2" in said


def test_a_decision_that_is_not_there_never_passes(tmp_path: Path) -> None:
    report = run(_checkout(tmp_path, twice="3.1", name="nobody"))
    assert report.levels() == {"compliance-level-2": [0, 2]}


@pytest.mark.parametrize(
    ("expected", "came", "is_match"),
    [
        (Decimal("1"), Decimal("1.000000009"), True),
        (Decimal("1"), Decimal("1.00000002"), False),
        (Decimal("1"), True, False),
        (Decimal("1"), "1", False),
        ([Decimal("1")], Decimal("1"), False),
        ({"a": None}, {}, False),
        (None, None, True),
        (None, False, False),
    ],
)
def test_numbers_match_within_1e_8_and_kinds_exactly(
    expected: Value, came: Value, is_match: bool
) -> None:
    assert matches(expected, came) is is_match


@pytest.mark.parametrize("folder", ["0004-simpletable-U", "0004-lending", "0082-feel-coercion"])
def test_a_sample_passes_whole(folder: str) -> None:
    report = run(judged_by("dmn-tck"), folder)
    assert report.folders
    assert report.failures == []


@pytest.mark.long
def test_the_reached_rate_is_kept() -> None:
    """Every result node of levels 2 and 3 passes; see docs/decisions on the DMN TCK."""
    report = run(judged_by("dmn-tck"))
    assert set(report.levels()) >= {"compliance-level-2", "compliance-level-3"}
    assert report.failures == []
