"""Read an evaluation: what it is about, where it stands, who has it and by when."""

from uuid import UUID

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.pre_evaluation.list_pre_evaluations import READERS
from service.features.pre_evaluation.reading import seen_evaluation
from service.features.pre_evaluation.tables import Evaluation
from service.features.pre_evaluation.view import (
    EvaluationWhole,
    SelfAnswerView,
    view_of,
)
from service.features.tasks.course import course_of

_ANSWERS = """
SELECT indicator, text, evidence, answered_at FROM evaluation_self_answer
WHERE evaluation_id = $1 ORDER BY id
"""


class ReadEvaluation(Query[EvaluationWhole]):
    """One evaluation within reach (查看评估), with the self-evaluation and its open tasks."""

    name = "pre_evaluation.read_evaluation"
    duties = READERS
    title_zh = "查看评估"
    title_en = "Read an evaluation"

    evaluation_id: UUID


@answers(ReadEvaluation)
async def read_evaluation(query: ReadEvaluation, reading: Reading) -> EvaluationWhole:
    record = await seen_evaluation(reading, query.evaluation_id)
    evaluation = Evaluation.read({**record, "instance_id": record["case_id"]})
    # The case of a matter's evaluation is the matter's: only the evaluation's own steps.
    course = await course_of(reading.connection, evaluation.instance_id, "pre_evaluation")
    said = await reading.connection.fetch(_ANSWERS, evaluation.id)
    reading.tag(evaluation, is_all=False)
    return EvaluationWhole(
        **view_of(evaluation, record["full_name"]).model_dump(),
        answers=[SelfAnswerView.model_validate(dict(each)) for each in said],
        tasks=course.steps,
        last_step=course.last,
        stopped_clocks=course.stopped_clocks,
    )
