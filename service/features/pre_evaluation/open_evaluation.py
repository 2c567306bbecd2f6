"""Open an evaluation: its work begins, with what the ledger says of the body."""

from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, model_validator

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import OPERATIONS, Command, handles
from service.core.store.outbox import Event
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.by_table import decided
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation
from service.features.pre_evaluation.ledger_facts import measures_of, registry_of
from service.features.pre_evaluation.requesting import areas_of, bodies_of, request_of, rising
from service.features.pre_evaluation.tables import Evaluation

#: Hits of the gate that say: found, and not put right (A-DT4, rows 1 and 1b).
_UNRECTIFIED = ("1", "1b")
#: What the ledger of rectification knows of bodies; flows meet by a command's name.
_GATE_FACTS = "rectification.gather_gate_facts"
_MATTER = """
SELECT m.id, m.body_id, m.title, m.deltas,
       m.start = 'SUPERIOR' OR coalesce((m.stated ->> 'pure_superior_order')::boolean, false)
           AS is_ordered,
       (SELECT coalesce(jsonb_agg(hit), '[]') FROM matter_override o, jsonb_array_elements(o.hits)
        hit WHERE o.matter_id = m.id AND hit ->> 'result' = 'HOLD') AS overrides
FROM matter m WHERE m.id = $1
"""


class EvaluationOpened(BaseModel):
    """The inputs of the tables, every member there; null where it cannot be computed."""

    evaluation_id: UUID
    body_id: UUID
    request: dict[str, Any]
    registry: dict[str, Any]
    measures: dict[str, Any]


class OpenEvaluation(Command[EvaluationOpened]):
    """Open an evaluation (评估立项): of a matter, or one that a body has asked for.

    The data are copied from the ledger as it stands: vacancies, use, open problems.
    """

    name = "pre_evaluation.open_evaluation"
    duties = frozenset({Duty.PROCESS})
    title_zh = "评估立项"
    title_en = "Open an evaluation"
    refusals = (rules.EvaluationMoved, rules.EvaluationRulesMissing)

    #: What was asked for by itself; else the matter is named.
    evaluation_id: UUID | None = None
    matter_id: UUID | None = None
    #: The case that evaluates.
    instance_id: UUID

    @model_validator(mode="after")
    def _names_something(self) -> "OpenEvaluation":
        if self.evaluation_id is None and self.matter_id is None:
            raise ValueError("expected evaluation_id or matter_id, but there is neither")
        return self


class EvaluationBegun(Event):
    """An evaluation is under way."""

    type: ClassVar[str] = "pre_evaluation.opened"
    title_zh = "评估已立项"
    title_en = "Evaluation opened"

    evaluation_id: UUID
    matter_id: UUID | None
    body_id: UUID

    def subject(self) -> str:
        return f"evaluation/{self.evaluation_id}"


@handles(OpenEvaluation)
async def open_evaluation(command: OpenEvaluation, context: Context) -> EvaluationOpened:
    """Keep the row and what the ledger says of the body today."""
    context.require_city()
    matter = None
    if command.matter_id is not None:
        matter = await context.connection.fetchrow(_MATTER, command.matter_id)
        if matter is None:
            raise missing("a matter with this id")
    evaluation = await _row(command, context, matter)
    deltas = evaluation.deltas
    accounts = rising(deltas)
    registry = await registry_of(context.connection, accounts, evaluation.body_id)
    registry |= await _standing(context, evaluation, matter)
    opened = context.update(
        evaluation,
        state=EvaluationState.IN_WORK,
        instance_id=command.instance_id,
        opened_on=context.today,
        request=request_of(deltas),
        ledger=registry,
        measures=await measures_of(context.connection, accounts, evaluation.body_id),
    )
    context.announce(
        EvaluationBegun(evaluation_id=opened.id, matter_id=opened.matter_id, body_id=opened.body_id)
    )
    return EvaluationOpened(
        evaluation_id=opened.id,
        body_id=opened.body_id,
        request=opened.request,
        registry=opened.ledger,
        measures=opened.measures,
    )


async def _row(command: OpenEvaluation, context: Context, matter: Any) -> Evaluation:
    """The request of the body, or a new row for the matter."""
    if matter is None:
        assert command.evaluation_id is not None, "one of them is named"
        return await locked_evaluation(context, command.evaluation_id, EvaluationState.REQUESTED)
    row = context.insert(
        Evaluation(
            id=new_id(),
            matter_id=matter["id"],
            body_id=matter["body_id"],
            title=matter["title"],
            deltas=matter["deltas"],
            requested_at=context.now,
        )
    )
    await context.flush()
    return row


async def _standing(context: Context, evaluation: Evaluation, matter: Any) -> dict[str, Any]:
    """Whether problems of the bodies are not put right, and whether one is listed as dishonest.

    What the chair has let pass, and what the gate is not meant for, does not count.
    """
    asked = OPERATIONS[_GATE_FACTS].request.model_validate(
        {"body_ids": bodies_of(evaluation.deltas, evaluation.body_id)}
    )
    assert isinstance(asked, Command), "it is one"
    facts = (await context.order(asked)).model_dump(mode="json")
    request = {
        "is_increase": bool(rising(evaluation.deltas)),
        "is_quota_use": False,
        "areas": areas_of(evaluation.deltas),
        "is_pure_reduction": False,
        "is_superior_order": bool(matter and matter["is_ordered"]),
        "is_plan_measure": False,
    }
    overrides = matter["overrides"] if matter else []
    gate = await decided(context, "gate", request=request, **facts, overrides=overrides)
    return {
        "has_unrectified": not gate["is_exempt"]
        and any(hit["rule"] in _UNRECTIFIED and not hit["is_overridden"] for hit in gate["hits"]),
        "is_dishonest": any(each["is_dishonest"] for each in facts["standings"]),
    }
