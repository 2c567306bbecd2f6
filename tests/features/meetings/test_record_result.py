"""Recording results: only with a quorum, and only what enough of those entitled are for."""

from tests.features.meetings.conftest import CHAIR, CHOICES, MEMBERS, House


async def refused(house: House, item: str, result: str = "approve", **more: object) -> str:
    given = {"result": result, "text": "会议同意。", **more}
    return await house.refused("POST", f"/agenda-items/{item}/result", given)


async def test_a_result_needs_more_than_half_of_those_entitled_not_of_those_present(
    house: House,
) -> None:
    item = await house.put()
    await house.opened(item)  # three of four are there
    for who in (CHAIR, MEMBERS[0]):
        await house.vote(item, who)
    await house.vote(item, MEMBERS[1], "ABSTAIN")
    assert await refused(house, item) == "majority_missing"
    await house.vote(item, MEMBERS[1])
    decided = await house.record(item)
    assert (decided["state"], decided["result"], decided["in_favour"]) == ("DECIDED", "approve", 3)


async def test_votes_for_one_choice_do_not_carry_another(house: House) -> None:
    item = await house.put()
    await house.opened(item)
    for who in (CHAIR, *MEMBERS[:2]):
        await house.vote(item, who, choice="reject")
    assert await refused(house, item) == "majority_missing"
    decided = await house.record(item, "reject")
    assert (decided["in_favour"], decided["against"]) == (3, 0)


async def test_without_a_quorum_nothing_is_decided(house: House) -> None:
    item = await house.put()
    report = await house.put("通报事项", kind="REPORT", choices=["noted"])
    meeting = await house.plan(item, report)
    await house.open(meeting, MEMBERS[0])
    await house.vote(item, CHAIR)
    assert await refused(house, item) == "quorum_missing"
    assert await refused(house, report, "noted") == "quorum_missing"


async def test_a_report_is_noted_without_a_vote(house: House) -> None:
    report = await house.put("通报事项", kind="REPORT", choices=["noted"])
    await house.opened(report)
    assert (await house.record(report, "noted"))["in_favour"] == 0


async def test_changes_belong_to_an_approval_with_changes(house: House) -> None:
    proposed = [{"ledger": "QUOTA", "before": 10, "after": 14}]
    voted = [{"ledger": "QUOTA", "before": 10, "after": 12}]
    item = await house.put(deltas=proposed)
    other = await house.put("另一事项", deltas=proposed)
    await house.opened(item, other)
    assert await refused(house, item, "approve", deltas=voted) == "result_incomplete"
    assert await refused(house, item, "approve_with_changes") == "result_incomplete"
    decided = await house.decide(item, "approve_with_changes", deltas=voted)
    assert (decided["deltas"], decided["voted_deltas"]) == (proposed, voted)
    assert (await house.decide(other))["voted_deltas"] == proposed


async def test_a_re_study_names_its_branches(house: House) -> None:
    item = await house.put(choices=[*CHOICES, "re_study"])
    await house.opened(item)
    assert await refused(house, item, "re_study") == "result_incomplete"
    assert await refused(house, item, "approve", round_branches=["A11"]) == "result_incomplete"
    assert await refused(house, item, "submit") == "agenda_choice_unknown"
    decided = await house.decide(item, "re_study", round_branches=["A11", "A13"])
    assert decided["round_branches"] == ["A11", "A13"]


async def test_members_do_not_record_what_they_have_decided(house: House) -> None:
    item = await house.put()
    await house.opened(item)
    given = {"result": "approve", "text": "同意。"}
    path = f"/agenda-items/{item}/result"
    assert await house.refused("POST", path, given, who=MEMBERS[0]) == "not_allowed"
