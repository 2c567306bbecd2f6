"""Where decisions are served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.decisions.evaluate_decision import EvaluateDecision
from service.features.decisions.evaluate_feel import EvaluateFeel
from service.features.decisions.list_decisions import CountDecisions, ListDecisions
from service.features.decisions.list_evaluations import CountEvaluations, ListEvaluations

router = APIRouter()

mount(router, "GET", "/decisions", ListDecisions)
mount(router, "GET", "/decisions/count", CountDecisions)
mount(router, "POST", "/decisions/{key}/evaluate", EvaluateDecision)
mount(router, "GET", "/decision-evaluations", ListEvaluations)
mount(router, "GET", "/decision-evaluations/count", CountEvaluations)
mount(router, "POST", "/feel/evaluate", EvaluateFeel)
