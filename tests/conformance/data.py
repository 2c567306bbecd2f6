"""Where judges' data lies: never in this repository."""

import os
from pathlib import Path

import pytest


def judged_by(name: str) -> Path:
    """The folder of a judge, or a skip that says how to get it."""
    root = os.environ.get("DINGBIAN_TEST_DATA")
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = (Path(root) if root else beside) / name
    if not folder.is_dir():
        pytest.skip(
            f"{folder} is not there: put a checkout of {name} into a folder and name that folder "
            "in DINGBIAN_TEST_DATA"
        )
    return folder
