"""Checking whole folders. Pure: it takes their time and nothing else.

Files of strangers are checked in a process of their own: see `checking_apart.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from service.features.decisions.finding import ERROR, TEST, Finding
from service.features.decisions.model_files import CheckedModel, check_models
from service.features.processes.contents import File
from service.features.processes.diagrams import Diagram, check_diagram, read_diagram
from service.features.processes.form_files import check_form, form_id
from service.features.processes.outside import Outside
from service.features.processes.scenarios.files import is_of_process

if TYPE_CHECKING:
    from service.features.processes.scenarios.given import Material

#: Findings of one folder that are kept, errors first; more help nobody.
FINDINGS_MAX = 1_000
_SENTENCE_MAX, _ELEMENT_MAX = 1_000, 200

At = Callable[[str], None]


class FileFacts(BaseModel):
    """What a file holds, as its version keeps it."""

    version_tag: str | None = None
    #: Ids of decisions, of processes, of forms.
    keys: list[str] = []
    processes: list[str] = []
    forms: list[str] = []


class Checked(BaseModel):
    """The files of a release with what is wrong with them; `facts` are by path."""

    findings: list[Finding]
    facts: dict[str, FileFacts]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == ERROR]

    @property
    def failed_tests(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == TEST]

    def ids(self, kind: str) -> list[str]:
        """All ids of one kind: `keys`, `processes` or `forms`."""
        return [id_ for facts in self.facts.values() for id_ in getattr(facts, kind)]


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder read, before its files are held against each other."""

    texts: Mapping[str, str]
    models: Mapping[str, CheckedModel]
    diagrams: Mapping[str, Diagram]

    @property
    def processes(self) -> set[str]:
        return {id_ for diagram in self.diagrams.values() for id_ in diagram.processes}

    @property
    def decisions(self) -> set[str]:
        return {key for model in self.models.values() for key in model.keys}

    def of_kind(self, *endings: str) -> dict[str, str]:
        return {path: text for path, text in self.texts.items() if path.endswith(endings)}


def check(files: Sequence[File], outside: Outside | None = None) -> Checked:
    """Read, compile and test the files of one folder."""
    return check_folders({"": files}, outside)[""]


def check_folders(
    folders: Mapping[str, Sequence[File]], outside: Outside | None = None, at: At = lambda _: None
) -> dict[str, Checked]:
    """The same of several folders, whose processes and decisions may name each other's.

    Args:
        outside: What else exists; by default nothing is known, and nothing checked.
        at: Told the place at which the work is: flow, `/`, path.
    """
    opened = {flow: _opened(files, _below(flow, at)) for flow, files in folders.items()}
    checked = {}
    for flow, folder in opened.items():
        around = outside or Outside()
        for other in (each for name, each in opened.items() if name != flow):
            around = around.and_also(other.processes, other.decisions)
        checked[flow] = _checked(folder, around, _below(flow, at))
    if any(map(_plays, opened.values())):
        _play(opened, checked, outside or Outside(), at)
    return {
        flow: Checked(findings=_bounded(each.findings), facts=each.facts)
        for flow, each in checked.items()
    }


def _below(flow: str, at: At) -> At:
    return lambda path: at(f"{flow}/{path}")


def _opened(files: Sequence[File], at: At) -> _Folder:
    texts = {file.path: file.content for file in files}
    diagrams = {}
    for path, text in texts.items():
        if path.endswith(".bpmn"):
            at(path)
            diagrams[path] = read_diagram(path, text)
    models = {path: text for path, text in texts.items() if path.endswith(".dmn")}
    return _Folder(texts, check_models(models, at), diagrams)


def _checked(folder: _Folder, outside: Outside, at: At) -> Checked:
    findings = [finding for model in folder.models.values() for finding in model.findings]
    facts = {path: _facts_of_model(model) for path, model in folder.models.items()}
    forms = folder.of_kind(".schema.json")
    for path, text in forms.items():
        at(path)
        findings += check_form(path, text)
        facts[path] = FileFacts(forms=[form_id(path)])
    ids = folder.decisions, {form_id(path) for path in forms}
    for path, diagram in folder.diagrams.items():
        at(path)
        findings += check_diagram(diagram, folder.diagrams, outside, ids).findings
        facts[path] = FileFacts(processes=list(diagram.processes), version_tag=diagram.version_tag)
    if scenarios := folder.of_kind(".yaml"):
        # Calendar and clock with their tables: what no other file needs costs a third of a second.
        from service.features.decisions.scenarios import check_scenarios

        of_tables = {path: text for path, text in scenarios.items() if not is_of_process(text)}
        findings += check_scenarios(of_tables, folder.models, at)
        facts |= {path: FileFacts() for path in scenarios}
    return Checked(findings=findings, facts=facts)


def _plays(folder: _Folder) -> bool:
    return any(is_of_process(text) for text in folder.of_kind(".yaml").values())


def _play(
    opened: Mapping[str, _Folder], checked: Mapping[str, Checked], outside: Outside, at: At
) -> None:
    """Play the cases of every folder on the sound files of all."""
    from service.features.processes.scenarios.folder import check_processes
    from service.features.processes.scenarios.given import Given

    materials = {flow: _material(folder, checked[flow]) for flow, folder in opened.items()}
    given = Given(materials, outside.commands)
    for flow, folder in opened.items():
        texts = {p: text for p, text in folder.of_kind(".yaml").items() if is_of_process(text)}
        if texts:
            found = check_processes(flow, texts, given, _below(flow, at))
            checked[flow].findings.extend(found)


def _material(folder: _Folder, checked: Checked) -> "Material":
    """A folder without its faulty files."""
    from service.features.processes.scenarios.given import Material

    faulty = {finding.path for finding in checked.errors}
    return Material(
        diagrams={
            path: diagram.model
            for path, diagram in folder.diagrams.items()
            if diagram.model is not None and path not in faulty
        },
        decisions={
            key: checked_model.model
            for path, checked_model in folder.models.items()
            if checked_model.model is not None and path not in faulty
            for key in checked_model.keys
        },
        forms={
            form_id(path): text
            for path, text in folder.of_kind(".schema.json").items()
            if path not in faulty
        },
    )


def _facts_of_model(model: CheckedModel) -> FileFacts:
    return FileFacts(keys=list(model.keys), version_tag=model.version_tag)


def _bounded(findings: list[Finding]) -> list[Finding]:
    """Not more than anybody reads, each of a length that anybody reads."""
    if len(findings) > FINDINGS_MAX:
        findings = sorted(findings, key=lambda finding: finding.severity != ERROR)[:FINDINGS_MAX]
    return [
        finding.model_copy(
            update={
                "message": finding.message[:_SENTENCE_MAX],
                "message_zh": finding.message_zh[:_SENTENCE_MAX],
                "element": finding.element[:_ELEMENT_MAX],
            }
        )
        for finding in findings
    ]
