"""What an instance runs on: the release it pinned, and those that it reaches from there."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from service.core.engine import port
from service.core.engine.model import Element
from service.core.engine.spiff.compile import Compiled
from service.core.store.db import Connection
from service.features.decisions.in_force import Found
from service.features.processes import rules
from service.features.processes.binding import reached
from service.features.processes.folders import Folder, folders_of
from service.features.processes.orderable import orderable

_KEPT = 256
_IN_FORCE = "SELECT id FROM release WHERE state = 'IN_FORCE'"


@dataclass(frozen=True)
class Definition:
    """Diagrams compiled together, with their tables and forms.

    Attributes:
        folders: By flow.
        compiled: What the engine runs.
        homes: The flow of each process.
        decisions: What a decision's id means here.
    """

    folders: Mapping[str, Folder]
    compiled: Compiled
    homes: Mapping[str, str]
    decisions: Mapping[str, Found]

    @property
    def pins(self) -> dict[str, str]:
        """Flow → release, as instances keep it."""
        return {flow: str(folder.id) for flow, folder in self.folders.items()}

    @property
    def counts_days(self) -> bool:
        return any(folder.counts_days for folder in self.folders.values())

    def element(self, key: str, process: str) -> Element:
        """What is drawn under an id of a process."""
        specs = self.compiled.specs
        spec = specs.get(f"{process}/{key}") or specs[key]
        element: Element = spec.element
        return element

    def place(self, element: str, process: str) -> str:
        """`process/element` of an id in the file of a process; ids are unique in a file."""
        for diagram in self.folders[self.homes[process]].diagrams:
            own = [each.id for each in diagram.processes]
            if process in own:
                specs = self.compiled.specs
                spec = specs.get(f"{process}/{element}") or specs.get(element)
                if spec is not None and spec.process in own:
                    return f"{spec.process}/{element}"
        return f"{process}/{element}"

    def form(self, process: str, form: str) -> str | None:
        """The text of a form, as the folder of a process has it."""
        return self.folders[self.homes[process]].forms.get(form)


_DEFINITIONS: OrderedDict[tuple[UUID, ...], Definition] = OrderedDict()


async def definition_of(connection: Connection, pins: Mapping[str, str]) -> Definition:
    """What an instance with these pins runs on; compiled once in each process."""
    key = tuple(sorted(UUID(each) for each in pins.values()))
    if key not in _DEFINITIONS:
        _DEFINITIONS[key] = _compiled(await folders_of(connection, key))
        if len(_DEFINITIONS) > _KEPT:
            _DEFINITIONS.popitem(last=False)
    _DEFINITIONS.move_to_end(key)
    return _DEFINITIONS[key]


async def pinned(connection: Connection, release_id: UUID | None, process: str) -> Definition:
    """What a new instance runs on: a release, and what is in force where it calls others.

    Args:
        release_id: The release that holds the process; None for the one in force.

    Raises:
        ProcessMissing: No release in force has the process, or one that it calls.
        BindingsConflict: What it calls asks for two releases of one flow.
    """
    in_force = [record["id"] for record in await connection.fetch(_IN_FORCE)]
    wanted = [*in_force, *([release_id] if release_id else [])]
    folders = {folder.id: folder for folder in await folders_of(connection, wanted)}
    own = folders.get(release_id) if release_id else None
    others = [folders[each] for each in in_force if own is None or folders[each].flow != own.flow]
    own = own or next((each for each in others if process in each.processes), None)
    if own is None or process not in own.processes:
        raise rules.ProcessMissing(
            f"Expected a process {process} in force, but there is none.",
            f"应当有生效的流程{process}，但没有。",
            process=process,
        )
    folders_used = await reached(connection, own, [e for e in others if e.flow != own.flow])
    _require_all(folders_used)
    return await definition_of(connection, {each.flow: str(each.id) for each in folders_used})


def _require_all(folders: list[Folder]) -> None:
    """Refuse to begin what would stop on the way because nobody has released it."""
    processes = {name for folder in folders for name in folder.processes}
    decisions = {name for folder in folders for name in folder.decisions}
    for folder in folders:
        lacking = sorted((folder.calls - processes) | (folder.asks - decisions))
        if lacking:
            raise rules.ProcessMissing(
                f"Expected everything that {folder.flow} calls in force, but {lacking[0]} is not.",
                f"{folder.flow}所调用的流程和决策应当均已生效，但{lacking[0]}没有。",
                process=lacking[0],
            )


def _compiled(folders: list[Folder]) -> Definition:
    digest = sha256("".join(sorted(str(folder.id) for folder in folders)).encode()).hexdigest()
    diagrams = [diagram for folder in folders for diagram in folder.diagrams]
    return Definition(
        folders={folder.flow: folder for folder in folders},
        compiled=port.compile(diagrams, orderable(), digest[:32]),
        homes={process: folder.flow for folder in folders for process in folder.processes},
        decisions={key: found for folder in folders for key, found in folder.decisions.items()},
    )
