"""The chair names a matter major; from then on the tables count it so."""

from service.features.matters.close_matter import CloseMatter
from service.features.matters.gather_facts import GatherFacts
from service.settings import Settings
from tests.builders import give_duty
from tests.conftest import Api, told
from tests.features.matters.conftest import Order
from tests.people import MAY, MAY_READ, NEVER

REASON = {"reason": "涉及全市布局"}


async def test_the_chair_names_a_matter_major_with_a_reason(
    matter: str, api: Api, order: Order, settings: Settings
) -> None:
    path = f"/matters/{matter}/name-major"
    for who, status in ((MAY, 403), (MAY_READ, 403), (NEVER, 403), (None, 401)):
        assert (await api("POST", path, REASON, who=who)).status_code == status
    await give_duty(settings, MAY, "commission_chair")
    assert (await api("POST", path, {"reason": ""})).status_code == 422
    assert (await api("POST", path, REASON)).status_code == 200
    assert told(await order(GatherFacts(matter_id=matter)))["matter"]["is_named_major"] is True
    (kept,) = (await api("GET", f"/matters/{matter}/records")).json()["items"]
    assert (kept["kind"], kept["content"]) == ("NAMED", {"named": "major", **REASON})
    assert kept["given_by_name"] == MAY
    await order(CloseMatter(matter_id=matter, outcome="E9"))
    assert (await api("POST", path, REASON)).json()["code"] == "matter_moved"
