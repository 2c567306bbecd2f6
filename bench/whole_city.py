"""`python -m bench.whole_city`: the sample city's cases from start to end, by its people.

Over HTTP, against an API and a worker as they are run, on a durable PostgreSQL. The cases come in
rounds of the same mix, each from its first request to its last signature: so the first hundred
cases and the last hundred are the same work, on a database that has grown by all between.

What the hundreds cost is compared by CPU of the application and PostgreSQL for each transition:
time also tells what else the machine did. A transition is a command that somebody or the worker
gave and that was done; what it orders in turn is part of it, and so is all that people read.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import asyncpg

from bench.city_cases import City, at_work
from bench.cpu import burnt_s
from bench.serving import served, working
from service.check import check, page
from service.core.auth.dev_issuer import DevIssuer
from service.core.store.embedded import EmbeddedPostgres
from service.migrate import migrate
from service.release_flows import release_flows
from service.sample_city.load import load
from service.settings import Settings

#: What a transition may cost after all the cases, as a multiple of what it cost at first.
AGED = 1.2
API_PROCESSES = 2
ROUND = 100
RESULTS = Path(__file__).with_name("results.json")
#: Matters and items from which on the figures are kept in `RESULTS`.
_TOLD = 1_000
_TOKENS_S = 86_400

_TRANSITIONS = "SELECT count(*) FROM audit WHERE outcome = 'done' AND cause IS NULL"
_INCIDENTS = "SELECT DISTINCT element || ': ' || message FROM incident WHERE resolved_at IS NULL"


@dataclass(frozen=True, slots=True)
class Reading:
    """The counters at one moment: seconds, CPU seconds, transitions, bytes."""

    at: float
    app_s: float
    postgres_s: float
    transitions: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What lies between two readings, for each transition."""

    cases: int
    transitions: int
    per_s: float
    app_us: float
    postgres_us: float
    bytes_per_case: float

    @classmethod
    def between(cls, before: Reading, after: Reading, cases: int) -> "Cost":
        count = after.transitions - before.transitions
        return cls(
            cases=cases,
            transitions=count,
            per_s=round(count / (after.at - before.at), 1),
            app_us=round((after.app_s - before.app_s) / count * 1e6, 1),
            postgres_us=round((after.postgres_s - before.postgres_s) / count * 1e6, 1),
            bytes_per_case=round((after.bytes - before.bytes) / cases),
        )

    @property
    def us(self) -> float:
        """CPU microseconds of application and PostgreSQL."""
        return self.app_us + self.postgres_us


@dataclass(frozen=True, slots=True)
class Meters:
    """Where the counters are read: processes by id, the database."""

    app: tuple[int, ...]
    postgres: int
    owner_url: str

    async def read(self) -> Reading:
        connection = await asyncpg.connect(self.owner_url)
        try:
            return Reading(
                at=time.perf_counter(),
                app_s=sum(burnt_s(pid) for pid in self.app),
                postgres_s=burnt_s(self.postgres),
                transitions=await connection.fetchval(_TRANSITIONS),
                bytes=await connection.fetchval("SELECT pg_database_size(current_database())"),
            )
        finally:
            await connection.close()


@dataclass(frozen=True, slots=True)
class Load:
    """What was measured: each round, and all of them."""

    rounds: list[Cost]
    whole: Cost

    @property
    def ratio(self) -> float:
        """The last round's cost of a transition, as a multiple of the first one's."""
        return round(self.rounds[-1].us / self.rounds[0].us, 3)

    def figures(self) -> dict[str, float]:
        first, last = self.rounds[0], self.rounds[-1]
        return {
            "cases": self.whole.cases,
            "transitions": self.whole.transitions,
            "transitions_per_s": self.whole.per_s,
            "app_us": self.whole.app_us,
            "postgres_us": self.whole.postgres_us,
            "bytes_per_case": self.whole.bytes_per_case,
            "first_us": round(first.us, 1),
            "last_us": round(last.us, 1),
            "ratio": self.ratio,
            "ratio_of_time": round(first.per_s / last.per_s, 3),
        }


def sizes(matters: int, items: int, most: int = ROUND) -> list[tuple[int, int]]:
    """Matters and items of each round: rounds of at most so many cases, alike, at least two."""
    count = max(2, -(-(matters + items) // most))
    shares = [(matters * n // count, items * n // count) for n in range(count + 1)]
    return [(to[0] - since[0], to[1] - since[1]) for since, to in pairwise(shares)]


async def _played(city: City, meters: Meters, matters: int, items: int) -> Load:
    await city.play(*city.WARM_UP)
    first = before = await meters.read()
    rounds = []
    for number, size in enumerate(sizes(matters, items), 1):
        await city.play(*size)
        after = await meters.read()
        rounds.append(cost := Cost.between(before, after, sum(size)))
        sys.stderr.write(f"round {number}: {cost.per_s}/s, {cost.app_us} + {cost.postgres_us} µs\n")
        before = await meters.read()
    return Load(rounds, Cost.between(first, after, matters + items))


async def _require_sound(settings: Settings, owner_url: str) -> None:
    """End the program where a rule does not hold, or a case stands still."""
    connection = await asyncpg.connect(owner_url)
    incidents = [each[0] for each in await connection.fetch(_INCIDENTS)]
    await connection.close()
    report = await check(settings)
    if incidents or not report.is_sound:
        sys.exit(
            f"Expected no incident and every rule to hold, but there is {incidents}:\n"
            f"{page(report)}"
        )


@contextmanager
def _city(port: int) -> Iterator[tuple[Settings, Meters]]:
    """The sample city on a fresh server, its API at a port, and its worker."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dingbian-bench-")))
        folder.chmod(0o711)  # the server's user passes through
        server = stack.enter_context(EmbeddedPostgres(folder))
        settings = Settings(
            data_dir=folder,
            database_url=server.app_url,
            migration_database_url=server.owner_url,
            is_demo=True,
            worker_poll_s=0.1,
        )
        migrate(settings, lambda _: None)
        asyncio.run(release_flows(settings, lambda _: None))
        asyncio.run(load(settings, lambda _: None, has_history=False))
        api = stack.enter_context(served(settings, API_PROCESSES, port))
        worker = stack.enter_context(working(settings))
        yield settings, Meters((api, worker), server.pid, server.owner_url)


def measured(matters: int, items: int, port: int) -> Load:
    """Play so many matters and items.

    Raises:
        SystemExit: A case does not end, or the database does not keep the rules afterwards.
    """

    async def play() -> Load:
        issuer = DevIssuer.of(settings.data_dir, settings.oidc_audience)
        async with at_work(port, lambda subject: issuer.token(subject, _TOKENS_S)) as city:
            return await _played(city, meters, matters, items)

    with _city(port) as (settings, meters):
        found = asyncio.run(play())
        asyncio.run(_require_sound(settings, meters.owner_url))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.whole_city", description=__doc__)
    parser.add_argument("--matters", type=int, default=1_000)
    parser.add_argument("--items", type=int, default=1_000)
    parser.add_argument("--port", type=int, default=8795)
    asked = parser.parse_args()
    found = measured(asked.matters, asked.items, asked.port)
    figures = found.figures()
    print("\n".join(f"{name:32}{value:>14}" for name, value in figures.items()))
    if asked.matters >= _TOLD and asked.items >= _TOLD:
        told = json.loads(RESULTS.read_text())
        RESULTS.write_text(json.dumps(told | {"whole_city": figures}, indent=2) + "\n")
    return 0 if found.ratio <= AGED else 1


if __name__ == "__main__":
    sys.exit(main())
