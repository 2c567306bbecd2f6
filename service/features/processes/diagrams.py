"""BPMN files of a release: read, checked against the XML schema and the engine's rules, compiled.

A file under `drawings/` is only shown: it must be safe to read, and may be of any tool.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from service.core.engine import findings as engine
from service.core.engine import port
from service.core.engine.model import Definitions, Element
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.spiff.xsd import misshapen
from service.core.engine.validate import is_sound, validate
from service.core.engine.xml_names import BPMN
from service.core.safe_xml import Refusal, tree_of
from service.features.decisions.finding import Finding
from service.features.decisions.model_files import KEY_FORM, KEY_MAX
from service.features.processes.outside import Outside

DRAWINGS = "drawings/"


@dataclass(frozen=True, slots=True)
class Diagram:
    """A BPMN file with what is wrong with it so far; `model` is None where it does not run.

    Attributes:
        processes: The ids of what can be started or called: executable processes, global tasks.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    model: Definitions | None = None
    processes: tuple[str, ...] = ()
    version_tag: str | None = None


def read_diagram(path: str, text: str) -> Diagram:
    """A diagram with the findings of its XML."""
    data = text.encode()
    try:
        if path.startswith(DRAWINGS):
            return Diagram(path, tuple(_not_bpmn(path, data)))
        model = read(data)
        shape = tuple(
            _finding(path, "xml_schema", each.line, each.message, each.message_zh)
            for each in misshapen(tree_of(data))
        )
    except Refusal as refusal:
        unreadable = _finding(path, "unreadable", refusal.line, refusal.message, refusal.message_zh)
        return Diagram(path, (unreadable,))
    runs = [process for process in model.processes if process.is_executable is not False]
    callable_ = [each for each in (*runs, *model.global_tasks) if each.id]
    ids = tuple(each.id for each in callable_)
    tag = next((p.extensions.version_tag for p in runs if p.extensions.version_tag), None)
    return Diagram(path, shape + tuple(_misnamed(path, callable_)), model, ids, tag)


def check_diagram(
    diagram: Diagram,
    beside: Mapping[str, Diagram],
    outside: Outside,
    ids: tuple[set[str], set[str]],
) -> Diagram:
    """The diagram with all findings.

    Args:
        beside: All diagrams of the folder by path.
        ids: The decisions and the forms of the folder.
    """
    if diagram.model is None:
        return diagram
    others = [id_ for at, each in beside.items() if at != diagram.path for id_ in each.processes]
    known = outside.beside(others, *ids)
    found = validate(diagram.model, known)
    told = tuple(_of_engine(diagram.path, each) for each in found)
    lines = {each.line for each in told if each.severity == engine.ERROR}
    # The engine's rules say the same as the XML schema in better words.
    shape = tuple(x for x in diagram.findings if x.rule != "xml_schema" or x.line not in lines)
    twins = tuple(_twins(diagram, beside))
    if is_sound(found):
        twins += tuple(_uncompiled(diagram.path, diagram.model, outside))
    return replace(diagram, findings=shape + told + twins)


def _not_bpmn(path: str, data: bytes) -> Iterator[Finding]:
    tree = tree_of(data)
    if tree.tag != f"{{{BPMN}}}definitions":
        yield _finding(
            path,
            "unreadable",
            tree.sourceline or 0,
            f"Expected definitions of BPMN 2.0 ({BPMN}), but the file is a {tree.tag}.",
            f"文件应为 BPMN 2.0 的 definitions，实际为 {tree.tag}。",
        )


def _misnamed(path: str, processes: Iterable[Element]) -> Iterator[Finding]:
    """Processes whose ids are not of the form in which one asks for them."""
    for process in processes:
        id_ = process.id
        if len(id_) > KEY_MAX or not re.match(KEY_FORM, id_):
            yield Finding(
                path=path,
                rule="process_id_form",
                severity="error",
                element=id_[:KEY_MAX],
                line=process.line,
                message=f"Expected an id of at most {KEY_MAX} letters, digits, points, hyphens and "
                f"underscores, but it is {id_[:KEY_MAX]}.",
                message_zh=f"流程标识应当由不超过{KEY_MAX}个英文字母、数字、点、连字符和下划线组成，"
                f"但为{id_[:KEY_MAX]}。",
            )


def _twins(diagram: Diagram, beside: Mapping[str, Diagram]) -> Iterator[Finding]:
    """A process id names one process of the release; the later file is told."""
    for at, other in beside.items():
        if at == diagram.path:
            return
        for id_ in diagram.processes:
            if id_ in other.processes:
                yield _finding(
                    diagram.path,
                    "process_id_twice",
                    0,
                    f"Expected ids of processes to be unique, but {at} has {id_}.",
                    f"流程标识应当唯一，但{at}中已有{id_}。",
                    element=id_,
                )


def _uncompiled(path: str, model: Definitions, outside: Outside) -> Iterator[Finding]:
    try:
        port.compile(normalise(model), outside.commands)
    except ValueError as fault:
        yield _finding(path, "not_compiled", 0, str(fault), f"流程图无法编译：{fault}")


def _of_engine(path: str, found: engine.Finding) -> Finding:
    return Finding(
        path=path,
        rule=found.rule,
        severity="error" if found.severity == engine.ERROR else "warning",
        element=found.element,
        line=found.line,
        message=found.message,
        message_zh=found.message_zh,
    )


def _finding(
    path: str, rule: str, line: int, message: str, message_zh: str, element: str = ""
) -> Finding:
    return Finding(
        path=path,
        rule=rule,
        severity="error",
        element=element,
        line=line,
        message=message,
        message_zh=message_zh,
    )
