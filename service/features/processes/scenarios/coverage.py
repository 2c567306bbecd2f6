"""How much of its diagrams the scenarios of a folder pass."""

from collections.abc import Collection, Iterator

from service.core.engine.model import Definitions
from service.core.engine.normalise import normalise
from service.core.engine.scopes_of import scopes
from service.features.decisions.finding import Finding
from service.features.processes.scenarios.given import Material

#: Places that a sentence names; more help nobody.
_SHOWN = 20


def places(model: Definitions) -> dict[str, list[str]]:
    """What can be passed, as drawn: ids of elements and sequence flows of each process."""
    runs = {id_ for scope in scopes(normalise(model)) for id_ in (*scope.nodes, *scope.flows)}
    found: dict[str, list[str]] = {}
    for scope in scopes(model):
        drawn = [id_ for id_ in (*scope.nodes, *scope.flows) if id_ in runs]
        found.setdefault(scope.process.id, []).extend(drawn)
    return found


def uncovered(material: Material, passed: Collection[tuple[str, str]]) -> Iterator[Finding]:
    """A warning for each process that the cases do not pass wholly."""
    for path, model in material.diagrams.items():
        for process, drawn in places(model).items():
            missing = [each for each in drawn if (process, each) not in passed]
            if process in material.processes and missing:
                yield _warning(path, process, len(drawn), missing)


def _warning(path: str, process: str, count: int, missing: list[str]) -> Finding:
    share = 100 * (count - len(missing)) // count
    named = ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
    return Finding(
        path=path,
        rule="scenario_coverage",
        severity="warning",
        element=process,
        message=f"Expected scenarios to pass all {count} elements and flows of {process}, "
        f"but they pass {share} %, without {named}.",
        message_zh=f"测试应当覆盖{process}的全部{count}个环节和连线，"
        f"但覆盖率为{share}%，未覆盖：{named}。",
    )
