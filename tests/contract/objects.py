"""Things that belong to our body, by the name of the path parameter that names them.

A new kind of thing with a path of its own gets one line here, so that the matrix can show that
it looks missing to those who must not see it. What belongs to the whole city needs none.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

import asyncpg

from service.core.command import Answer
from service.core.ids import new_id
from service.features.bodies.set_up_internal_body import SetUpInternalBody
from service.features.documents.draft_document import DraftDocument
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.record_document import RecordDocument
from service.features.pre_evaluation.asking import EvaluatedDelta
from service.features.pre_evaluation.request_evaluation import RequestEvaluation
from service.features.processes.start_instance import StartInstance
from service.features.quota.codes import Funding, QuotaKind
from service.features.rectification.codes import SourceType
from service.features.rectification.register_finding import RegisterFinding
from tests.builders import City
from tests.conftest import Do, told
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.matters.conftest import matter_of
from tests.features.quota.conftest import Ledger
from tests.people import MAY_READ

Maker = Callable[[Do, City], Awaitable[UUID]]


async def _body(_: Do, city: City) -> UUID:
    return city.body


async def _internal_body(do: Do, city: City) -> UUID:
    return _id_of(
        await do(
            SetUpInternalBody(
                body_id=city.body,
                document_id=city.document,
                effective_on=date(2025, 6, 1),
                section_name="办公室",
            )
        )
    )


async def _entry(do: Do, city: City) -> UUID:
    """The first entry of our body; what the makers after it make rests on it."""
    paper = await do(
        RecordDocument(
            series="澜编发",
            year=2025,
            number=3,
            title="关于下达编制总量的通知",
            issued_on=date(2025, 12, 1),
            issuer="中共澜州市委机构编制委员会",
        )
    )
    ledger = Ledger(do, city, _id_of(paper))
    assert (await ledger.limit(10)).status == 201
    entries = told(await ledger.grant(5))["entries"]
    return UUID(next(each["id"] for each in entries if each["body_id"] is not None))


async def _draft(do: Do, city: City) -> UUID:
    about = {
        "matter": "关于设立内设机构的请示",
        "matter_number": "QL-SX-2026-0001",
        "admitted_on": "2026-11-24",
        "materials": [],
        "contact": "12310",
    }
    return _id_of(
        await do(
            DraftDocument(kind=PaperKind.RECEIPT, title="受理回执", body_id=city.body, data=about)
        )
    )


async def _reservation(do: Do, city: City) -> UUID:
    return _id_of(await Ledger(do, city, city.document).reserve(1))


async def _person(do: Do, city: City) -> UUID:
    ledger = Ledger(do, city, city.document)
    return _id_of(await ledger.enter(1, await _reservation(do, city)))


async def _task(do: Do, city: City) -> UUID:
    """The first task of a case about our body."""
    drawn = {"look.bpmn": diagram("look", chain(START, user_task("see"), END))}
    await in_force(city.settings, "look", drawn, "look")
    case = _id_of(await do(StartInstance(process="look", body_id=city.body)))
    connection = await asyncpg.connect(city.settings.migration_database_url)
    task: UUID = await connection.fetchval("SELECT id FROM task WHERE instance_id = $1", case)
    await connection.close()
    return task


async def _notice(_: Do, city: City) -> UUID:
    """A notice about that task, for whoever may do it."""
    notice = new_id()
    connection = await asyncpg.connect(city.settings.migration_database_url)
    task = await connection.fetchval("SELECT id FROM task WHERE process = 'look'")
    await connection.execute(
        """INSERT INTO notice (id, task_id, instance_id, text, text_en, noticed_at)
           SELECT $1, id, instance_id, '临期', 'due soon', opened_at FROM task WHERE id = $2""",
        notice,
        task,
    )
    await connection.execute(
        "INSERT INTO notice_entry SELECT reader, $1 FROM inbox WHERE task_id = $2", notice, task
    )
    await connection.close()
    return notice


async def _instance(do: Do, city: City) -> UUID:
    """A case of our body that waits for an officer."""
    text = diagram("waiting", chain(START, user_task("look"), END))
    await in_force(city.settings, "waiting", {"waiting.bpmn": text}, "waiting")
    return _id_of(await do(StartInstance(process="waiting", body_id=city.body)))


async def _incident(do: Do, city: City) -> UUID:
    """The incident of a case of our body that waits for nobody in particular."""
    text = diagram("lonely", chain(START, '<userTask id="look"/>', END))
    await in_force(city.settings, "lonely", {"lonely.bpmn": text}, "lonely")
    case = _id_of(await do(StartInstance(process="lonely", body_id=city.body)))
    connection = await asyncpg.connect(city.settings.migration_database_url)
    found: UUID = await connection.fetchval("SELECT id FROM incident WHERE instance_id = $1", case)
    await connection.close()
    return found


async def _item(do: Do, city: City) -> UUID:
    """An item of our body in the rectification ledger."""
    text = diagram("rectification_item", chain(START, user_task("look"), END))
    await in_force(city.settings, "ledger", {"ledger.bpmn": text}, "rectification_item")
    finding = RegisterFinding(
        source_type=SourceType.INSPECTION,
        body_id=city.body,
        breach="OVER_QUOTA",
        problem="超编",
        facts="超编1名。",
        found_on=date(2026, 11, 20),
        evidence=[],
    )
    return _id_of(await do(finding))


async def _reconciliation(do: Do, city: City) -> UUID:
    """A reconciliation that asks our body about its items."""
    kept = await _of_a_case(
        do,
        city,
        "reconciliation",
        """INSERT INTO reconciliation_round
           (id, version, year, begun_on, state, settlements, instance_id)
           VALUES ($1, 1, 2026, '2026-11-24', 'OPEN', '[]', $2)""",
    )
    await _said(
        city,
        """INSERT INTO reconciliation_answer
           (id, version, round_id, body_id, numbers, state, differences)
           VALUES ($1, 1, $2, $3, '{}', 'ASKED', '[]')""",
        kept,
    )
    return kept


async def _campaign(do: Do, city: City) -> UUID:
    """A campaign that asks our body for its answer."""
    kept = await _of_a_case(
        do,
        city,
        "campaign",
        """INSERT INTO rectification_campaign (id, version, number, name, from_on, to_on, scope,
           state, opened_on, opened_at, instance_id) VALUES ($1, 1, 'QL-QD-2026-0001', '清理',
           '2026-11-24', '2027-03-31', '编外', 'OPEN', '2026-11-24', now(), $2)""",
    )
    await _said(
        city,
        """INSERT INTO campaign_answer
           (id, version, campaign_id, body_id, state, due, problems, pressed)
           VALUES ($1, 1, $2, $3, 'ASKED', '2026-12-08', '[]', 'NONE')""",
        kept,
    )
    return kept


async def _of_a_case(do: Do, city: City, process: str, statement: str) -> UUID:
    """A row that belongs to a case of our body."""
    text = diagram(process, chain(START, user_task("look"), END))
    await in_force(city.settings, process, {f"{process}.bpmn": text}, process)
    case = _id_of(await do(StartInstance(process=process, body_id=city.body)))
    kept = new_id()
    await _run(city, statement, kept, case)
    return kept


async def _said(city: City, statement: str, of: UUID) -> None:
    """A row of our body within another one."""
    await _run(city, statement, new_id(), of, city.body)


async def _run(city: City, statement: str, *values: object) -> None:
    connection = await asyncpg.connect(city.settings.migration_database_url)
    await connection.execute(statement, *values)
    await connection.close()


async def _matter(_: Do, city: City) -> UUID:
    """A matter of our body that waits for its own people."""
    return await matter_of(city)


async def _evaluation(do: Do, city: City) -> UUID:
    """An evaluation that our body has asked for."""
    wanted = EvaluatedDelta(
        ledger="QUOTA",
        body_id=city.body,
        kind=QuotaKind.ADMIN,
        funding=Funding.FULL,
        before=5,
        after=7,
    )
    request = RequestEvaluation(title="增编评估", body_id=city.body, deltas=[wanted])
    return _id_of(await do(request, who=MAY_READ))


MAKERS: dict[str, Maker] = {
    "body_id": _body,
    "internal_body_id": _internal_body,
    "entry_id": _entry,
    "reservation_id": _reservation,
    "person_id": _person,
    "draft_id": _draft,
    "task_id": _task,
    "notice_id": _notice,
    "instance_id": _instance,
    "incident_id": _incident,
    "item_id": _item,
    "reconciliation_id": _reconciliation,
    "campaign_id": _campaign,
    "matter_id": _matter,
    "evaluation_id": _evaluation,
}

#: Seen by everybody who may read the ledger at all, whatever bodies they answer for.
SEEN_BY_ALL = frozenset({"document_id"})


def _id_of(made: Answer) -> UUID:
    assert made.status == 201, made.body
    return UUID(told(made)["id"])
