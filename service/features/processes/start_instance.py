"""Start an instance: a case that follows a flow from now on."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field, StringConstraints

from service.core.auth.actor import Duty
from service.core.auth.policy import EVERYBODY, OFFICE, covering, covering_city
from service.core.command import Context
from service.core.engine.model import StartEvent
from service.core.feel.border import from_wire
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.decisions.inputs import Inputs
from service.features.processes import rules
from service.features.processes.definition import Definition, pinned
from service.features.processes.instance_view import InstanceSummary, summary_of
from service.features.processes.moving import Beginning, begin

ProcessId = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_.-]*$", max_length=120),
    Field(description="Id of the process in its diagram.", examples=["leave_of_absence"]),
]
_BODY = "SELECT lineage FROM body WHERE id = $1"
_RELEASE = """
SELECT r.id FROM release r JOIN release_file f ON f.release_id = r.id
JOIN file_version v ON v.id = f.version_id
WHERE v.processes @> ARRAY[$1::text] AND r.state IN ('IN_FORCE', 'SUPERSEDED')
AND CASE WHEN $2::int IS NOT NULL THEN r.number = $2 ELSE v.version_tag = $3 END
ORDER BY r.number DESC LIMIT 1
"""


class StartInstance(Command[InstanceSummary]):
    """Start a case (启动流程) of a process in force, or of the named release of its flow.

    Whoever holds the duty of the lane in which the process starts may start it, over the body
    that the case is about; where it starts in no lane, the office may.
    """

    name = "processes.start_instance"
    duties = EVERYBODY | {Duty.PROCESS}
    title_zh = "启动流程"
    title_en = "Start an instance"
    status = 201
    refusals = (
        rules.ProcessMissing,
        rules.BindingsConflict,
        rules.InstanceMoved,
        rules.CommandMisfed,
        rules.CaseRuns,
    )
    example: ClassVar = {"variables": {}, "title": "示例"}

    process: ProcessId
    #: The number by which people know the case.
    business_key: Annotated[Line | None, Field(max_length=80)] = None
    title: Line | None = None
    #: Whose matter it is; null for the city's own.
    body_id: UUID | None = None
    variables: Inputs = Field(default_factory=dict)
    #: A release's number or a version tag; without both the one in force.
    release_number: Annotated[int | None, Field(ge=1, lt=2**31)] = None
    version_tag: Annotated[str | None, Field(max_length=120)] = None
    #: The start event whose message has come, by its id; only a command of the house says so.
    #: As with the message, no other case of the process with this business key runs beside it.
    at: Annotated[str | None, Field(max_length=200)] = None


@handles(StartInstance)
async def start_instance(command: StartInstance, context: Context) -> InstanceSummary:
    """Pin the release, start, and move until the case waits."""
    lineage = await _lineage(command, context)
    definition = await pinned(context.connection, await _release(command, context), command.process)
    _require_starter(context, definition, command, lineage)
    variables = {name: from_wire(value) for name, value in command.variables.items()}
    about = Beginning(
        command.business_key,
        command.title,
        command.body_id,
        command.business_key if command.at else None,
    )
    known = {command.body_id: lineage} if command.body_id else {}
    moved = await begin(
        context,
        definition,
        command.process,
        variables,
        about,
        at=command.at or "",
        lineages=known,
    )
    started = moved.instance
    context.tag(started)
    return summary_of(started)


async def _lineage(command: StartInstance, context: Context) -> list[UUID]:
    if command.body_id is None:
        return []
    found = await context.connection.fetchval(_BODY, command.body_id)
    return list(found or ())


async def _release(command: StartInstance, context: Context) -> UUID | None:
    if command.release_number is None and command.version_tag is None:
        return None
    asked = (command.process, command.release_number, command.version_tag)
    found: UUID | None = await context.connection.fetchval(_RELEASE, *asked)
    if found is None:
        raise rules.ProcessMissing(
            f"Expected a release of {command.process} with this number or tag, "
            "but none is or was in force.",
            f"流程{command.process}应当有此版本，但没有曾经生效的。",
            process=command.process,
        )
    return found


def _require_starter(
    context: Context, definition: Definition, command: StartInstance, lineage: list[UUID]
) -> None:
    """Refuse whoever has not the duty of the start's lane over the body.

    Raises:
        NotAllowed: The duty is another's, or the case is the city's and the reach is not.
        NotFound: The body is out of reach.
    """
    duties = {Duty(each) for each in starters(definition, command.process)} or OFFICE
    if command.at is not None:
        duties = {Duty.PROCESS}
    grants = [grant for grant in context.grants if grant.duty in duties | {Duty.PROCESS}]
    if not grants:
        raise rules.not_starter(command.process, sorted(duties))
    if command.body_id is None:
        context.allow(covering_city(grants))
    else:
        context.allow(covering(grants, lineage, "a body"))


def starters(definition: Definition, process: str) -> set[str]:
    """The duties in whose lanes the process starts by itself."""
    body = definition.compiled.processes[process].body
    starts = [spec.element for spec in body.starts if isinstance(spec.element, StartEvent)]
    return {each.extensions.duty for each in starts if each.extensions.duty}
