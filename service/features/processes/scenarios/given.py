"""What a case runs on: diagrams, tables and forms, taken from the folders that are at hand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from service.core.dmn import DmnModel
from service.core.engine import port
from service.core.engine.known import CommandFields
from service.core.engine.model import BusinessRuleTask, CallActivity, Definitions, Element
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.scopes_of import scopes
from service.core.engine.spiff.compile import Compiled

#: The job by which a called process that stands aside waits for its step.
ASIDE = "scenario.called"
_ASIDE = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="aside" targetNamespace="urn:aside">'
    '<process id={process} isExecutable="true"><startEvent id="start"/>'
    '<serviceTask id="aside"><extensionElements><zeebe:taskDefinition type="{job}"/>'
    '</extensionElements></serviceTask><endEvent id="end"/>'
    '<sequenceFlow id="in" sourceRef="start" targetRef="aside"/>'
    '<sequenceFlow id="out" sourceRef="aside" targetRef="end"/></process></definitions>'
)


@dataclass(frozen=True, slots=True)
class Material:
    """A folder as far as its files are sound.

    Attributes:
        diagrams: The diagrams by path.
        decisions: The models by the ids of their decisions.
        forms: The texts of forms by id.
    """

    diagrams: Mapping[str, Definitions]
    decisions: Mapping[str, DmnModel]
    forms: Mapping[str, str]

    @property
    def processes(self) -> dict[str, str]:
        """The path of each process that runs."""
        return {
            process.id: path
            for path, model in self.diagrams.items()
            for process in model.processes
            if process.is_executable is not False
        }


@dataclass(frozen=True, slots=True)
class Ready:
    """A process compiled with what it calls.

    Attributes:
        lacking: Ids of processes and decisions that it names and nobody has given.
    """

    compiled: Compiled
    decisions: Mapping[str, DmnModel]
    forms: Mapping[str, Mapping[str, str]]
    lacking: tuple[str, ...] = ()

    def element(self, key: str, process: str) -> Element:
        """What is drawn under an id of a process."""
        specs = self.compiled.specs
        spec = specs.get(f"{process}/{key}") or specs[key]
        element: Element = spec.element
        return element

    def form(self, process: str, form: str) -> str | None:
        """The text of a form, as the folder of a process has it."""
        return self.forms.get(process, {}).get(form)


@dataclass(slots=True)
class Given:
    """All folders at hand, and what was compiled of them."""

    folders: Mapping[str, Material]
    commands: Mapping[str, CommandFields]
    _ready: dict[tuple[str, frozenset[str]], Ready] = field(default_factory=dict)

    def ready(self, process: str, aside: frozenset[str]) -> Ready:
        """A process made ready to run, without the called ones that stand aside."""
        key = (process, aside)
        if key not in self._ready:
            self._ready[key] = self._made(process, aside)
        return self._ready[key]

    def _made(self, process: str, aside: frozenset[str]) -> Ready:
        homes = {
            p: (flow, path) for flow, m in self.folders.items() for p, path in m.processes.items()
        }
        decisions = {key: d for m in self.folders.values() for key, d in m.decisions.items()}
        used: dict[tuple[str, str], Definitions] = {}
        lacking: set[str] = set()
        waiting = [process]
        while waiting:
            home = homes.get(waiting.pop())
            if home is None or home in used:
                continue
            model = self.folders[home[0]].diagrams[home[1]]
            used[home] = normalise(model)
            calls, asks = set(_called(model)) - aside, set(_asked(model))
            lacking |= (calls - homes.keys()) | (asks - decisions.keys())
            waiting += calls
        stubs = [
            read(_ASIDE.format(process=quoteattr(p), job=ASIDE).encode()) for p in sorted(aside)
        ]
        models = [*used.values(), *map(normalise, stubs)]
        forms = {p: self.folders[flow].forms for p, (flow, _) in homes.items()}
        compiled = port.compile(models, self.commands)
        return Ready(compiled, decisions, forms, tuple(sorted(lacking)))


def _called(model: Definitions) -> Iterator[str]:
    for node in _nodes(model):
        called = node.extensions.called_element if isinstance(node, CallActivity) else None
        if called is not None and not called.process_id.text.startswith("="):
            yield called.process_id.text


def _asked(model: Definitions) -> Iterator[str]:
    for node in _nodes(model):
        asked = node.extensions.called_decision if isinstance(node, BusinessRuleTask) else None
        if asked is not None and not asked.decision_id.text.startswith("="):
            yield asked.decision_id.text


def _nodes(model: Definitions) -> Iterable[Element]:
    return (node for scope in scopes(model) for node in scope.body.nodes)
