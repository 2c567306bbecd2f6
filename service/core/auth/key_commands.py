"""What `dingbian keys …` does: show the keys, rotate them, print a ring for the secret store."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import asyncpg

from service.core.auth.key_ring import KEY_FILE, GivenRing, KeyRing, ring_source
from service.core.auth.rotation import keys_shown, rotate
from service.core.auth.sealed_rows import sealed_tables
from service.core.start import CannotStart
from service.core.store.db import Database, connect
from service.core.store.embedded import EmbeddedPostgres
from service.settings import Settings

Say = Callable[[str], None]
_Work = Callable[[Database], Awaitable[None]]


def show_keys(settings: Settings, say: Say) -> None:
    """Tell each key's name, what it is, and how many stored values name it; never the key.

    Raises:
        CannotStart: The ring or the database cannot be reached.
    """

    async def show(database: Database) -> None:
        for key in await keys_shown(database, sealed_tables()):
            what = "seals" if key.is_newest else "opens" if key.is_known else "NOT IN THE RING"
            say(f"{key.name}  {what}, named by {key.values} values")

    _with_database(settings, say, show)


def rotate_keys(settings: Settings, say: Say) -> None:
    """Seal everything under a new key; see `rotate`.

    Raises:
        CannotStart: The ring or the database cannot be reached, or the rotation is refused.
    """

    async def turn(database: Database) -> None:
        done = await rotate(database, sealed_tables(), say)
        say(f"{done.rows} rows sealed anew; {done.newest} seals")

    _with_database(settings, say, turn)


def new_ring() -> str:
    """A ring for the `DINGBIAN_KEYS` of an installation in which nothing is sealed yet."""
    return KeyRing.fresh().text()


def next_ring(settings: Settings) -> str:
    """The ring of `DINGBIAN_KEYS` with one more key, which seals from then on.

    Raises:
        CannotStart: The variable is not set, or holds no ring, or a rotation is not finished.
    """
    source = ring_source(settings) if settings.keys is not None else None
    if not isinstance(source, GivenRing):
        raise CannotStart(
            "Expected DINGBIAN_KEYS to hold a ring, but it is not set; a key file gets its new key "
            "from `dingbian keys rotate`."
        )
    if older := source.given.older:
        raise CannotStart(
            f"Expected a ring of one key, but it still holds {', '.join(older)}; finish with "
            "`dingbian keys rotate`, then take the older key out."
        )
    return source.given.with_new_key().text()


def _with_database(settings: Settings, say: Say, work: _Work) -> None:
    """Work on the database of DATABASE_URL, else on the embedded one, started for the purpose."""
    path = settings.data_dir / KEY_FILE
    if settings.keys is None and not path.exists():
        raise CannotStart(
            f"Expected the keys of an installation in DINGBIAN_KEYS or {path}, but there are none."
        )

    async def run(url: str) -> None:
        database = await connect(settings.model_copy(update={"database_url": url}))
        try:
            await work(database)
        finally:
            await database.close()

    with _address(settings, say) as url:
        try:
            asyncio.run(run(url))
        except (OSError, asyncpg.PostgresError) as fault:
            raise CannotStart(f"Expected the database to answer, but: {fault}.") from fault


@contextmanager
def _address(settings: Settings, say: Say) -> Iterator[str]:
    if settings.database_url is not None:
        yield settings.database_url
        return
    with EmbeddedPostgres(settings.data_dir, settings.pg_bin, report=say) as server:
        yield server.app_url
