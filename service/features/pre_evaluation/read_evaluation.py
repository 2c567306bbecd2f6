"""Read an evaluation: what it is about, where it stands, who has it and by when."""

from typing import Any
from uuid import UUID

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.pre_evaluation.list_pre_evaluations import READERS
from service.features.pre_evaluation.reading import seen_evaluation
from service.features.pre_evaluation.tables import Evaluation
from service.features.pre_evaluation.view import (
    EvaluationTask,
    EvaluationWhole,
    SelfAnswerView,
    view_of,
)

# Of a matter's evaluation only its own steps: the case has many others.
_TASKS = """
SELECT t.id AS task_id, t.element, t.name, t.groups, t.assignee_name, t.opened_at, t.due_at
FROM task t WHERE t.instance_id = $1 AND t.state = 'OPEN' AND EXISTS (SELECT FROM instance i
    WHERE i.root_id = t.instance_id AND i.process = t.process AND i.flow = 'pre_evaluation')
ORDER BY t.opened_at, t.id
"""
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
    tasks = await reading.connection.fetch(_TASKS, evaluation.instance_id)
    said = await reading.connection.fetch(_ANSWERS, evaluation.id)
    reading.tag(evaluation, is_all=False)
    return EvaluationWhole(
        **view_of(evaluation, record["full_name"]).model_dump(),
        answers=[SelfAnswerView.model_validate(dict(each)) for each in said],
        tasks=[_task(each) for each in tasks],
    )


def _task(record: Any) -> EvaluationTask:
    duties = [group.partition("@")[0] for group in record["groups"]]
    return EvaluationTask.model_validate({**dict(record), "duties": duties})
