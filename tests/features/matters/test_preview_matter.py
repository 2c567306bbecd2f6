"""A preview says what the tables would say, binds nobody and leaves nothing behind."""

from typing import Any

from service.core.store.db import Database
from tests.builders import City
from tests.conftest import Api
from tests.features.matters.conftest import quota
from tests.features.matters.test_gather_facts import install
from tests.features.rectification.conftest import Ledger
from tests.features.rectification.conftest import ledger as ledger
from tests.people import MAY, MAY_READ, NEVER


def thought(city: City, **changed: Any) -> dict[str, Any]:
    return {
        "type": "M11",
        "title": "关于增加行政编制的请示",
        "body_id": str(city.body),
        "deltas": [quota(city, 5, 7, source="OUTSIDE")],
        **changed,
    }


async def test_a_preview_says_who_decides_and_what_the_gate_would_say(
    ledger: Ledger, api: Api, city: City, database: Database
) -> None:
    unruled = await api("POST", "/matters/preview", thought(city), who=MAY_READ)
    assert unruled.json()["code"] == "matter_rules_missing"
    await install(database)
    seen = (await api("POST", "/matters/preview", thought(city), who=MAY_READ)).json()
    found = (seen["authority"]["final_authority"], seen["evaluation_needed"])
    assert found == ("COMMISSION", True)
    assert (seen["filing"]["may_file"], seen["completeness"]["is_complete"]) == (True, False)
    assert seen["gate"]["result"] == "CLEAR"
    await ledger.register("OVER_QUOTA")
    seen = (await api("POST", "/matters/preview", thought(city), who=MAY_READ)).json()
    assert (seen["gate"]["result"], seen["gate"]["may_override"]) == ("BLOCK", False)
    fewer = thought(city, type="M13", deltas=[quota(city, 5, 4, source="INSIDE")])
    seen = (await api("POST", "/matters/preview", fewer, who=MAY_READ)).json()
    assert (seen["gate"]["result"], seen["gate"]["is_exempt"]) == ("FLAG", True)
    assert await database.reading.fetchval("SELECT count(*) FROM matter") == 0


async def test_a_body_to_be_set_up_counts_with_the_rank_that_it_is_to_have(
    ledger: Ledger, api: Api, city: City, database: Database
) -> None:
    await install(database)

    async def decided_by(**delta: Any) -> Any:
        change = {"ledger": "BODY", "action": "SET_UP", "body_name": "青澜市数据局", **delta}
        asked = thought(city, type="M01", deltas=[change])
        seen = (await api("POST", "/matters/preview", asked, who=MAY_READ)).json()
        return seen["authority"]["final_authority"]

    # 5 is 正科, 7 is 正股.
    assert await decided_by(after=5) == "SUPERIOR"
    assert await decided_by(after=7) == "COMMISSION"


async def test_only_the_unit_itself_and_the_office_preview(
    ledger: Ledger, api: Api, city: City, database: Database
) -> None:
    await install(database)
    seen = {
        who: (await api("POST", "/matters/preview", thought(city), who=who)).status_code
        for who in (MAY, MAY_READ, NEVER, None)
    }
    assert seen == {MAY: 200, MAY_READ: 200, NEVER: 404, None: 401}


async def test_the_problems_of_another_body_are_not_shown_to_a_unit(
    ledger: Ledger, api: Api, city: City, database: Database
) -> None:
    await install(database)
    await ledger.register("OVER_QUOTA")
    other = thought(
        city,
        type="M14",
        body_id=str(city.other_body),
        deltas=[quota(city, 5, 6, source="OUTSIDE")],
    )
    seen = (await api("POST", "/matters/preview", other, who=NEVER)).json()
    assert seen["gate"]["result"] == "CLEAR"
    assert (await api("POST", "/matters/preview", other)).json()["gate"]["result"] == "BLOCK"
