"""Betsy's features as a judge of every change.

Single results: `python -m tests.conformance.betsy`.
"""

import json
import os
from pathlib import Path

import pytest

from service.core.engine import port

from .betsy import run_case

DATA = (
    Path(os.environ.get("DINGBIAN_TEST_DATA", Path(__file__).parents[3] / "shared/data")) / "betsy"
)
# The diagram logs task1 where its expected trace has task3.
FAULTY = "AdHocSubProcess_Parallel"


@pytest.mark.skipif(
    not DATA.is_dir(), reason="needs betsy's diagrams: see DINGBIAN_TEST_DATA in the README"
)
@pytest.mark.parametrize("most", [port.MOST_STEPS, 1], ids=["whole moves", "stored every step"])
def test_every_feature_of_betsy_gives_its_expected_trace(most: int):
    features = json.loads((DATA / "cases.json").read_text(encoding="utf-8"))
    missed = {
        feature["name"]
        for feature in features
        for case in feature["cases"]
        if not run_case(DATA, feature, case, most).passed
    }
    assert missed == {FAULTY}
