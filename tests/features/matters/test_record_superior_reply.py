"""The superior's reply moves the case that waits for it, whoever brings it."""

import pytest

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.features.matters.conftest import Deciding, quota
from tests.features.matters.upward import approved, sent, stopped
from tests.features.processes.cases import rows
from tests.people import MAY, MAY_READ, NEVER


@pytest.mark.parametrize(
    ("reply", "state", "replied"),
    [
        ("APPROVE", "DECIDED", 1),
        ("CHANGE", "DECIDED", 2),
        ("REJECT", "IN_DELIBERATION", None),
        ("RETURN", "IN_DELIBERATION", None),
    ],
)
async def test_the_case_learns_the_reply_and_the_clock_goes_on(
    deciding: Deciding,
    city: City,
    api: Api,
    settings: Settings,
    reply: str,
    state: str,
    replied: int | None,
) -> None:
    await give_duty(settings, MAY, "superior_liaison")
    matter = await sent(deciding)
    given = {"reply": reply, "document_id": str(city.document)}
    if reply == "CHANGE":
        given |= {"deltas": [quota(city, 5, 6)]}  # type: ignore[dict-item]
    path = f"/matters/{matter}/superior-reply"
    for who in (MAY_READ, NEVER):
        assert (await api("POST", path, given, who=who)).status_code == 403
    seen = (await api("POST", path, given)).json()
    assert (seen["state"], seen["reply"], seen["replied_number"]) == (state, reply, replied)
    assert await stopped(deciding, matter) == set()
    told = await rows(
        settings,
        """SELECT correlation_key, variables->>'reply', variables->'adapted'->0->>'after'
           FROM message WHERE name = 'UpwardReplyReceived'""",
    )
    assert told == [(matter, reply, "6" if reply == "CHANGE" else "7")]
    again = await api("POST", path, given)
    assert (again.status_code, again.json()["code"]) == (409, "matter_moved")


async def test_nothing_is_replied_to_what_was_never_sent(
    deciding: Deciding, city: City, api: Api, settings: Settings
) -> None:
    await give_duty(settings, MAY, "superior_liaison")
    matter = await approved(deciding)
    given = {"reply": "APPROVE", "document_id": str(city.document)}
    early = await api("POST", f"/matters/{matter}/superior-reply", given)
    assert early.json()["code"] == "matter_moved"


async def test_the_superiors_program_replies_with_a_key_of_its_own(
    deciding: Deciding, city: City, api: Api, settings: Settings
) -> None:
    matter = await sent(deciding)
    await give_duty(settings, MAY, "security_admin")
    robot = {"subject": "superior", "actor_name": "上级编办系统", "is_program": True}
    program = (await api("POST", "/actors", robot)).json()
    await give_duty(settings, "superior", "superior_liaison")
    scopes = {"scopes": ["matters.record_superior_reply"]}
    made = await api("POST", f"/actors/{program['id']}/api-keys", scopes)
    key = made.json()
    given = {"reply": "APPROVE", "document_id": str(city.document)}
    path = f"/matters/{matter}/superior-reply"
    answer = await api("POST", path, given, who=None, x_api_key=key["secret"], idempotency_key="1")
    assert answer.status_code == 200, answer.text
    assert answer.json()["replied_number"] == 1
