"""Every step of every flow finds somebody, whoever of the office is on leave (domain §7).

Who does a step and who must not is read from the diagrams under `bpmn/`; who has which duty, and
who stands in, from the cast of the sample city.
"""

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from service.core.auth.actor import Duty
from service.sample_city.model import CastMember
from tests.sample_city.staffing import Case, assigned, groups_of, staff_of
from tests.sample_city.steps import Flow, flow_of
from tests.sample_city.the_city import BODY, CITY

_BPMN = Path(__file__).parents[2] / "bpmn"
FLOWS = {each.name: flow_of(each) for each in sorted(_BPMN.iterdir()) if each.is_dir()}
OFFICE = [member for member in CITY.cast if member.body == BODY["04"]]
#: Experts have no desk in the city: they are called in, and a case goes on without them in time.
CALLED_IN = frozenset({Duty.EXPERT})
#: Who stands in variables that a command sets and no diagram: whoever found a problem, an inspector
#: (domain §7, chains); who signed the end that an objection is to; and whom the draw of a
#: look-back bars, who accepted the item.
FINDER = "finder"
_SIGNS_END = "feedback_explanation.sign_explanation"
_SET_BY_COMMANDS = {
    "signed_by": {_SIGNS_END},
    "finder_by": {FINDER},
    "check.barred": {"item_acceptance.accept_item", "item_acceptance.accept_again"},
}
_PLANS = "evaluation_team.plan_evaluation"


def team() -> dict[str, list[str]]:
    """Those whom the plan of an evaluation names: its lead, and as many members as it must."""
    form = json.loads((_BPMN / "pre_evaluation/forms/plan_evaluation.schema.json").read_text())
    fewest = form["properties"]["members"]["minItems"]
    members = [f"member {number}" for number in range(1, fewest + 1)]
    return {"lead": ["lead"], "member": ["lead", *members]}


def case_of(flow: Flow) -> Case:
    """All steps of a folder, with all that is kept apart."""
    case, stands = Case(), {}
    for step in flow.steps.values():
        stands[step.key] = set(team()[step.named]) if step.named else set()
        if step.offers and step.offers != (CALLED_IN,):
            case.add(step.key, *step.offers)
            stands[step.key].add(step.key)
    if _PLANS in case.offers:
        for one in team()["member"]:
            case.add(one, frozenset({Duty.EVALUATOR}))
            case.anybody.add(one)  # another section (B03a)
        for one, other in combinations([*team()["member"], _PLANS], 2):
            case.keep_apart(one, other)
    for step in flow.steps.values():
        variables = step.kept_out
        others = set(step.kept_apart)
        for variable in variables:
            others |= flow.doers(variable, step.process) or _SET_BY_COMMANDS[variable]
        if FINDER in others and FINDER not in case.offers:
            case.add(FINDER, frozenset({Duty.INSPECTOR}))
            stands[FINDER] = {FINDER}
        for one in stands[step.key]:
            for other in {each for key in others for each in stands[key]}:
                case.keep_apart(one, other)
    return case


def ways_of(group: Case) -> Iterator[dict[str, frozenset[Duty]]]:
    """Every way of a case: there is no objection to an end that the chair signed (E5; §3.A)."""
    for way in group.ways():
        is_final = way.get(_SIGNS_END) == frozenset({Duty.COMMISSION_CHAIR})
        yield {
            step: offered
            for step, offered in way.items()
            if not (is_final and step.startswith("matter_objection."))
        }


def test_the_separations_of_the_office_are_drawn() -> None:
    matters, ledger = case_of(FLOWS["matters"]).apart, case_of(FLOWS["rectification"]).apart
    evaluation = case_of(FLOWS["pre_evaluation"]).apart
    intake, legal = "admission.intake_check", "appraisal_round.legality_review"
    classifies, accepts = "item_registration.classify_item", "item_acceptance.accept_item"
    # (a) intake, legal reviewer and final signer are three people.
    for signs in ("issuing.sign_document", "feedback_explanation.sign_explanation"):
        assert {intake, legal} <= matters[signs]
    assert intake in matters[legal]
    assert "issuing.draft_document" in matters["issuing.check_text"]
    # (b) a finder does not accept, and two accept what is grave.
    assert {FINDER, accepts} <= ledger["item_acceptance.accept_again"]
    assert FINDER in ledger[accepts]
    # (h) who signed an end does not decide the objection to it.
    for decides in ("decide_objection", "decide_objection_as_chair"):
        assert _SIGNS_END in matters[f"matter_objection.{decides}"]
    # (i) who drafted or found does not decide the dispute.
    assert {FINDER, classifies} <= ledger["fact_dispute.decide_dispute"]
    # Two sign where an item is struck off.
    for first, second in (
        ("item_registration.confirm_item", "item_registration.second_signature"),
        ("item_voiding.sign_voiding_first", "item_voiding.sign_voiding_second"),
        ("fact_dispute.sign_dispute_voiding_first", "fact_dispute.sign_dispute_voiding_second"),
    ):
        assert first in ledger[second]
    # Whoever plans an evaluation is not in its team, and whoever drafts its report not its signer.
    assert evaluation[_PLANS] == set(team()["member"])
    assert "lead" in evaluation["evaluation_report.confirm_report"]


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("away", OFFICE, ids=lambda member: str(member.subject))
def test_every_chain_can_be_staffed_with_any_one_person_on_leave(
    flow: str, away: CastMember
) -> None:
    staff = staff_of(CITY.cast, away.subject, {member.subject for member in OFFICE})
    for group in groups_of(case_of(FLOWS[flow])):
        for way in ways_of(group):
            found = assigned(group, way, staff)
            assert found is not None, f"nobody for one of {way} without {away.subject}"
            assert away.subject not in found.values()
            for step, person in found.items():
                assert person not in {found.get(other) for other in group.apart[step]}, step


def test_what_experts_are_called_in_for_ends_without_them() -> None:
    called = [
        step for flow in FLOWS.values() for step in flow.steps.values() if CALLED_IN in step.offers
    ]
    assert {step.key for step in called} == {
        "expert_study.expert_panel",
        "expert_consultation.expert_opinion",
    }
    assert all(step.ends_alone for step in called)


def test_without_the_substitutes_the_office_would_stand_still() -> None:
    """The search does find holes: nobody reviews the law when the one who does is away."""
    alone = [
        CastMember(
            subject=member.subject,
            name=member.name,
            label_zh=member.label_zh,
            label_en=member.label_en,
            person=member.person,
            body=member.body,
            assignments=member.assignments,
        )
        for member in CITY.cast
    ]
    staff = staff_of(alone, "office-08", {member.subject for member in OFFICE})
    groups = groups_of(case_of(FLOWS["matters"]))
    stuck = [
        group
        for group in groups
        if any(assigned(group, way, staff) is None for way in ways_of(group))
    ]
    assert any("appraisal_round.legality_review" in group.offers for group in stuck)
