"""Closing entries that need facts of the implementation: bodies, sections, mandates, classes."""

from typing import Any
from uuid import UUID

from service.core.operation import Command
from service.features.bodies.abolish_internal_body import AbolishInternalBody
from service.features.bodies.change_body_details import ChangeBodyDetails
from service.features.bodies.change_internal_body import ChangeInternalBody
from service.features.bodies.codes import Rank
from service.features.bodies.register_body import RegisterBody
from service.features.bodies.set_functions import NewFunction, SetFunctions
from service.features.bodies.set_up_internal_body import SetUpInternalBody
from service.features.matters.body_commands import command_of_body
from service.features.matters.closing import Closing
from service.features.matters.codes import DeltaAction, DeltaLedger
from service.features.matters.deltas import COUNTED, Delta
from service.features.matters.report import MandateFunction, NewBody

_SECTION = """
SELECT id FROM internal_body WHERE body_id = $1 AND name = $2 AND NOT is_abolished
"""
_FUNCTIONS = """
SELECT f.id, f.content FROM body_function f LEFT JOIN body_function e ON e.ends_id = f.id
WHERE f.body_id = $1 AND f.action = 'ADD' AND e.id IS NULL
"""


async def set_up_bodies(closing: Closing) -> None:
    """Register the bodies that were set up; what is theirs can be entered then."""
    told = {each.full_name: each for each in closing.reported.new_bodies or ()}
    for delta in list(closing.left):
        if delta.ledger is not DeltaLedger.BODY or delta.action is not DeltaAction.SET_UP:
            continue
        assert delta.body_name is not None, "its form asks for it"
        facts = told.get(delta.body_name)
        if facts is None:
            closing.differences.append(f"设立{delta.body_name}：请填写新设机构的登记信息。")
            continue
        made = await closing.made(f"设立{delta.body_name}", _registration(closing, delta, facts))
        if made is not None:
            closing.drop([delta])
            _name(closing, delta.body_name, made.id)


def _registration(closing: Closing, delta: Delta, facts: NewBody) -> RegisterBody:
    """The rank, the place and the funding as decided, the rest as reported."""
    decided = list(Rank)[delta.after - 1] if delta.after else None
    given = facts.model_dump(exclude={"rank", "funding"}, exclude_none=True)
    funding = delta.funding or facts.funding
    return RegisterBody(
        **given,
        rank=decided or facts.rank or Rank.UNRANKED,
        funding=funding,
        parent_id=delta.to_body_id,
        document_id=closing.document_id,
        effective_on=closing.on,
    )


def _name(closing: Closing, name: str, body_id: UUID) -> None:
    """What belongs to the new body belongs to a body on record now."""
    for delta in list(closing.left):
        if delta.body_id is None and delta.body_name == name:
            closing.swap(delta, delta.model_copy(update={"body_id": body_id}))


async def change_bodies(closing: Closing) -> None:
    """Enter what counts nothing: names and places whose day has come, and what facts have come."""
    for delta in list(closing.left):
        if delta.ledger in COUNTED or delta.ledger is DeltaLedger.BODY or delta.body_id is None:
            continue
        if delta.ledger is DeltaLedger.NONQUOTA:
            is_done = _has_ceiling(closing, delta)
        else:
            command = await _command(closing, delta)
            is_done = command is not None and await closing.done(_WHAT[delta.ledger], command)
        if is_done:
            closing.drop([delta])


_WHAT = {
    DeltaLedger.RANK: "机构规格",
    DeltaLedger.NAME: "机构更名",
    DeltaLedger.NAMEPLATE: "挂牌",
    DeltaLedger.SUBORDINATION: "隶属关系",
    DeltaLedger.CLASS: "类别和经费形式",
    DeltaLedger.FUNCTION: "职责",
    DeltaLedger.MANDATE: "三定规定",
    DeltaLedger.INTERNAL_BODY: "内设机构",
}


async def _command(closing: Closing, delta: Delta) -> Command[Any] | None:
    """The command of a change with the facts reported; None where one is missing."""
    basis = {"document_id": closing.document_id, "effective_on": closing.on}
    command = command_of_body(delta, basis)
    if command is not None:
        return command
    if delta.ledger is DeltaLedger.INTERNAL_BODY:
        return await _section(closing, delta, basis)
    if delta.ledger in (DeltaLedger.MANDATE, DeltaLedger.FUNCTION):
        return await _functions(closing, delta, basis)
    told = closing.reported.model_dump(include={"inst_class", "funding"}, exclude_none=True)
    if told and delta.ledger is DeltaLedger.CLASS:
        return ChangeBodyDetails(body_id=delta.body_id, **told, **basis)
    closing.differences.append(f"{_WHAT[delta.ledger]}：请填写落实情况。")
    return None


async def _section(closing: Closing, delta: Delta, basis: dict[str, Any]) -> Command[Any] | None:
    """A section is named by its name: the new one in `text`, the present one in `body_name`."""
    told = next(
        (each for each in closing.reported.sections or () if each.section_name == delta.text), None
    )
    facts = told.model_dump(exclude={"section_name"}, exclude_none=True) if told else {}
    if delta.action in (DeltaAction.SET_UP, DeltaAction.ADD) and delta.text:
        return SetUpInternalBody(body_id=delta.body_id, section_name=delta.text, **facts, **basis)
    present = delta.body_name or delta.text
    found = await closing.context.connection.fetchval(_SECTION, delta.body_id, present)
    if found is None:
        closing.differences.append(f"内设机构：台账中没有“{present}”。")
        return None
    if delta.action in (DeltaAction.ABOLISH, DeltaAction.REMOVE):
        return AbolishInternalBody(internal_body_id=found, **basis)
    renamed = {"section_name": delta.text} if delta.text != present else {}
    return ChangeInternalBody(internal_body_id=found, **renamed, **facts, **basis)


async def _functions(closing: Closing, delta: Delta, basis: dict[str, Any]) -> Command[Any] | None:
    """Functions by the mandate as issued; one to be taken away is found by its words."""
    told = list(closing.reported.functions or ())
    if delta.ledger is DeltaLedger.FUNCTION and delta.action is DeltaAction.REMOVE and delta.text:
        told = [MandateFunction(content=delta.text, is_ended=True)]
    records = await closing.context.connection.fetch(_FUNCTIONS, delta.body_id)
    ended = {each.content for each in told if each.is_ended}
    gone = [record["id"] for record in records if record["content"] in ended]
    if not told or len(gone) < len(ended):
        closing.differences.append(f"{_WHAT[delta.ledger]}：请逐条填写增加和终止的职责原文。")
        return None
    added = tuple(
        NewFunction(content=each.content, basis=each.basis or "")
        for each in told
        if not each.is_ended
    )
    return SetFunctions(body_id=delta.body_id, add=added, end=tuple(gone), **basis)


def _has_ceiling(closing: Closing, delta: Delta) -> bool:
    """Whether the unit keeps to the ceiling that was decided; the register takes it from here."""
    told = closing.reported.nonquota_ceiling
    if told != delta.after:
        closing.differences.append(
            f"编外人员控制数：应当为{delta.after}名，但反馈为{'空' if told is None else told}。"
        )
    return told == delta.after
