"""DMN files of a release: read, compiled with what they import, and checked."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from service.core.dmn import Definitions, DmnModel, Fault, Refusal, deploy, read
from service.core.safe_xml import tree_of
from service.features.decisions.finding import ERROR, Finding

#: Whether a decision's author names its version, in Camunda 8 and 7.
_TAG = "versionTag"
#: Ids by which decisions can be asked for.
KEY_FORM = r"^[A-Za-z_][A-Za-z0-9_.-]*$"
KEY_MAX = 120


@dataclass(frozen=True, slots=True)
class CheckedModel:
    """A DMN file with what is wrong with it; `model` is None where it could not be read."""

    path: str
    findings: tuple[Finding, ...]
    model: DmnModel | None = None
    version_tag: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids of its decisions."""
        if self.model is None:
            return ()
        return tuple(decision.id for decision in self.model.definitions.decisions if decision.id)


def check_models(
    texts: Mapping[str, str], at: Callable[[str], None] = lambda _: None
) -> dict[str, CheckedModel]:
    """Every model by path; each may import the others by their namespace.

    `at` is told the path at which the work is.
    """
    readings: dict[str, Definitions] = {}
    checked: dict[str, CheckedModel] = {}
    for path, text in texts.items():
        at(path)
        try:
            readings[path] = read(text.encode())
        except Refusal as refusal:
            checked[path] = CheckedModel(path, (_unreadable(path, refusal),))
    for path, definitions in readings.items():
        at(path)
        others = [other for at, other in readings.items() if at != path]
        model = deploy(definitions, others)
        findings = tuple(_finding(path, fault) for fault in model.faults)
        findings += tuple(_misnamed(path, definitions))
        checked[path] = CheckedModel(path, findings, model, _version_tag(texts[path]))
    _refuse_twins(checked)
    return checked


def compiled(path: str, texts: Mapping[str, str]) -> DmnModel:
    """The model of a path among the files of one release, which were checked when proposed."""
    readings = {at: read(text.encode()) for at, text in texts.items()}
    return deploy(readings[path], [other for at, other in readings.items() if at != path])


def _refuse_twins(checked: dict[str, CheckedModel]) -> None:
    """A key names one decision of the release."""
    seen: dict[str, str] = {}
    for path, model in checked.items():
        for key in model.keys:
            if key in seen:
                twin = Finding(
                    path=path,
                    rule="decision_id_twice",
                    severity="error",
                    element=key,
                    message=f"Expected ids of decisions to be unique, but {seen[key]} has {key}.",
                    message_zh=f"决策标识应当唯一，但{seen[key]}中已有{key}。",
                )
                checked[path] = CheckedModel(
                    path, (*checked[path].findings, twin), model.model, model.version_tag
                )
            seen.setdefault(key, path)


def _misnamed(path: str, definitions: Definitions) -> Iterator[Finding]:
    """Decisions whose ids are not of the form in which one asks for them."""
    for decision in definitions.decisions:
        key = decision.id
        if key and (len(key) > KEY_MAX or not re.match(KEY_FORM, key)):
            yield Finding(
                path=path,
                rule="decision_id_form",
                severity="error",
                element=key[:KEY_MAX],
                message=f"Expected an id of at most {KEY_MAX} letters, digits, points, hyphens and "
                f"underscores, but it is {key[:KEY_MAX]}.",
                message_zh=f"决策标识应当由不超过{KEY_MAX}个英文字母、数字、点、连字符和下划线组成，"
                f"但为{key[:KEY_MAX]}。",
            )


def _version_tag(text: str) -> str | None:
    for element in tree_of(text.encode()).iter():
        if str(element.tag).rpartition("}")[2] == _TAG:
            return str(element.get("value")) or None
        for name, value in element.attrib.items():
            if str(name).rpartition("}")[2] == _TAG:
                return str(value)
    return None


def _unreadable(path: str, refusal: Refusal) -> Finding:
    return Finding(
        path=path,
        rule="unreadable",
        severity="error",
        line=refusal.line,
        message=refusal.message,
        message_zh=refusal.message_zh,
    )


def _finding(path: str, fault: Fault) -> Finding:
    return Finding(
        path=path,
        rule=fault.rule,
        severity="error" if fault.severity == ERROR else "warning",
        element=fault.element,
        line=fault.line,
        message=fault.message,
        message_zh=fault.message_zh,
        table=fault.table,
        rule_number=fault.rule_number,
        column=fault.column,
        text_line=fault.at[0],
        text_column=fault.at[1],
    )
