"""A state that is given to the engine stays as it was: it may still be what is stored."""

import copy
from datetime import UTC, datetime
from decimal import Decimal

from service.core.engine import port
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from tests.diagrams import END, START, chain, diagram, user_task

_NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_no_input_changes_the_state_it_is_given():
    text = diagram("one", chain(START, user_task("look"), END))
    compiled = port.compile(normalise(read(text.encode())))
    stored = port.start(compiled, "one", {"posts": Decimal(1)}, _NOW).state
    before = copy.deepcopy(stored)
    task = stored["instances"][-1][0]
    for given in (
        port.SetVariables({"posts": Decimal(2)}),
        port.SetVariables({"posts": Decimal(3)}, task, is_local=True),
        port.CompleteTask(task, {"posts": Decimal(4)}),
        port.Cancel(),
    ):
        port.resume(compiled, stored, given, _NOW)
        assert stored == before, given
