"""What a diagram asks for on its way: a command of the house, a decision by a table.

A command runs in the same transaction, as the process, caused by the command that moved the
instance. Refused, it is a BPMN error where the diagram catches it; else the whole move is.
"""

import asyncio
from typing import Any, TypeAlias
from uuid import UUID

import orjson
from pydantic import BaseModel, ValidationError

from service.core.command import Context
from service.core.engine import port
from service.core.errors import Refusal
from service.core.feel.border import from_wire, to_wire
from service.core.ids import new_id
from service.core.operation import OPERATIONS, Command
from service.core.store.transaction import savepoint
from service.features.decisions.evaluating import refusing, run_for
from service.features.decisions.explaining import explained, fired_rules
from service.features.decisions.in_force import Found, model_of
from service.features.decisions.tables import DecisionEvaluation
from service.features.processes import rules
from service.features.processes.definition import Definition
from service.features.processes.orderable import OWN_CASE

Asked: TypeAlias = port.CommandWanted | port.DecisionWanted


async def answered(
    context: Context, definition: Definition, instance_id: UUID, state: Any, asked: Asked
) -> port.Input:
    """The input that answers what an element wants.

    Args:
        instance_id: The case that asks; its own is the only one that its commands act on.
        state: The engine's state, in which the element waits.

    Raises:
        Refusal: A command was refused and no error event of the diagram could catch it.
    """
    if isinstance(asked, port.DecisionWanted):
        try:
            return port.DecisionAnswer(
                asked.instance, await _decided(context, definition, instance_id, asked)
            )
        except Refusal as refusal:
            return port.JobFailed(asked.instance, refusal.en)
    try:
        command = _command(asked, instance_id)
    except rules.CommandMisfed as refusal:
        return port.JobFailed(asked.instance, refusal.en)
    if not port.may_catch_errors(definition.compiled, state, asked.instance):
        return port.CommandAnswer(asked.instance, await _ordered(context, command))
    try:
        async with savepoint(context.connection):
            variables = await _ordered(context, command)
    except Refusal as refusal:
        if not port.may_catch_errors(definition.compiled, state, asked.instance, refusal.code):
            raise
        told = from_wire({"code": refusal.code, "detail": refusal.zh, "detail_en": refusal.en})
        return port.BpmnErrorThrown(asked.instance, refusal.code, refusal.en, {"refusal": told})
    return port.CommandAnswer(asked.instance, variables)


async def _ordered(context: Context, command: Command[BaseModel]) -> port.Variables:
    """The result of a command as variables, by the names of its fields."""
    result = await context.order(command)
    fields: dict[str, Any] = orjson.loads(result.model_dump_json())
    return {name: from_wire(value) for name, value in fields.items()}


def _command(asked: port.CommandWanted, instance_id: UUID) -> Command[Any]:
    """The command, about the case itself where it is about a case.

    Raises:
        CommandMisfed: Its fields are not what it takes, or name another case: a transaction
            locks one alone.
    """
    request = OPERATIONS[asked.type].request
    assert issubclass(request, Command)
    given = {name: to_wire(value) for name, value in asked.fields.items()}
    if OWN_CASE in request.model_fields:
        other = given.setdefault(OWN_CASE, str(instance_id))
        if other != str(instance_id):
            raise rules.CommandMisfed(
                f"Expected {asked.element} to be about its own case, but it names {other}.",
                f"环节{asked.element}的命令应当针对本流程，但指向其他流程。",
                element=asked.element,
                command=asked.type,
                field=OWN_CASE,
            )
    try:
        return request.model_validate_json(orjson.dumps(given))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise rules.CommandMisfed(
            f"Expected {asked.element} to give {asked.type} what it takes, "
            f"but {place}: {first['msg']}.",
            f"环节{asked.element}提供给命令{asked.type}的数据应当符合要求，但{place}不符合。",
            element=asked.element,
            command=asked.type,
            field=place,
        ) from error


async def _decided(
    context: Context, definition: Definition, instance_id: UUID, asked: port.DecisionWanted
) -> Any:
    found = definition.decisions.get(asked.decision)
    if found is None:
        raise rules.ProcessMissing(
            f"Expected a decision {asked.decision}, but there is none.",
            f"应当有决策{asked.decision}，但没有。",
        )
    deployed = await model_of(context.connection, found)
    run = await run_for(context.connection, context.now, counts_days=deployed.counts_days)
    names = {each.name for each in deployed.model.definitions.inputs}
    with refusing():
        given = {name: to_wire(value) for name, value in asked.variables.items() if name in names}
        inputs = deployed.model.decode(given)
        evaluation = await asyncio.to_thread(deployed.model.evaluate, asked.decision, inputs, run)
        value = evaluation.outputs[asked.decision]
        output = to_wire(value)
    explanation = explained(evaluation)
    kept = _record(context, found, asked, given, output, explanation)
    context.insert(kept.model_copy(update={"instance_id": instance_id}))
    return value


def _record(
    context: Context,
    found: Found,
    asked: port.DecisionWanted,
    inputs: dict[str, Any],
    output: Any,
    explanation: list[Any],
) -> DecisionEvaluation:
    number: UUID = new_id()
    return DecisionEvaluation(
        id=number,
        decided_at=context.now,
        decision_key=asked.decision,
        release_id=found.release_id,
        version_id=found.version_id,
        actor_id=context.actor.id,
        actor_name=context.actor.name,
        inputs=inputs,
        output=output,
        explanation=[decision.model_dump() for decision in explanation],
        rules=fired_rules(explanation),
        command_id=context.command_id,
        cause=context.cause,
    )
