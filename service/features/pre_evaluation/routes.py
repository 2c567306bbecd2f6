"""Where evaluations are served. What only diagrams order has no address."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.pre_evaluation.list_evaluation_members import ListEvaluationMembers
from service.features.pre_evaluation.list_evaluation_scores import ListEvaluationScores
from service.features.pre_evaluation.list_pre_evaluations import (
    CountPreEvaluations,
    ListPreEvaluations,
)
from service.features.pre_evaluation.read_evaluation import ReadEvaluation
from service.features.pre_evaluation.request_evaluation import RequestEvaluation
from service.features.pre_evaluation.withdraw_evaluation import WithdrawEvaluation

router = APIRouter()

mount(router, "POST", "/evaluations", RequestEvaluation)
mount(router, "GET", "/evaluations", ListPreEvaluations)
mount(router, "GET", "/evaluations/count", CountPreEvaluations)
mount(router, "GET", "/evaluations/{evaluation_id}", ReadEvaluation)
mount(router, "GET", "/evaluations/{evaluation_id}/members", ListEvaluationMembers)
mount(router, "GET", "/evaluations/{evaluation_id}/scores", ListEvaluationScores)
mount(router, "POST", "/evaluations/{evaluation_id}/withdraw", WithdrawEvaluation)
