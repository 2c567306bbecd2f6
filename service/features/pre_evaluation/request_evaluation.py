"""Request an evaluation: a body asks for it by itself, before it writes a request."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line, Text
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.asking import EvaluatedDeltas
from service.features.pre_evaluation.finding import tell
from service.features.pre_evaluation.tables import Evaluation
from service.features.pre_evaluation.view import EvaluationView, view_of

_BODY = "SELECT lineage, full_name, status FROM body WHERE id = $1"
_LINEAGES = "SELECT id, lineage FROM body WHERE id = ANY ($1)"


class RequestEvaluation(Command[EvaluationView]):
    """Request an evaluation (申请事前评估) of changes that a body thinks of asking for.

    The office admits or declines it. A report serves a matter with the same changes for six
    months.
    """

    name = "pre_evaluation.request_evaluation"
    duties = frozenset({Duty.APPLICANT_OFFICER})
    title_zh = "申请事前评估"
    title_en = "Request an evaluation"
    status = 201
    refusals = (rules.ApplicantOver,)
    example: ClassVar = {
        "title": "关于增加行政编制2名的事前评估",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "deltas": [
            {
                "ledger": "QUOTA",
                "body_id": "01900000-0000-7000-8000-000000000000",
                "kind": "ADMIN",
                "funding": "FULL",
                "before": 5,
                "after": 7,
                "source": "POOL",
            }
        ],
        "statement": "新承担职责，拟先评估。",
    }

    title: Line
    body_id: UUID
    deltas: EvaluatedDeltas
    statement: Text = ""


class EvaluationRequested(Event):
    """A body asks for an evaluation."""

    type: ClassVar[str] = "pre_evaluation.requested"
    title_zh = "事前评估已申请"
    title_en = "Evaluation requested"

    evaluation_id: UUID
    body_id: UUID

    def subject(self) -> str:
        return f"evaluation/{self.evaluation_id}"


@handles(RequestEvaluation)
async def request_evaluation(command: RequestEvaluation, context: Context) -> EvaluationView:
    """Keep the request; its case begins by the message."""
    body = await context.connection.fetchrow(_BODY, command.body_id)
    context.require_reach(body["lineage"] if body else [], "a body with this id")
    assert body is not None, "an empty lineage is never covered"
    await _require_named(command, context)
    if body["status"] in ("ABOLISHED", "MERGED"):
        raise rules.ApplicantOver(
            f"Expected a living body to ask, but {body['full_name']} is abolished or merged.",
            f"申请单位应当为存续机构，但{body['full_name']}已撤销或合并。",
        )
    evaluation = context.insert(
        Evaluation(
            id=new_id(),
            body_id=command.body_id,
            title=command.title,
            deltas=[each.model_dump(mode="json") for each in command.deltas],
            statement=command.statement,
            requested_at=context.now,
            requested_by=context.actor.id,
        )
    )
    variables = {
        "evaluation_id": str(evaluation.id),
        "body_id": str(evaluation.body_id),
        "title": evaluation.title,
        "matter_id": None,
    }
    tell(context, "EvaluationRequested", evaluation.id, variables)
    context.announce(EvaluationRequested(evaluation_id=evaluation.id, body_id=evaluation.body_id))
    context.tag(evaluation)
    return view_of(evaluation, body["full_name"])


async def _require_named(command: RequestEvaluation, context: Context) -> None:
    """Refuse changes of bodies out of reach: their vacancies would be told.

    Raises:
        NotFound: One of them is.
    """
    named = {each.body_id for each in command.deltas if each.body_id} - {command.body_id}
    records = await context.connection.fetch(_LINEAGES, list(named))
    lineages = {each["id"]: each["lineage"] for each in records}
    for body_id in named:
        context.require_reach(lineages.get(body_id, []), "a body with this id")
