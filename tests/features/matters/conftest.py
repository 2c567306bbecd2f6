"""A small diagram of the id that matters follow, a matter of our body, and its way to a reply."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.core.auth.actor import Caller
from service.core.command import Answer, Executor
from service.core.ids import new_id
from service.core.operation import Command
from service.core.store.db import Database, connect
from service.features.documents.set_letterhead import SetLetterhead
from service.features.matters.draft_approval import DraftApproval
from service.features.matters.file_application import FileApplication
from service.features.matters.issue_decision import IssueDecision
from service.features.matters.record_decision import RecordDecision
from service.features.matters.record_facts import RecordFacts
from service.features.matters.start_matter import StartMatter
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Do, told
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.meetings.conftest import DIRECTOR, MEMBERS, House
from tests.features.meetings.conftest import house as house
from tests.features.quota.conftest import ledger as ledger
from tests.people import CALLERS, MAY, MAY_READ


def ordered(command: str, id_: str = "", inputs: str = "", extra: str = "") -> str:
    """A service task that orders a command about the matter of its case."""
    return (
        f'<serviceTask id="{id_ or command.split(".")[1]}"><extensionElements>'
        f'<zeebe:taskDefinition type="{command}"/><zeebe:ioMapping>'
        f'<zeebe:input source="=matter_id" target="matter_id"/>{inputs}'
        f"</zeebe:ioMapping></extensionElements>{extra}</serviceTask>"
    )


#: Where the office and the superior set a matter going, before the element that follows.
STARTED = """<message id="office" name="OfficeInitiated"/>
<message id="superior" name="SuperiorOrdered"/>"""


def started(target: str) -> str:
    """The two other starts, which go on with an element of the diagram."""
    return "".join(
        f'<startEvent id="{id_}"><messageEventDefinition messageRef="{message}"/></startEvent>'
        f'<sequenceFlow id="{id_}_{target}" sourceRef="{id_}" targetRef="{target}"/>'
        for id_, message in (("office_starts", "office"), ("superior_orders", "superior"))
    )


#: Written by the unit, filed, worked on in the office, closed.
FLOW = diagram(
    "request_approval",
    started("write_request")
    + chain(
        START,
        user_task("write_request", duty="applicant_officer"),
        ordered("matters.file_application"),
        user_task("work"),
        ordered("matters.close_matter", inputs='<zeebe:input source="E9" target="outcome"/>'),
        END,
    ),
    shared=STARTED,
    name="机构编制事项审批",
)


def quota(city: City, before: int, after: int, **changed: Any) -> dict[str, Any]:
    """A change of our body's administrative posts."""
    return {
        "ledger": "QUOTA",
        "body_id": str(city.body),
        "kind": "ADMIN",
        "funding": "FULL",
        "before": before,
        "after": after,
        "source": "POOL",
        **changed,
    }


def asking(city: City, *deltas: dict[str, Any], **changed: Any) -> StartMatter:
    """A request of our body for two more posts, with its minutes."""
    return StartMatter.model_validate(
        {
            "type": "M07",
            "title": "关于增加编制的请示",
            "body_id": city.body,
            "deltas": list(deltas) or [quota(city, 5, 7)],
            "minutes_document_id": city.document,
            "basis": [{"level": "CITY", "title": "市级规定", "article": "第三条"}],
            **changed,
        }
    )


async def draw(settings: Settings, flow: str = FLOW) -> None:
    await in_force(settings, "matters", {"request_approval.bpmn": flow}, "request_approval")


async def matter_of(city: City) -> UUID:
    """A matter of our body, started by its own people."""
    await draw(city.settings)
    database = await connect(city.settings)
    try:
        answer = await Executor(database).execute(asking(city), CALLERS[MAY_READ])
    finally:
        await database.close()
    return UUID(told(answer)["id"])


@pytest.fixture
async def drawn(settings: Settings, city: City) -> None:
    await draw(settings)


@pytest.fixture
async def matter(do: Do, city: City, drawn: None) -> str:
    """The id of a matter that was just started."""
    made = await do(asking(city), who=MAY_READ)
    assert made.status == 201, made.body
    return str(told(made)["id"])


Order = Callable[[Command[Any]], Awaitable[Answer]]


@pytest.fixture
def order(database: Database, city: City) -> Order:
    """Give a command as a diagram does."""

    async def order(command: Command[Any]) -> Answer:
        return await Executor(database).execute(command, Caller(is_process=True, language="en"))

    return order


@pytest.fixture
async def letterhead(order: Order) -> None:
    """The office's own series of numbers."""
    head = SetLetterhead(
        series="青编办", issuer="中共青澜市委机构编制委员会办公室", signers=["office_director"]
    )
    assert (await order(head)).status < 400


ON = date(2026, 12, 1)


class Deciding:
    """The steps from a request to its reply, as diagrams and meetings take them."""

    def __init__(self, do: Do, order: Order, house: House, city: City) -> None:
        self.do, self.order, self.house, self.city = do, order, house, city

    async def filed(
        self, *deltas: dict[str, Any], authority: str = "COMMISSION", **changed: Any
    ) -> str:
        """A matter that lies with the office; the tables found who decides it."""
        made = await self.do(asking(self.city, *deltas, **changed), who=MAY_READ)
        assert made.status == 201, made.body
        matter = str(told(made)["id"])
        await self.done(self.filing(matter))
        party = {"via_party_committee": True} if authority == "PARTY" else {}
        final = "COMMISSION" if authority == "PARTY" else authority
        await self.done(
            RecordFacts(matter_id=matter, authority={"final_authority": final, **party})
        )
        return matter

    def filing(self, matter: str) -> FileApplication:
        return FileApplication(matter_id=UUID(matter))

    async def voted(self, matter: str, result: str = "approve", **more: Any) -> str:
        """The commission comes to something about it, and its meeting is closed."""
        item = await self.house.put(subject_id=matter)
        meeting = await self.house.opened(item)
        await self.house.decide(item, result, **more)
        await self.house.minute(meeting)
        await self.house.close(meeting)
        return item

    async def decided(self, *deltas: dict[str, Any], **more: Any) -> str:
        matter = await self.filed(*deltas, **more)
        await self.recorded(matter, await self.voted(matter))
        return matter

    async def recorded(self, matter: str, item: str) -> None:
        """The case takes the result from the meeting."""
        await self.done(RecordDecision(matter_id=UUID(matter), agenda_item_id=UUID(item)))

    async def drafted(self, matter: str) -> str:
        """The draft of its reply, written by the case officer."""
        draft = DraftApproval(
            matter_id=matter,
            title="关于增加编制的批复",
            series="青编批",
            drafted_by=self.person(MAY),
            effective_on=ON,
        )
        return str((await self.done(draft))["document_draft_id"])

    def issuing(self, matter: str, draft: str, **people: str) -> IssueDecision:
        people = {"signed_by": DIRECTOR, "intake_by": MAY, "legal_by": MEMBERS[0], **people}
        named = {role: self.person(who) for role, who in people.items()}
        return IssueDecision(matter_id=matter, document_draft_id=draft, **named)

    def person(self, who: str) -> UUID:
        return UUID(self.house.ids[who])

    async def done(self, command: Any) -> Any:
        answer = await self.order(command)
        assert answer.status < 400, answer.body
        return told(answer)


@pytest.fixture
async def deciding(do: Do, order: Order, house: House, city: City, settings: Settings) -> Deciding:
    await draw(settings)
    await give_duty(settings, MAY, "office_director")
    head = SetLetterhead(
        series="青编批", issuer="中共青澜市委机构编制委员会", signers=["office_director"]
    )
    assert (await do(head)).status < 400
    return Deciding(do, order, house, city)


async def staff(settings: Settings, subject: str, duty: str, body: UUID | None) -> UUID:
    """Somebody new with one duty, over one body or over the whole city."""
    person = new_id()
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(
        """INSERT INTO actor (id, version, subject, name, is_program, is_active)
           VALUES ($1, 1, $2, $2, false, true)""",
        person,
        subject,
    )
    await connection.execute(
        """INSERT INTO assignment (id, version, actor_id, duty, reach, body_id, true_from)
           VALUES ($1, 1, $2, $3, $4, $5, '2020-01-01')""",
        new_id(),
        person,
        duty,
        "BODY" if body else "CITY",
        body,
    )
    await connection.close()
    return person
