"""The pages that list every process and every step say what is drawn."""

import re

from .drawn_processes import BPMN, every_process
from .processes import row
from .steps import PAGE, page

_PAGE = (BPMN / "processes.md").read_text()
_ROW = re.compile(r"^\| `(\w+)` [^|]+ \| ([^|]+) \|.*\n", re.M)


def test_every_process_is_listed_with_its_callers_starts_ends_and_messages() -> None:
    processes = every_process()
    assert len(processes) > 70
    written = {found[1]: found for found in _ROW.finditer(_PAGE)}
    assert set(written) == set(processes)
    assert [found[0] for found in written.values()] == [
        row(processes[name], found[2]) for name, found in written.items()
    ]


def test_every_process_is_listed_under_its_folder() -> None:
    parts = re.split(r"^## .*$", _PAGE, flags=re.M)[1:]
    listed = [{found[1] for found in _ROW.finditer(part)} for part in parts]
    flows = sorted({drawn.flow for drawn in every_process().values()})
    assert listed == [
        {drawn.id for drawn in every_process().values() if drawn.flow == flow} for flow in flows
    ]


def test_every_step_is_listed_with_who_does_it_and_its_variables() -> None:
    assert PAGE.read_text() == page(), "write it anew by `python -m tests.docs.steps`"
