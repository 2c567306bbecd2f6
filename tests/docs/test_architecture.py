"""What is said to those who change the code leads to files that exist."""

import re
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_TEXT = (_ROOT / "docs" / "architecture.md").read_text()


def test_every_file_that_is_named_exists() -> None:
    named = set(re.findall(r"`([\w/.]+\.(?:py|md|yaml|toml))`", _TEXT))
    assert len(named) > 20
    known = {path.name for path in (_ROOT / "service").rglob("*.py")}
    assert {
        each
        for each in named
        if not (_ROOT / each).exists()
        and not (_ROOT / "service" / each).exists()
        and each not in known
    } == set()
    folders = set(re.findall(r"`((?:service|tests|docs|bpmn)/[\w/-]+)`", _TEXT))
    decisions = {each for each in folders if each.startswith("docs/decisions/")}
    assert all(list((_ROOT / "docs/decisions").glob(f"{Path(each).name}*")) for each in decisions)
    assert all((_ROOT / each).is_dir() for each in folders - decisions)


def test_every_section_ends_with_where_to_begin() -> None:
    bodies = re.split(r"^## ", _TEXT, flags=re.M)[1:]
    without = [
        each.splitlines()[0]
        for each in bodies
        if "Begin with" not in each.replace("begin with", "Begin with")
    ]
    assert without == ["What it is", "Where things are"]
