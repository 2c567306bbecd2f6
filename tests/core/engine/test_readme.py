"""The page for those who draw says everything that is read."""

from pathlib import Path

import pytest

from service.core.engine.extensions import ZEEBE
from service.core.engine.read_extensions import EXTENSIONS, REFUSED

PAGE = (Path(__file__).parents[3] / "bpmn" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("namespace", "name"), sorted(EXTENSIONS))
def test_every_extension_that_is_read_is_explained(namespace, name):
    assert f"| `zeebe:{name}`" in PAGE if namespace == ZEEBE else f"| `{name}`" in PAGE


@pytest.mark.parametrize("name", REFUSED)
def test_every_extension_that_is_refused_is_named(name):
    assert f"`{name}`" in PAGE
