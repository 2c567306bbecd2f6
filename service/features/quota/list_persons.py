"""List, count, read and find people on the establishment; their identity numbers masked."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from asyncpg import Record
from pydantic import Field

from service.core.auth.policy import LEDGER_READERS, missing
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.settled import ALWAYS, require_settled
from service.core.values import Line
from service.features.bodies.at_a_moment import AtAMoment, Parameters
from service.features.quota.codes import Funding, PersonStatus, QuotaKind
from service.features.quota.person_tables import SEARCHED, Person, PersonFacts
from service.features.quota.person_view import PersonView, view_of

#: Rows looked at along the order of names before the index of character pairs is asked.
LOOKED_AT = 1_000
_FACTS = ", ".join(f"v.{column}" for column in PersonFacts.model_fields)
_THEN = """(
    SELECT DISTINCT ON (v.person_id) v.person_id AS id, {facts}, p.version, p.id_no,
           p.id_no_index, p.id_no_mask
    FROM person_version v JOIN person p ON p.id = v.person_id
    WHERE v.true_from <= {as_of} AND v.known_from <= {known_at}
    ORDER BY v.person_id, v.true_from DESC, v.known_from DESC)"""


class PersonFilter(AtAMoment):
    """What a person must be to be in the answer; what is left out does not matter."""

    text: Annotated[Line | None, Field(description="Part of the name, 1 character or more.")] = None
    body_id: UUID | None = None
    work_body_id: UUID | None = None
    kind: QuotaKind | None = None
    funding: Funding | None = None
    status: PersonStatus | None = None


class ListPersons(PersonFilter, Query[Page[PersonView]]):
    """People on the establishment (实名制名册) by name, those who left too unless a status is
    given."""

    name = "quota.list_persons"
    duties = LEDGER_READERS
    title_zh = "实名制名册"
    title_en = "List persons"
    refusals = (KnownTooLate,)

    limit: Limit = 50
    cursor: Cursor = None


class CountPersons(PersonFilter, Query[Count]):
    """How many people the same filters match."""

    name = "quota.count_persons"
    duties = LEDGER_READERS
    title_zh = "统计实名制人数"
    title_en = "Count persons"
    refusals = (KnownTooLate,)


class ReadPerson(Query[PersonView]):
    """One person."""

    name = "quota.read_person"
    duties = LEDGER_READERS
    title_zh = "查询人员"
    title_en = "Read a person"

    person_id: UUID


@answers(ListPersons)
async def list_persons(query: ListPersons, reading: Reading) -> Page[PersonView]:
    """One page; a search that the beginning of the list cannot answer goes by the index."""
    parameters = Parameters()
    source, where = await _matching(query, reading, parameters)
    after = "true"
    if (position := position_of(query.cursor, str, UUID)) is not None:
        name, person_id = map(parameters.place, position)
        after = f"(p.name, p.id) > ({name}, {person_id})"
    limit = parameters.place(query.limit + 1)
    records: Sequence[Record] = []
    if query.text is not None and query.is_present:
        records = await _searched(reading, where, after, limit, parameters)
    else:
        records = await reading.connection.fetch(
            f"SELECT p.* FROM {source} p JOIN body b ON b.id = p.body_id"
            f" WHERE {where} AND {after} ORDER BY p.name, p.id LIMIT {limit}",
            *parameters,
        )
    views = [view_of(Person.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.name, view.id))


async def _searched(
    reading: Reading, where: str, after: str, limit: str, parameters: Parameters
) -> Sequence[Record]:
    """As for bodies: a common text fills the page from the list's own order, a rarer one has
    few matches, and the index of character pairs finds them all."""
    records: Sequence[Record] = await reading.connection.fetch(
        f"""SELECT p.* FROM (SELECT * FROM person p WHERE {after}
                             ORDER BY p.name, p.id LIMIT {LOOKED_AT}) p
            JOIN body b ON b.id = p.body_id
            WHERE {where} ORDER BY p.name, p.id LIMIT {limit}""",
        *parameters,
    )
    if len(records) == parameters[-1]:
        return records
    found: Sequence[Record] = await reading.connection.fetch(
        f"""WITH found AS MATERIALIZED (SELECT p.* FROM person p WHERE {SEARCHED} @> bigrams($1))
            SELECT p.* FROM found p JOIN body b ON b.id = p.body_id
            WHERE {where} AND {after} ORDER BY p.name, p.id LIMIT {limit}""",
        *parameters,
    )
    return found


@answers(CountPersons)
async def count_persons(query: CountPersons, reading: Reading) -> Count:
    parameters = Parameters()
    source, where = await _matching(query, reading, parameters)
    count = await reading.connection.fetchval(
        f"SELECT count(*) FROM {source} p JOIN body b ON b.id = p.body_id WHERE {where}",
        *parameters,
    )
    return Count(count=count)


@answers(ReadPerson)
async def read_person(query: ReadPerson, reading: Reading) -> PersonView:
    record = await reading.connection.fetchrow(
        """SELECT p.*, b.lineage FROM person p JOIN body b ON b.id = p.body_id WHERE p.id = $1""",
        query.person_id,
    )
    if record is None:
        raise missing("a person with this id")
    reading.require_reach(record["lineage"], "a person with this id")
    person = Person.read(record)
    reading.tag(person)
    return view_of(person)


async def _matching(
    asked: PersonFilter, reading: Reading, parameters: Parameters
) -> tuple[str, str]:
    """The relation of people at the asked moment, and the conditions on it (`p`) and its body
    (`b`); the text, where there is one, is the first parameter."""
    conditions = []
    if asked.text is not None:
        place = parameters.place(asked.text)
        conditions.append(f"strpos(lower(p.name), lower({place})) > 0")
    has_city, bodies, subtrees = reading.reach
    if not has_city:
        conditions.append(
            f"(b.id = ANY({parameters.place(bodies)}::uuid[])"
            f" OR b.lineage && {parameters.place(subtrees)}::uuid[])"
        )
    for column in ("body_id", "work_body_id", "kind", "funding", "status"):
        value: Any = getattr(asked, column)
        if value is not None:
            conditions.append(f"p.{column} = {parameters.place(value)}")
    source = "person"
    if not asked.is_present:
        await require_settled(reading.connection, asked.known_at)
        source = _THEN.format(
            facts=_FACTS,
            as_of=parameters.place(asked.as_of or reading.today),
            known_at=parameters.place(asked.known_at or ALWAYS),
        )
    return source, " AND ".join(conditions) or "true"
