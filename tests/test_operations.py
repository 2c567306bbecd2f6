"""The API and the worker run the same diagrams, so they know the same commands."""

import subprocess
import sys

import pytest

_ASK = """
import {module}
from service.features.processes.orderable import orderable
known = set(orderable())
from service import contract
contract.texts()  # imports every module of the service
by_command_line = {{"access.appoint_security_admin", "calendar.start_demo", "calendar.finish_demo"}}
print(sorted(set(orderable()) - known - by_command_line), len(known) > 1)
"""


@pytest.mark.parametrize("module", ["service.main", "service.worker"])
def test_every_process_knows_every_command_of_diagrams(module: str) -> None:
    asked = [sys.executable, "-c", _ASK.format(module=module)]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] True"
