"""`dingbian check` finds what no command would have done to meetings."""

import pytest

from service.check import check
from tests.features.meetings.conftest import House
from tests.features.processes.cases import run


async def found(house: House) -> set[str]:
    report = await check(house.settings)
    return {each.rule for each in report.rules if each.findings}


async def held(house: House) -> None:
    """A meeting from agenda to close, with one item decided."""
    item = await house.put()
    meeting = await house.opened(item)
    await house.decide(item)
    await house.minute(meeting)
    await house.close(meeting)


async def test_a_meeting_held_by_the_commands_is_sound(house: House) -> None:
    await held(house)
    assert await found(house) == set()


@pytest.mark.parametrize(
    ("rule", "harm"),
    [
        ("meeting_decides", "UPDATE meeting SET is_quorate = false"),
        ("meeting_decides", "UPDATE minutes SET document_id = NULL"),
        ("meeting_decides", "UPDATE meeting SET state = 'CANCELLED'"),
        ("meeting_decides", "UPDATE meeting SET level = 'OFFICE'"),
        ("meeting_decides", "UPDATE agenda_item SET meeting_id = NULL"),
        ("meeting_decides", "UPDATE agenda_item SET state = 'ON_AGENDA'"),
        ("meeting_signed", "UPDATE minutes m SET written_by = closed_by FROM meeting"),
        ("meeting_votes", "UPDATE attendance SET is_present = false"),
        (
            "meeting_votes",
            "UPDATE agenda_item SET recused = (SELECT array_agg(member_id) FROM vote)",
        ),
        ("meeting_votes", "UPDATE vote SET ballot = 'ABSTAIN', choice = NULL"),
    ],
)
async def test_each_harm_is_found(house: House, rule: str, harm: str) -> None:
    await held(house)
    await run(house.settings, harm)
    assert rule in await found(house)
