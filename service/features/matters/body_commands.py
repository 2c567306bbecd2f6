"""What a change that counts nothing is as a command of the register of bodies."""

from typing import Any

from service.core.operation import Command
from service.features.bodies.add_nameplate import AddNameplate
from service.features.bodies.change_body_details import ChangeBodyDetails
from service.features.bodies.codes import InstClass, Rank
from service.features.bodies.re_rank_body import ReRankBody
from service.features.bodies.re_subordinate_body import ReSubordinateBody
from service.features.bodies.remove_nameplate import RemoveNameplate
from service.features.bodies.rename_body import RenameBody
from service.features.bodies.set_functions import NewFunction, SetFunctions
from service.features.matters.codes import DeltaAction, DeltaLedger
from service.features.matters.deltas import Delta


def command_of_body(delta: Delta, basis: dict[str, Any]) -> Command[Any] | None:
    """The command of such a change; None where it needs facts of its implementation."""
    about = {"body_id": delta.body_id, **basis}
    match delta.ledger, delta.action:
        case DeltaLedger.NAME, _:
            return RenameBody(full_name=delta.text, **about)
        case DeltaLedger.NAMEPLATE, DeltaAction.REMOVE:
            return RemoveNameplate(nameplate=delta.text, **about)
        case DeltaLedger.NAMEPLATE, _:
            return AddNameplate(nameplate=delta.text, **about)
        case DeltaLedger.RANK, _:
            return ReRankBody(rank=list(Rank)[(delta.after or 1) - 1], **about)
        case DeltaLedger.SUBORDINATION, _ if delta.to_body_id:
            return ReSubordinateBody(parent_id=delta.to_body_id, **about)
        case DeltaLedger.CLASS, _:
            return _class(delta, about)
        case DeltaLedger.FUNCTION, DeltaAction.ADD if delta.text:
            return SetFunctions(add=(NewFunction(content=delta.text),), **about)
        case _:
            return None


def _class(delta: Delta, about: dict[str, Any]) -> Command[Any] | None:
    """A class named by its code or its Chinese name, a funding form, or both."""
    facts: dict[str, Any] = {}
    named = next((each for each in InstClass if delta.text in (each.value, each.zh)), None)
    if named is not None:
        facts["inst_class"] = named
    if delta.funding is not None:
        facts["funding"] = delta.funding
    return ChangeBodyDetails(**facts, **about) if facts else None
