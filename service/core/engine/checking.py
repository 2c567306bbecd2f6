"""What all rules share: the file, its scopes, what is known outside, and the findings."""

from collections.abc import Iterator

from .findings import Findings
from .known import Known
from .model import Definitions, Element, FlowNode
from .scopes_of import Scope, scopes


class Checking:
    """One file under examination."""

    def __init__(self, definitions: Definitions, known: Known) -> None:
        self.file = definitions
        self.known = known
        self.findings = Findings()
        self.scopes = tuple(s for s in scopes(definitions) if s.process.is_executable is not False)
        self.node_ids = {node.id for _, node in self.nodes()}
        self.messages = {x.id: x for x in definitions.messages}
        self.signals = {x.id: x for x in definitions.signals}
        self.errors = {x.id: x for x in definitions.errors}
        self.escalations = {x.id: x for x in definitions.escalations}
        self.shared_events = {x.id: x for x in definitions.event_definitions}

    def nodes(self) -> Iterator[tuple[Scope, FlowNode]]:
        for scope in self.scopes:
            for node in scope.body.nodes:
                yield scope, node

    def error(self, rule: str, element: Element, english: str, chinese: str) -> None:
        self.findings.error(rule, element.id, element.line, english, chinese)

    def warn(self, rule: str, element: Element, english: str, chinese: str) -> None:
        self.findings.warn(rule, element.id, element.line, english, chinese)


def called(element: Element) -> str:
    """How messages call an element."""
    return f"{element.name} ({element.id})" if element.name else element.id
