"""The feature models of betsy (uniba-dsg/betsy): which are refused before they run."""

import os
import re
from pathlib import Path

import pytest

from service.core.engine.findings import ERROR
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.validate import validate

_ROOT = Path(__file__).parents[3]
_DATA = Path(os.environ.get("DINGBIAN_TEST_DATA", _ROOT.parent / "shared" / "data")) / "betsy"
_MODELS = sorted(_DATA.glob("*/*.bpmn"))

#: The models that are faulty on purpose, and the rule that says so.
_FAULTY = {
    "LoopTask_NegativeLoopMaximum": {"bad_value"},
    "MultiInstanceTask_NegativeLoopCardinality": {"bad_value"},
    "Token_StartQuantity_Zero": {"bad_value"},
    "Token_CompletionQuantity_Zero": {"bad_value"},
    "ExclusiveDiverging_ParallelConverging": {"join_never_full"},
}

_JAVA = re.compile(
    r"(<bpmn2:(script|conditionExpression|condition|loopCondition)\b[^>]*>).*?(</bpmn2:\2>)", re.S
)


def _in_feel(path: Path) -> bytes:
    """The model with its Java texts replaced by FEEL, which does not matter here."""
    text = path.read_text(encoding="utf-8")
    return _JAVA.sub(r"\1true\3", text).encode()


@pytest.mark.skipif(
    not _MODELS, reason="no betsy models: set DINGBIAN_TEST_DATA to the folder that holds betsy/"
)
def test_of_the_independent_models_only_the_faulty_are_refused():
    for path in _MODELS:
        model = read(_in_feel(path))
        found = {x.rule for x in validate(model) if x.severity == ERROR}
        assert found == _FAULTY.get(path.stem, set()), path.stem
        if not found:
            done = normalise(model)
            assert normalise(done) == done
