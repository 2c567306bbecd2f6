"""Releases, read: the diagrams of a folder ready to run, kept at hand.

A release never changes, so neither does what its files compile to.
"""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.core.engine.model import BusinessRuleTask, CallActivity, Definitions, Process
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.scopes_of import scopes
from service.core.store.db import Connection
from service.features.decisions.in_force import Found
from service.features.processes.form_files import form_id

_KEPT = 256
_FILES = """
SELECT r.id AS release_id, r.flow, r.number AS release_number, v.id AS version_id, v.path,
       v.number, v.version_tag, v.keys, v.processes,
       CASE WHEN v.path LIKE '%.dmn' OR v.path LIKE 'scenarios/%' THEN '' ELSE v.content END
       AS content
FROM release r JOIN release_file f ON f.release_id = r.id
JOIN file_version v ON v.id = f.version_id
WHERE r.id = ANY ($1)
"""


@dataclass(frozen=True, order=True)
class Need:
    """A process or decision that a diagram names, and which version of it.

    Attributes:
        id: Its id.
        is_decision: Whether it is a decision.
        kind: `latest`, `deployment` (the same release) or `versionTag`.
        tag: The version tag, for the last of these.
    """

    id: str
    is_decision: bool
    kind: str = "latest"
    tag: str = ""


@dataclass(frozen=True)
class Folder:
    """What a release holds.

    Attributes:
        diagrams: The diagrams that can run, in their explicit form.
        processes: Their processes by id.
        tags: The version tag of each process that has one.
        decisions: The decisions of its tables by id.
        forms: The texts of its forms by id.
        calls, asks: Ids of processes and decisions of other folders that it names.
        bound: What it names of one version: not simply the one in force.
        names_freely: Whether it names one by an expression, so that any could be meant.
        counts_days: Whether a diagram may ask for the office's calendar.
    """

    id: UUID
    flow: str
    number: int
    diagrams: tuple[Definitions, ...]
    processes: Mapping[str, Process]
    tags: Mapping[str, str]
    decisions: Mapping[str, Found]
    forms: Mapping[str, str]
    calls: frozenset[str]
    asks: frozenset[str]
    bound: tuple[Need, ...]
    names_freely: bool
    counts_days: bool


_FOLDERS: OrderedDict[UUID, Folder] = OrderedDict()


async def folders_of(connection: Connection, ids: Iterable[UUID]) -> list[Folder]:
    """The folders of releases; those not at hand are read in one statement."""
    wanted = list(dict.fromkeys(ids))
    missing = [each for each in wanted if each not in _FOLDERS]
    if missing:
        files: dict[UUID, list[Any]] = defaultdict(list)
        for record in await connection.fetch(_FILES, missing):
            files[record["release_id"]].append(record)
        for folder in await asyncio.to_thread(lambda: [_read(files[each]) for each in missing]):
            _FOLDERS[folder.id] = folder
    found = [_FOLDERS[each] for each in wanted]
    for each in wanted:
        _FOLDERS.move_to_end(each)
    while len(_FOLDERS) > max(_KEPT, len(wanted)):
        _FOLDERS.popitem(last=False)
    return found


def _read(files: list[Any]) -> Folder:
    first = files[0]
    drawn = [each for each in files if each["path"].endswith(".bpmn") and each["processes"]]
    diagrams = tuple(normalise(read(each["content"].encode())) for each in drawn)
    processes = {p.id: p for diagram in diagrams for p in diagram.processes}
    decisions = {key: _found(each) for each in files for key in each["keys"]}
    needs = frozenset(_needs(diagrams))
    named = {each for each in needs if not each.id.startswith("=")}
    latest = {each for each in named if each.kind == "latest"}
    return Folder(
        id=first["release_id"],
        flow=first["flow"],
        number=first["release_number"],
        diagrams=diagrams,
        processes=processes,
        tags={id_: p.extensions.version_tag for id_, p in processes.items()},
        decisions=decisions,
        forms={
            form_id(each["path"]): each["content"]
            for each in files
            if each["path"].startswith("forms/")
        },
        calls=frozenset(e.id for e in latest if not e.is_decision) - processes.keys(),
        asks=frozenset(e.id for e in latest if e.is_decision) - decisions.keys(),
        bound=tuple(sorted(named - latest)),
        names_freely=needs != named,
        counts_days=any("working" in each["content"] for each in drawn),
    )


def _found(file: Any) -> Found:
    fields = ("release_id", "flow", "release_number", "version_id", "path", "number", "version_tag")
    return Found(**{name: file[name] for name in fields})


def _needs(diagrams: Iterable[Definitions]) -> Iterator[Need]:
    """The processes and decisions that diagrams name, some of them by an expression."""
    for diagram in diagrams:
        for scope in scopes(diagram):
            for node in scope.body.nodes:
                e = node.extensions
                if isinstance(node, CallActivity) and e.called_element is not None:
                    called = e.called_element
                    binding = called.binding
                    yield Need(called.process_id.text, False, binding.kind, binding.version_tag)
                elif isinstance(node, BusinessRuleTask) and e.called_decision is not None:
                    asked = e.called_decision
                    binding = asked.binding
                    yield Need(asked.decision_id.text, True, binding.kind, binding.version_tag)
