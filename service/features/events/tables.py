"""Webhooks and their deliveries, as stored.

A delivery is one event on its way to one webhook. Deliveries of one subject to one webhook are a
*lane*: only the first waiting one of a lane has `next_at` and can be taken; when it is done or
dead the next one gets it. So events of one subject arrive in order, and what waits behind a
receiver that is down costs nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from service.core.errors import Refusal
from service.core.store.rows import Row, VersionedRow, code_column, one_of
from service.features.events import rules


class WebhookState(StrEnum):
    ACTIVE = "ACTIVE"
    """Events are delivered."""
    PAUSED = "PAUSED"
    """Events are kept, and delivered once it is active again."""
    REMOVED = "REMOVED"
    """No more events; what still waited is dropped."""


class Webhook(VersionedRow):
    """Where another system wants to be told of events."""

    table: ClassVar[str] = "webhook"
    sealed: ClassVar[frozenset[str]] = frozenset({"secret", "former_secret"})
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "uq_webhook_label": (
            rules.WebhookLabelTaken,
            "Expected a label that no webhook bears, but one bears it.",
            "名称应当未被使用，但已有推送地址使用该名称。",
        )
    }

    id: UUID
    label: str
    url: str
    #: Types of events (`quota.posts_reserved`, `quota.*`, `*`).
    event_types: list[str]
    state: WebhookState = WebhookState.ACTIVE
    #: Sealed; empty once removed.
    secret: str
    #: The secret before the last rotation, which signs too until `former_until`.
    former_secret: str | None = None
    former_until: datetime | None = None


class WebhookTable(Webhook, table=True):
    __tablename__ = "webhook"
    __table_args__ = (
        one_of("state", WebhookState),
        Index(
            "uq_webhook_label", "label", unique=True, postgresql_where=text("state <> 'REMOVED'")
        ),
    )

    id: UUID = Field(primary_key=True)
    event_types: list[str] = Field(sa_type=ARRAY(Text))
    state: WebhookState = code_column()
    former_until: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class DeliveryState(StrEnum):
    WAITING = "WAITING"
    """Not yet taken by the receiver."""
    DELIVERED = "DELIVERED"
    """The receiver answered 2xx."""
    DEAD = "DEAD"
    """Given up; it can be sent again by hand."""


class Failure(StrEnum):
    """Why an attempt failed. What a receiver answered is never kept."""

    STATUS = "STATUS"
    """It answered another status than 2xx; redirects are not followed."""
    TIMEOUT = "TIMEOUT"
    """It did not answer in time."""
    UNREACHABLE = "UNREACHABLE"
    """No connection, or one that broke; also a certificate that does not hold."""
    FORBIDDEN = "FORBIDDEN"
    """The target is not allowed, or resolves to an address that is not."""
    WORKER_LOST = "WORKER_LOST"
    """The worker ended during the attempt, so that nobody knows."""


class Delivery(Row):
    """One event for one webhook."""

    table: ClassVar[str] = "delivery"
    key: ClassVar[tuple[str, ...]] = ("webhook_id", "event_id")

    webhook_id: UUID
    event_id: UUID
    subject: str
    number: int
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    #: When it is tried next; None where it is finished or waits behind an earlier one.
    next_at: datetime | None = None
    last_status: int | None = None
    last_error: Failure | None = None
    finished_at: datetime | None = None


class DeliveryTable(Delivery, table=True):
    __tablename__ = "delivery"
    __table_args__ = (
        one_of("state", DeliveryState),
        Index(
            "ix_delivery_due", "webhook_id", "next_at", postgresql_where=text("next_at IS NOT NULL")
        ),
        Index(
            "ix_delivery_lane",
            "webhook_id",
            "subject",
            "number",
            postgresql_where=text("state = 'WAITING'"),
        ),
        Index("ix_delivery_listed", "event_id", "webhook_id"),
        Index(
            "ix_delivery_dead",
            "event_id",
            "webhook_id",
            postgresql_where=text("state = 'DEAD'"),
        ),
        Index("ix_delivery_finished", "finished_at"),
        {"postgresql_with": {"fillfactor": "70"}},
    )

    webhook_id: UUID = Field(primary_key=True, foreign_key="webhook.id")
    event_id: UUID = Field(primary_key=True, foreign_key="outbox.id")
    number: int = Field(sa_type=BigInteger)
    state: DeliveryState = code_column()
    next_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    last_error: Failure | None = code_column(default=None)
    finished_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
