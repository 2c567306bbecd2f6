"""A paper prints the row of the table by which it was found who decides, and calls a default so."""

from service.core.store.db import Database
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, user_task
from tests.features.matters.conftest import Deciding, draw, ordered
from tests.features.matters.test_draft_approval import _draft
from tests.features.matters.test_gather_facts import install
from tests.features.quota.conftest import Ledger
from tests.people import MAY, MAY_READ, NEVER


def _asks(decision: str, variable: str) -> str:
    return (
        f'<businessRuleTask id="{decision}"><extensionElements><zeebe:calledDecision '
        f'decisionId="{decision}" bindingType="latest" resultVariable="{variable}"/>'
        "</extensionElements></businessRuleTask>"
    )


_FLOW = diagram(
    "request_approval",
    chain(
        START,
        ordered("matters.gather_facts"),
        _asks("matter_facts", "facts"),
        _asks("authority", "authority"),
        user_task("work"),
        END,
    ),
)


async def test_a_reply_names_the_row_by_which_it_was_found_who_decides(
    deciding: Deciding, ledger: Ledger, database: Database, api: Api
) -> None:
    await ledger.grant(5)
    await install(database)
    await draw(deciding.city.settings, _FLOW)
    matter = await deciding.decided(type="M11")
    drafted = await deciding.done(_draft(matter))
    draft = (await api("GET", f"/document-drafts/{drafted['document_draft_id']}")).json()
    assert [(each["level"], each["title"]) for each in draft["basis"]] == [
        ("CITY", "市级规定"),
        (
            "INTERNAL",
            "默认值（内部规定）：总量内编制的核定、调剂、收回、种类变更由编委审定（第7行）",
        ),
    ]
    case = (await api("GET", f"/matters/{matter}")).json()["instance_id"]
    path = f"/decision-evaluations?instance_id={case}"
    for who, status in ((MAY, 200), (MAY_READ, 403), (NEVER, 403)):
        answer = await api("GET", path, who=who)
        assert answer.status_code == status, answer.text
    listed = (await api("GET", path)).json()["items"]
    assert [each["decision_key"] for each in listed] == ["authority", "matter_facts"]
