"""What the database says, as refusals: a constraint or a lock that a caller can cause is an
answer, never a 500."""

from collections.abc import Iterator

import asyncpg

from service.core.errors import (
    Conflict,
    InvalidInput,
    LockTimeout,
    Refusal,
    Unavailable,
)
from service.core.store.rows import Row
from service.core.store.transaction import CONNECTION_LOST

IDEMPOTENCY_CONFLICT = "pk_idempotency"


def is_connection_lost(fault: BaseException) -> bool:
    """Whether the database went away before anything can have been committed.

    asyncpg's own refusal of a value that does not fit its column is an InterfaceError too.
    """
    return isinstance(fault, CONNECTION_LOST) and not isinstance(fault, ValueError)


def refusal_for(error: asyncpg.PostgresError) -> Refusal:
    """The refusal that an error of the database means.

    Raises:
        asyncpg.PostgresError: The error itself, where no caller can cause it: our own fault.
    """
    match error:
        case asyncpg.IntegrityConstraintViolationError():
            for kind in _row_classes():
                if found := kind.refusals.get(error.constraint_name or ""):
                    refusal, en, zh = found
                    return refusal(en, zh)
            raise error
        case asyncpg.LockNotAvailableError() | asyncpg.DeadlockDetectedError():
            return LockTimeout(
                "Expected the change to be free to proceed, but another one still holds it.",
                "应当可以办理，但另一项办理尚未结束。",
            )
        case asyncpg.SerializationError():
            return Conflict(
                "Expected the data to stand still, but another change came first.",
                "数据应当未变，但另一项变更已先完成。",
            )
        case asyncpg.QueryCanceledError() | asyncpg.TooManyConnectionsError():
            return Unavailable(
                "Expected an answer in time, but the database is too slow at the moment.",
                "数据库应当及时响应，但目前过于繁忙。",
            )
        case asyncpg.DataError():
            return InvalidInput(
                "Expected values that can be stored, but one of them cannot.",
                "输入值应当可以存储，但其中有无法存储的值。",
            )
        case _:
            raise error


def _row_classes(root: type[Row] = Row) -> Iterator[type[Row]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _row_classes(kind)
