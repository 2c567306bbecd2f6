"""The path of a change: `execute(command)` is the only way in which anything is changed.

A request, a diagram's service task and a timer are three ways to say the same command. Its
verb decides and collects changes; they are written by one statement, with the audit entry, the
events and the stored answer, and committed by one line (`store/transaction.py`).
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import orjson
from pydantic import BaseModel, SecretStr

from service.core.auth import policy
from service.core.auth.actor import PROCESS, Actor, Caller, Duty, Grant
from service.core.auth.sealed import Seals
from service.core.clock import city_day
from service.core.errors import (
    IdempotencyKeyRequired,
    IdempotencyKeyReused,
    Refusal,
    VersionMismatch,
    VersionRequired,
)
from service.core.ids import new_id
from service.core.operation import OPERATIONS, Command, Operation
from service.core.store.audit import AuditEntry
from service.core.store.db import Connection, Database
from service.core.store.faults import IDEMPOTENCY_CONFLICT, is_connection_lost, refusal_for
from service.core.store.flush import Changes
from service.core.store.idempotency import StoredAnswer
from service.core.store.opening import open_for
from service.core.store.outbox import Event
from service.core.store.rows import Row, VersionedRow
from service.core.store.transaction import transaction
from service.settings import Settings

R = TypeVar("R", bound=BaseModel)
W = TypeVar("W", bound=Row)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller gets: the same bytes now and whenever the same key is repeated."""

    status: int
    body: bytes
    etag: str | None = None
    is_replayed: bool = False
    #: `done`, `replayed`, or the code of the refusal.
    outcome: str = "done"
    #: The instant by which it was decided; None where the request was refused before that.
    now: datetime | None = None
    refusal: Refusal | None = None
    #: Whether all of it changes with the ETag, so that who has seen that needs no other.
    is_all_tagged: bool = True


@dataclass(slots=True)
class Context:
    """What a verb works with: it reads through `connection` and writes by `insert`, `update`."""

    connection: Connection
    actor: Actor
    #: The instant as rules see it, and the calendar day of it in the city.
    now: datetime
    command: Command[Any]
    grants: Sequence[Grant]
    settings: Settings
    seals: Seals
    if_match: str | None = None
    #: Id of this command in the audit, and of the command that ordered it.
    command_id: UUID = field(default_factory=new_id)
    cause: UUID | None = None
    request_id: str = ""
    changes: Changes = field(default_factory=Changes)
    etag: str | None = None
    #: Whether the answer is kept under the request's key. A verb that did nothing may say no:
    #: then the same key may be used again.
    keeps_answer: bool = True
    _grant: Grant | None = None

    @property
    def today(self) -> date:
        return city_day(self.now)

    def require_reach(self, lineage: Collection[UUID], what: str) -> None:
        """Refuse with `NotFound` unless the actor's duty covers the body; every verb asks."""
        self._grant = policy.covering(self.grants, lineage, what)

    def require_city(self) -> None:
        """Refuse with `NotAllowed` unless the duty is held over the whole city."""
        self._grant = policy.covering_city(self.grants)

    def allow(self, grant: Grant) -> None:
        """Take a grant that the verb itself has found to cover what it changes."""
        self._grant = grant

    def require_version(self, row: VersionedRow) -> None:
        """Refuse with `VersionMismatch` where If-Match names another version than the row's."""
        if self.if_match is not None and self.if_match != str(row.version):
            raise VersionMismatch(
                f"Expected version {self.if_match}, but the stored version is {row.version}.",
                f"应当为版本{self.if_match}，但当前版本为{row.version}。",
                expected=self.if_match,
                stored=row.version,
            )

    def insert(self, row: W) -> W:
        return self.changes.insert(row)

    def update(self, row: W, **values: Any) -> W:
        return self.changes.update(row, **values)

    def remove(self, row: Row) -> None:
        self.changes.remove(row)

    def announce(self, event: Event) -> None:
        self.changes.announce(event)

    def tag(self, row: VersionedRow) -> None:
        """Give the answer the row's version as its ETag."""
        self.etag = str(row.version)

    async def flush(self) -> None:
        """Write what is pending now, so that the next read of this transaction sees it."""
        if not self.changes.is_empty:
            await self.changes.flush(self.connection)

    async def order(self, command: Command[R]) -> R:
        """Run another command inside this transaction, as the process, caused by this one.

        Raises:
            Refusal: Whatever the ordered verb refuses; the whole change rolls back with it.
            TypeError: The ordered command does not list the duty `process`.
        """
        operation = OPERATIONS[command.name]
        if Duty.PROCESS not in command.duties:
            raise TypeError(f"Expected {command.name} to be orderable, but it is not.")
        await self.flush()
        ordered = Context(
            connection=self.connection,
            actor=PROCESS,
            now=self.now,
            command=command,
            grants=PROCESS.grants,
            settings=self.settings,
            seals=self.seals,
            cause=self.command_id,
            request_id=self.request_id,
        )
        result = await ordered.decide(operation)
        await ordered.changes.flush(self.connection, ordered.audited("done"))
        return result  # type: ignore[return-value]  # the registry ties a command to its result

    async def decide(self, operation: Operation) -> BaseModel:
        """Let the verb decide. A verb that never asked for reach is a fault of the program."""
        result = await operation.answer(self.command, self)
        if self._grant is None:
            raise TypeError(f"Expected {operation.name} to ask for reach, but it never did.")
        return result

    def audited(self, outcome: str) -> AuditEntry:
        """The audit entry of this command. A refused one changed nothing."""
        grant = self._grant or next(iter(self.grants), None)
        return AuditEntry(
            id=self.command_id,
            actor_id=self.actor.id,
            actor_name=self.actor.name,
            duty=grant.duty if grant else None,
            command=self.command.name,
            outcome=outcome,
            asked=orjson.loads(self.command.model_dump_json()),
            changes=orjson.loads(self.changes.described()) if outcome == "done" else [],
            cause=self.cause,
            request_id=self.request_id,
        )


@dataclass(frozen=True, slots=True)
class Executor:
    """Runs commands. One per process; holds nothing of any command."""

    database: Database

    async def execute(
        self,
        command: Command[Any],
        caller: Caller,
        *,
        key: str | None = None,
        if_match: str | None = None,
    ) -> Answer:
        """Run one command to its end: done and committed, or refused and nothing changed.

        With a key, a repeated request gets the stored bytes of the first one, also where that
        was a refusal, and also where both arrive at once. A lost connection is tried again once
        while nothing can have been written.

        Raises:
            OutcomeUnknown: The connection was lost while committing. Every other refusal is
                an answer, not an exception.
        """
        asked = _Asked(command, OPERATIONS[command.name], caller, key, if_match, self.database)
        try:
            return await self._attempt(asked)
        except Exception as fault:
            if not is_connection_lost(fault):
                raise
            return await self._attempt(asked)

    async def _attempt(self, asked: "_Asked") -> Answer:
        context: Context | None = None
        try:
            async with transaction(self.database.writing) as connection:
                opening = await open_for(connection, asked.caller, asked.operation.name, asked.key)
                if opening.stored is not None:
                    return asked.replay(opening.stored, opening.now)
                context = asked.context(connection, opening.actor, opening.now)
                asked.require_headers(opening.actor)
                context.grants = policy.grants_allowing(opening.actor, type(asked.command))
                result = await context.decide(asked.operation)
                answer = Answer(
                    asked.command.status,
                    result.model_dump_json().encode(),
                    context.etag,
                    now=opening.now,
                )
                kept = asked.stored(opening.actor, answer) if context.keeps_answer else ()
                await context.changes.flush(connection, context.audited("done"), *kept)
            return answer
        except asyncpg.UniqueViolationError as violation:
            if violation.constraint_name == IDEMPOTENCY_CONFLICT:
                return await self._replay(asked)
            refusal = refusal_for(violation)
        except asyncpg.PostgresError as error:
            if is_connection_lost(error):
                raise
            refusal = refusal_for(error)
        except Refusal as refused:
            refusal = refused
        return await self._refuse(asked, context, refusal)

    async def _refuse(self, asked: "_Asked", context: Context | None, refusal: Refusal) -> Answer:
        """Write the refusal's audit entry and, where it would be refused again, its answer."""
        actor = (
            context.actor if context else Actor(id=None, name=asked.caller.subject or "", grants=())
        )
        problem = refusal.problem(asked.caller.language, asked.caller.request_id or None)
        answer = Answer(
            refusal.status,
            orjson.dumps(problem, default=str),
            outcome=refusal.code,
            now=context.now if context else None,
            refusal=refusal,
        )
        try:
            async with transaction(self.database.writing) as connection:
                if context is None:
                    context = asked.context(connection, actor, datetime.min)
                stored = asked.stored(actor, answer) if refusal.is_lasting else ()
                await Changes().flush(connection, context.audited(refusal.code), *stored)
        except asyncpg.UniqueViolationError:
            return await self._replay(asked)
        return answer

    async def _replay(self, asked: "_Asked") -> Answer:
        """The answer that another request with the same key stored a moment earlier."""
        async with self.database.reading.acquire() as connection:
            opening = await open_for(connection, asked.caller, asked.operation.name, asked.key)
        assert opening.stored is not None, "its primary key was just met"
        try:
            return asked.replay(opening.stored, opening.now)
        except IdempotencyKeyReused as refusal:
            return await self._refuse(asked, None, refusal)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request for a command, as it came."""

    command: Command[Any]
    operation: Operation
    caller: Caller
    key: str | None
    if_match: str | None
    database: Database

    def context(self, connection: Connection, actor: Actor, now: datetime) -> Context:
        return Context(
            connection=connection,
            actor=actor,
            now=now,
            command=self.command,
            grants=(),
            settings=self.database.settings,
            seals=self.database.seals,
            if_match=self.if_match,
            request_id=self.caller.request_id,
        )

    def require_headers(self, actor: Actor) -> None:
        if actor.is_program and self.key is None:
            raise IdempotencyKeyRequired(
                "Expected a program to send an Idempotency-Key, but the request has none.",
                "程序调用应当携带 Idempotency-Key，但请求中没有。",
            )
        is_seen = self.if_match is not None or self.caller.is_process
        if self.command.needs_version and not is_seen:
            raise VersionRequired(
                "Expected If-Match with the version you saw, but the request has none.",
                "应当在 If-Match 中给出所见版本，但请求中没有。",
            )

    def fingerprint(self) -> str:
        """SHA-256 over the command as asked, secrets included, in hexadecimal."""
        digest = hashlib.sha256(self.command.model_dump_json().encode())
        digest.update((self.if_match or "").encode())
        for value in _secrets(self.command):
            digest.update(b"\0" + value.encode())
        return digest.hexdigest()

    def stored(self, actor: Actor, answer: Answer) -> tuple[StoredAnswer, ...]:
        """The row that keeps an answer under the request's key, where there is a key."""
        if self.key is None or actor.id is None or not self.command.is_stored:
            return ()
        return (
            StoredAnswer(
                actor_id=actor.id,
                operation=self.operation.name,
                idempotency_key=self.key,
                fingerprint=self.fingerprint(),
                status=answer.status,
                body=answer.body.decode(),
                etag=answer.etag,
            ),
        )

    def replay(self, stored: StoredAnswer, now: datetime) -> Answer:
        if stored.fingerprint != self.fingerprint():
            raise IdempotencyKeyReused(
                "Expected a new Idempotency-Key for a new request, "
                "but this key was used for another one.",
                "新的请求应当使用新的 Idempotency-Key，但此键已用于其他请求。",
            )
        return Answer(
            stored.status,
            stored.body.encode(),
            stored.etag,
            is_replayed=True,
            outcome="replayed",
            now=now,
        )


def _secrets(value: Any) -> list[str]:
    """The hidden texts of a request, in order: a mask would make two requests look alike."""
    match value:
        case SecretStr():
            return [value.get_secret_value()]
        case BaseModel():
            return [s for name in type(value).model_fields for s in _secrets(getattr(value, name))]
        case list() | tuple():
            return [secret for item in value for secret in _secrets(item)]
        case Mapping():
            return [secret for item in value.values() for secret in _secrets(item)]
        case _:
            return []
