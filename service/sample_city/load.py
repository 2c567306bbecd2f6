"""Loads the sample city once, by the same commands that everybody else gives."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from service.core.auth.actor import Caller, Duty
from service.core.clock import CITY_ZONE
from service.core.command import Executor
from service.core.operation import Command
from service.core.start import CannotStart
from service.core.store.db import connect
from service.features.access.appoint_security_admin import AppointSecurityAdmin
from service.features.access.assign_duty import AssignDuty
from service.features.access.register_actor import RegisterActor
from service.features.bodies.register_body import RegisterBody
from service.features.bodies.set_functions import SetFunctions
from service.features.bodies.set_up_internal_body import SetUpInternalBody
from service.features.calendar.finish_demo import FinishDemo
from service.features.calendar.start_demo import HOLDS_DATA, StartDemo
from service.features.documents.record_document import RecordDocument
from service.features.documents.set_letterhead import SetLetterhead
from service.features.matters.set_asked_bodies import SetAskedBodies
from service.features.quota.codes import Funding, Level, Slot, Tier
from service.features.quota.open_balances import LeadershipOpened, OpenBalances, QuotaOpened
from service.features.quota.open_persons import ExitTold, OpenPersons, PersonOpened
from service.features.quota.person_facts import Post
from service.features.quota.reserve_posts import ReservePosts
from service.features.quota.set_city_limit import SetCityLimit
from service.migrate import owner_url
from service.release_flows import release_flows
from service.sample_city.city import REFERENCE_DATE, sample_city
from service.sample_city.history.play import BEGINS_ON, play_year
from service.sample_city.model import Body, Person, SampleCity
from service.sample_city.papers import ASKED, LETTERHEADS
from service.settings import Settings
from service.tables import metadata

#: The day on which the ledger begins; what was before is recorded as found.
OPENED_ON = date(2026, 1, 1)
_PROCESS = Caller(is_process=True)

Report = Callable[[str], None]


async def load(settings: Settings, report: Report, *, has_history: bool = True) -> None:
    """Load the sample city into an empty database; one that holds it already stays as it is.

    What an interrupted load left behind is emptied first: it is the part of a demo.

    Args:
        has_history: Whether the year up to the reference date is played too: items of the
            ledger, matters, evaluations, guides. Without it there is only the register.

    Raises:
        CannotStart: The database holds other data: a demo never runs on real ones.
    """
    database = await connect(settings)
    try:
        async with database.reading.acquire() as connection:
            is_complete = await connection.fetchval("SELECT is_complete FROM demo_clock")
            holds_data = await connection.fetchval(HOLDS_DATA)
        if is_complete:
            return
        if is_complete is None and holds_data:
            raise CannotStart(
                "Expected an empty database for the sample city, but this one holds data."
            )
        if is_complete is False:
            report("an earlier start was interrupted; loading the sample city anew")
            await _empty(owner_url(settings))
        loader = _Loader(Executor(database), sample_city(), report)
        await loader.load(BEGINS_ON if has_history else REFERENCE_DATE)
        if has_history:
            # What people do follows the flows, which an interrupted load has emptied with the rest.
            await release_flows(settings, lambda _: None)
            await play_year(settings, loader.documents, report)
        await loader.give(FinishDemo())
    finally:
        await database.close()


async def _empty(url: str) -> None:
    """Empty every table but the calendar, which `migrate` fills."""
    tables = (name for name in metadata.tables if not name.startswith("calendar"))
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"TRUNCATE {', '.join(sorted(tables))} CASCADE")
    finally:
        await connection.close()


class _Loader:
    """Gives the commands in the order in which one rests on the other, and keeps the ids."""

    def __init__(self, executor: Executor, city: SampleCity, report: Report) -> None:
        self.executor, self.city, self.report = executor, city, report
        self.documents: dict[str, UUID] = {}
        self.bodies: dict[str, UUID] = {}
        self.sections: dict[tuple[str, str], UUID] = {}

    async def load(self, begins_on: date) -> None:
        city = self.city
        self.report(f"loading the sample city {city.name}: {city.division}, fictitious")
        morning = datetime.combine(begins_on, time(9), CITY_ZONE)
        await self.give(StartDemo(now=morning))
        await self.load_documents()
        self.report(f"  {len(city.documents)} documents")
        await self.load_bodies()
        self.report(f"  {len(city.bodies)} bodies with {len(city.internal_bodies)} sections")
        await self.load_balances()
        await self.load_persons()
        self.report(f"  {len(city.persons)} people on or off the establishment")
        await self.load_notices()
        await self.load_cast()
        self.report(f"  {len(city.cast)} of them work with the service")

    async def give(self, command: Command[Any], caller: Caller = _PROCESS) -> Any:
        answer = await self.executor.execute(command, caller)
        if answer.status >= 400:
            raise CannotStart(
                f"Expected the sample city to load, but {command.name} was refused: "
                f"{answer.body.decode()}"
            )
        return orjson.loads(answer.body)

    async def load_documents(self) -> None:
        self.superior = await self.give(
            RecordDocument(
                series="澜编发",
                year=2025,
                number=1,
                title="关于下达青澜市编制总量的通知",
                issued_on=date(2025, 1, 2),
                issuer="中共澜州市委机构编制委员会",
            )
        )
        for series, issuer, signers in LETTERHEADS:
            await self.give(SetLetterhead(series=series, issuer=issuer, signers=list(signers)))
        for document in self.city.documents:
            recorded = await self.give(
                RecordDocument(
                    series=document.number.partition("〔")[0],
                    year=document.issued_on.year,
                    title=document.title,
                    issued_on=document.issued_on,
                    issuer=document.issuer,
                    secrecy=document.secrecy,
                )
            )
            assert recorded["code"] == document.number, "the series is gap-free"
            self.documents[document.number] = UUID(recorded["id"])

    async def load_bodies(self) -> None:
        waiting = {body.body_code: body for body in self.city.bodies}
        while waiting:
            for code, body in list(waiting.items()):
                above = (body.parent_body, body.competent_body, body.sponsor_body)
                if not any(each in waiting for each in above):
                    await self.register(waiting.pop(code))
        for section in self.city.internal_bodies:
            made = await self.give(
                SetUpInternalBody(
                    body_id=self.bodies[section.body],
                    document_id=self.documents[section.approved_by_doc],
                    effective_on=OPENED_ON,
                    section_name=section.name,
                    rank=section.rank,
                    quota_planned=section.quota_planned,
                    midlevel_chief=section.midlevel_chief,
                    midlevel_deputy=section.midlevel_deputy,
                )
            )
            self.sections[section.body, section.name] = UUID(made["id"])
        codes = {body.no: body.body_code for body in self.city.bodies}
        for role, number in ASKED.items():
            await self.give(SetAskedBodies(role=role, body_ids=[self.bodies[codes[number]]]))

    async def register(self, body: Body) -> None:
        functions = [each for each in self.city.functions if each.body == body.body_code]
        told = {name: getattr(body, name) for name in _TOLD}
        registered = await self.give(
            RegisterBody.model_validate(
                told
                | {
                    "document_id": self.documents[body.setup_doc],
                    "effective_on": body.setup_date,
                    "parent_id": self.bodies.get(body.parent_body or ""),
                    "competent_body_id": self.bodies.get(body.competent_body or ""),
                    "sponsor_body_id": self.bodies.get(body.sponsor_body or ""),
                }
            )
        )
        self.bodies[body.body_code] = UUID(registered["id"])
        await self.give(
            SetFunctions.model_validate(
                {
                    "body_id": registered["id"],
                    "document_id": self.documents[body.latest_doc],
                    "effective_on": OPENED_ON,
                    "add": [{"content": each.text} for each in functions],
                }
            )
        )

    async def load_balances(self) -> None:
        city = self.city
        for limit in city.limits:
            await self.give(
                SetCityLimit(
                    kind=limit.kind,
                    funding=Funding(limit.funding),
                    posts=limit.number,
                    document_id=self.superior["id"],
                    effective_on=OPENED_ON,
                )
            )
        quotas: dict[str, list[QuotaOpened]] = defaultdict(list)
        for line in city.quota_lines:
            quotas[line.body].append(
                QuotaOpened(kind=line.kind, funding=Funding(line.funding), posts=line.number)
            )
        posts: dict[str, list[LeadershipOpened]] = defaultdict(list)
        for pair in city.leadership_posts:
            posts[pair.body] += _pair(Tier.LEADERSHIP, Level(pair.level), pair.chief, pair.deputy)
        ranks = {body.body_code: body.rank for body in city.bodies}
        for pair_of_sections in city.midlevel_posts:
            level = Level(ranks[pair_of_sections.body].next_lower.next_lower)
            posts[pair_of_sections.body] += _pair(
                Tier.MIDLEVEL, level, pair_of_sections.chief, pair_of_sections.deputy
            )
        for body in city.bodies:
            await self.give(
                OpenBalances(
                    body_id=self.bodies[body.body_code],
                    effective_on=OPENED_ON,
                    document_id=self.documents[body.latest_doc],
                    quotas=tuple(quotas[body.body_code]),
                    leadership=tuple(posts[body.body_code]),
                )
            )

    async def load_persons(self) -> None:
        people: dict[str, list[PersonOpened]] = defaultdict(list)
        for person in self.city.persons:
            people[person.body].append(self.opened(person))
        for body, persons in people.items():
            await self.give(
                OpenPersons(
                    body_id=self.bodies[body], effective_on=OPENED_ON, persons=tuple(persons)
                )
            )

    def opened(self, person: Person) -> PersonOpened:
        section = self.sections.get((person.work_body, person.internal_body or ""))
        told = {name: getattr(person, name) for name in _PERSON_TOLD}
        return PersonOpened.model_validate(
            told
            | {
                "kind": person.quota_kind,
                "work_body_id": self.bodies[person.work_body],
                "internal_body_id": section,
                "entry_on": person.entry_date,
                "post": _post_of(person),
                "exit": person.exit_type
                and person.exit_date
                and ExitTold(exit_type=person.exit_type, exit_on=person.exit_date),
            }
        )

    async def load_notices(self) -> None:
        """Notices that were used up before the ledger began left only people behind."""
        for notice in self.city.notices:
            if notice.used < notice.number:
                await self.give(
                    ReservePosts(
                        body_id=self.bodies[notice.body],
                        kind=notice.kind,
                        funding=Funding(notice.funding),
                        posts=notice.number - notice.used,
                        purpose=f"用编通知单 {notice.no}",
                        document_id=self.documents[notice.no],
                        effective_on=OPENED_ON,
                        expires_on=notice.valid_until + timedelta(days=1),
                    )
                )

    async def load_cast(self) -> None:
        """The security administrator registers everybody else, as in any city."""
        (first,) = (each for each in self.city.cast if Duty.SECURITY_ADMIN in each.duties)
        await self.give(AppointSecurityAdmin(subject=first.subject, actor_name=first.name))
        keeper = Caller(subject=first.subject)
        for member in self.city.cast:
            if member is first:
                continue
            registered = await self.give(
                RegisterActor(subject=member.subject, actor_name=member.name), keeper
            )
            for held in member.assignments:
                await self.give(
                    AssignDuty(
                        actor_id=registered["id"],
                        duty=held.duty,
                        reach=held.reach,
                        body_id=self.bodies[held.body] if held.body else None,
                    ),
                    keeper,
                )


_TOLD = (
    "body_code",
    "full_name",
    "short_name",
    "other_names",
    "uscc",
    "body_type",
    "system_category",
    "nature",
    "body_class",
    "rank",
    "inst_class",
    "funding",
    "civil_servant_law_ref",
    "setup_date",
    "main_functions",
    "address",
    "phone",
    "legal_rep",
    "secrecy",
)
_PERSON_TOLD = (
    "id_no",
    "name",
    "ethnicity",
    "political_status",
    "work_start",
    "funding",
    "entry_type",
    "post_title",
    "position_category",
    "education",
    "degree",
    "at_post",
)


def _pair(tier: Tier, level: Level, chiefs: int, deputies: int) -> list[LeadershipOpened]:
    """Chiefs at a level and deputies one rung below it, where there are any."""
    below = _below(level)
    return [
        LeadershipOpened(tier=tier, level=at, slot=slot, posts=posts)
        for at, slot, posts in ((level, Slot.CHIEF, chiefs), (below, Slot.DEPUTY, deputies))
        if posts
    ]


def _below(level: Level) -> Level:
    order = list(Level)
    place = order.index(level)
    return level if place >= order.index(Level.FUGU) else order[place + 1]


def _post_of(person: Person) -> Post | None:
    slot = person.leader_slot or person.midlevel_slot
    if slot is None or person.post_level is None or person.exit_type is not None:
        return None
    tier = Tier.LEADERSHIP if person.leader_slot else Tier.MIDLEVEL
    return Post(tier=tier, level=Level(person.post_level), slot=slot)
