"""What import-linter cannot say: where a thing may stand, and that nothing stands alone."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import contract
from service.core.operation import OPERATIONS, Operation
from service.main import create_app
from service.settings import Settings
from tests.contract.routes import every_served

_ROOT = Path(__file__).parents[2]
_SERVICE = _ROOT / "service"
_TESTS = _ROOT / "tests"

_SQL = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s", re.ASCII)
_ENDS_A_TRANSACTION = re.compile(r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|START TRANSACTION)\b\s*;?")
_TRANSACTION_CALLS = {"begin", "begin_nested", "commit", "rollback", "transaction"}
#: The one transaction of a command; the other changes the schema, beside Alembic.
_MAY_COMMIT = {"core/store/transaction.py", "migrate.py"}
_SAYS_NOTHING = {"utils", "util", "helpers", "helper", "manager", "service", "common", "misc"}


def _sources(folder: Path = _SERVICE) -> Iterator[tuple[str, ast.Module]]:
    """Every Python file below a folder, by its path from `service`."""
    for path in sorted(folder.rglob("*.py")):
        yield path.relative_to(_SERVICE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _texts(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name


def test_routes_know_no_sql() -> None:
    routes = [(path, module) for path, module in _sources() if path.endswith("/routes.py")]
    assert routes
    for path, module in routes:
        assert not [text for text in _texts(module) if _SQL.match(text)], path
        roots = {name.partition(".")[0] for name in _imported(module)}
        assert not roots & {"asyncpg", "sqlalchemy", "sqlmodel"}, path


def test_only_one_place_begins_and_commits() -> None:
    elsewhere = []
    for path, module in _sources():
        if path in _MAY_COMMIT:
            continue
        elsewhere += [f"{path}: {t}" for t in _texts(module) if _ENDS_A_TRANSACTION.match(t)]
        elsewhere += [
            f"{path}:{node.lineno}"
            for node in ast.walk(module)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _TRANSACTION_CALLS
        ]
    assert elsewhere == []


def test_every_file_is_named_after_what_it_does() -> None:
    named = {path for path, _ in _sources() if Path(path).stem in _SAYS_NOTHING}
    assert named == set()


@pytest.mark.parametrize(
    ("package", "known"),
    [("feel", {"service.core.feel"}), ("dmn", {"service.core.dmn", "service.core.feel"})],
)
def test_the_languages_of_rules_are_pure(package: str, known: set[str]) -> None:
    allowed = known | {"service.core.errors"}
    for path, module in _sources(_SERVICE / "core" / package):
        for name in _imported(module):
            is_ours = any(name == own or name.startswith(f"{own}.") for own in allowed)
            is_standard = name.partition(".")[0] in sys.stdlib_module_names
            assert is_ours or is_standard or name.startswith("lxml"), (path, name)


def test_every_verb_has_a_test() -> None:
    """By its name (test_reserve_posts.py), its class, or the end of its address."""
    contract.texts()  # knows every verb, also those that nobody has imported yet
    tested = {
        path: path.read_text(encoding="utf-8") for path in (_TESTS / "features").rglob("*.py")
    }
    places: dict[str, str] = {}
    for served in every_served(create_app(Settings(is_demo=False))):
        places[served.name] = _end_of(served.path)
    untested = [
        name
        for name, operation in OPERATIONS.items()
        if operation.answer.__module__.startswith("service.")
        and not _is_tested(operation, tested, places.get(name))
    ]
    assert untested == []


def _is_tested(operation: Operation, tested: dict[Path, str], place: str | None) -> bool:
    noun, _, verb = operation.name.partition(".")
    if _TESTS / "features" / noun / f"test_{verb}.py" in tested:
        return True
    mentioned = re.compile(
        rf'\b{operation.request.__name__}\b|"{re.escape(operation.name)}"'
        + (rf'|["/]{place}["?]' if place else "")
    )
    return any(mentioned.search(text) for text in tested.values())


def _end_of(path: str) -> str:
    """How a test's address ends: with the verb, or with the thing and its id."""
    end = path.rpartition("}")[2].strip("/")
    if end:
        return re.escape(end.removeprefix("api/v1/"))
    things = path.rpartition("/")[0].rpartition("/")[2]
    return re.escape(things) + r"/[^/\"]+"


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_in_the_locks(lock: str) -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text())["project"]
    wanted = list(project["dependencies"])
    if lock == "requirements-dev.txt":
        wanted += project["optional-dependencies"]["dev"]
    locked = set(re.findall(r"^([a-z0-9.-]+)==", (_ROOT / lock).read_text(), re.MULTILINE))
    names = {re.split(r"[^a-z0-9.-]", requirement.lower())[0] for requirement in wanted}
    assert not names - locked
