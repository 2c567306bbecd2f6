"""Record facts: what the tables found about a matter before it is worked on or decided."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.decisions.inputs import SomeInputs
from service.features.matters import rules
from service.features.matters.codes import Authority, State
from service.features.matters.finding import locked_matter
from service.features.matters.view import MatterView, view_of

_OPEN = tuple(state for state in State if state not in (State.ISSUED, State.CLOSED))


class AuthorityFound(BaseModel):
    """What the table `authority` says: who decides in the end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    final_authority: Authority
    via_party_committee: bool = False
    #: Empty where nobody above decides, or where the request does not say at which level.
    superior_level: Annotated[str, Field(max_length=120)] | None = None


class RecordFacts(Command[MatterView]):
    """Record what the tables found about a matter (记录预审结果), and who decides it in the end.

    Found anew, after an amendment or a vote, it takes the place of what was found before: what
    is issued is held against the last finding (I4). What is left out stays as it was found.
    """

    name = "matters.record_facts"
    duties = frozenset({Duty.PROCESS})
    title_zh = "记录预审结果"
    title_en = "Record facts"
    refusals = (rules.MatterMoved,)

    matter_id: UUID
    authority: AuthorityFound
    #: Outcomes of `matter_facts`, `evaluation_needed`, `prohibition_hits` and `completeness`.
    facts: SomeInputs | None = None
    evaluation_needed: bool | None = None
    hits: Annotated[list[SomeInputs] | None, Field(max_length=100)] = None
    missing: SomeInputs | None = None
    #: Who took it in and who found it lawful, as soon as the case knows.
    intake_by: UUID | None = None
    legal_by: UUID | None = None


@handles(RecordFacts)
async def record_facts(command: RecordFacts, context: Context) -> MatterView:
    """Keep the findings, and the people who are named with them."""
    matter = await locked_matter(context, command.matter_id, *_OPEN)
    given = {
        "facts": command.facts,
        "evaluation_needed": command.evaluation_needed,
        "prohibitions": command.hits,
        "missing": command.missing,
        "intake_by": command.intake_by,
        "legal_by": command.legal_by,
    }
    found: dict[str, Any] = {name: each for name, each in given.items() if each is not None}
    authority = command.authority.model_dump()
    found |= {**authority, "superior_level": authority["superior_level"] or ""}
    return view_of(context.update(matter, **found))
