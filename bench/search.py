"""How fast a text search is among 200,000 bodies, beside reading one of them by its key.

`python -m bench.search` makes a server of its own; `measure` takes an owner's address of any
migrated, empty database. Names are put together from place and kind as names of real bodies
are: some pairs of characters are in every name, some in a few hundred, some in a handful. They
are registered as it happens, or sorted by kind: then a list by body code meets most kinds late,
the worst that can happen to it.

Searches and reads by key take turns, through the same path from the opening statement to the
JSON of the answer, on one connection.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

import asyncpg

from service.core import query as queries
from service.core.auth.actor import Caller
from service.core.ids import new_id
from service.core.operation import Query
from service.core.store.db import Database, connect
from service.core.store.embedded import APP_ROLE, OWNER_ROLE, EmbeddedPostgres
from service.features.bodies.list_bodies import ListBodies
from service.features.bodies.read_body import ReadBody
from service.migrate import migrate
from service.settings import Settings

BODIES = 200_000
ROUNDS = 2_000
#: Rows of the page that a search asks for.
LIMIT = 20
_WARM_UP = 200
_SUBJECT = "bench"

# Common characters; places take two or three of them, so that pairs are many and rare.
_CHARACTERS = (
    "东西南北中上下前后大小新老高长安平和顺兴福永宁德仁义礼智信忠孝青白红黄金银铜铁石玉水火木土"
    "山川江河湖海溪泉井塘沟渠桥路街巷村庄寨堡营店铺屯岗岭坡坪坝湾滩洲岛林森松柏杨柳桃李梅兰竹菊"
    "龙凤虎马牛羊鱼鸟云雨雪风春夏秋冬日月星光明亮清澜沙田园花草谷麦豆"
)
#: Kinds with their share in a hundred.
_KINDS = {
    "中心小学": 22,
    "卫生院": 14,
    "农业服务中心": 12,
    "财政所": 11,
    "文化站": 9,
    "初级中学": 8,
    "畜牧兽医站": 7,
    "人民法庭": 5,
    "水利管理所": 4,
    "幼儿园": 3,
    "敬老院": 2,
    "图书馆": 1,
    "气象台": 1,
    "档案馆": 1,
}


def names(count: int, choose: random.Random) -> Iterator[str]:
    """That many different names, kind after kind."""
    share = sum(_KINDS.values())
    seen: set[str] = set()
    for kind, part in _KINDS.items():
        for _ in range(count * part // share):
            while True:
                place = "".join(choose.choices(_CHARACTERS, k=choose.choice((2, 3))))
                village = "".join(choose.choices(_CHARACTERS, k=2))
                name = f"青澜市{place}镇{village}{kind}"
                if name not in seen:
                    break
            seen.add(name)
            yield name


async def fill(owner_url: str, bodies: list[str]) -> None:
    """Store bodies under these names and one officer of the whole city, and analyse them."""
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute(
            """INSERT INTO body (id, version, body_code, full_name, names, other_names, body_type,
                   system_category, rank, civil_servant_law_ref, main_functions, status, secrecy,
                   lineage, true_from, known_from)
               SELECT b.id, 1, lpad(b.nth::text, 12, '0'), b.name, b.name, '{}',
                   'PUBLIC_INSTITUTION', 'PUBLIC_INSTITUTION', 'UNRANKED', false, '', 'ACTIVE',
                   'PUBLIC', ARRAY[b.id], '2020-01-01', now()
               FROM (SELECT gen_random_uuid() AS id, name, nth
                     FROM unnest($1::text[]) WITH ORDINALITY AS t (name, nth)) b""",
            bodies,
        )
        actor_id = new_id()
        await connection.execute(
            """INSERT INTO actor (id, version, subject, name, is_program, is_active)
               VALUES ($1, 1, $2, $2, false, true)""",
            actor_id,
            _SUBJECT,
        )
        await connection.execute(
            """INSERT INTO assignment (id, version, actor_id, duty, reach, true_from)
               VALUES ($1, 1, $1, 'office_case_officer', 'CITY', '2020-01-01')""",
            actor_id,
        )
        await connection.execute("VACUUM ANALYZE body")
    finally:
        await connection.close()


async def measure(
    database_url: str, *, count: int = BODIES, rounds: int = ROUNDS, is_sorted: bool = False
) -> dict[str, Any]:
    """Fill a migrated, empty database and measure; `database_url` is its owner's address.

    `is_sorted`: whether body codes follow the kind of body.

    Milliseconds of `search` (all), of searches by how many bodies their pair of characters is
    in, and of `read_by_key`: median, 99th percentile and worst.
    """
    choose = random.Random(20_261_124)
    bodies = list(names(count, choose))
    if not is_sorted:
        choose.shuffle(bodies)
    await fill(database_url, bodies)
    frequency = Counter(pair for name in bodies for pair in set(_pairs(name)))
    database = await connect(Settings(database_url=database_url, is_demo=True, pool_size=1))
    try:
        records = await database.reading.fetch("SELECT id FROM body TABLESAMPLE system (1)")
        ids = [record["id"] for record in records]
        took: dict[str, list[float]] = {}
        for turn in range(rounds + _WARM_UP):
            pair = _pick(turn, bodies, frequency, choose)
            searched = await _timed(database, ListBodies(text=pair, limit=LIMIT))
            read = await _timed(database, ReadBody(body_id=choose.choice(ids)))
            if turn >= _WARM_UP:
                took.setdefault("search", []).append(searched)
                took.setdefault(f"search, {_class_of(frequency[pair])}", []).append(searched)
                took.setdefault("read_by_key", []).append(read)
    finally:
        await database.close()
    return {
        "bodies": count,
        "pairs": len(frequency),
        "ms": {what: _summary(times) for what, times in sorted(took.items())},
    }


def _pairs(name: str) -> Iterator[str]:
    return (name[place : place + 2] for place in range(len(name) - 1))


def _pick(turn: int, bodies: list[str], frequency: Counter[str], choose: random.Random) -> str:
    """In turns: a pair out of a name, any pair there is, and one that no name has."""
    match turn % 4:
        case 0 | 1:
            name = choose.choice(bodies)
            return choose.choice(list(_pairs(name)))
        case 2:
            return choose.choice(list(frequency))
        case _:
            return "".join(choose.choices("鑫淼焱垚犇骉麤", k=2))


def _class_of(matches: int) -> str:
    for bound in (0, 100, 1_000, 10_000):
        if matches <= bound:
            return f"in at most {bound:,}"
    return "in more"


async def _timed(database: Database, query: Query[Any]) -> float:
    """Milliseconds that one answer takes."""
    began = time.perf_counter()
    await queries.answer(database, query, Caller(subject=_SUBJECT))
    return (time.perf_counter() - began) * 1000


def _summary(times: list[float]) -> dict[str, float]:
    if len(times) < 2:
        return {"n": len(times), "max": round(max(times), 2)}
    cuts = quantiles(times, n=100)
    return {
        "n": len(times),
        "p50": round(cuts[49], 2),
        "p99": round(cuts[98], 2),
        "max": round(max(times), 2),
    }


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedPostgres.temporary() as server,
    ):
        results = {}
        for name, is_sorted in (("as_registered", False), ("sorted_by_kind", True)):
            asyncio.run(server.create_database(name))
            owner_url = server.url(OWNER_ROLE, name)
            settings = Settings(
                data_dir=Path(folder),
                database_url=server.url(APP_ROLE, name),
                migration_database_url=owner_url,
            )
            migrate(settings, lambda _: None)
            results[name] = asyncio.run(measure(owner_url, is_sorted=is_sorted))
        json.dump(results, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
