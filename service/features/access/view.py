"""Actors, their duties and their keys as the API shows them."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty, Reach
from service.core.auth.tables import ActorRow, ApiKey, Assignment


class DutyView(BaseModel):
    """One duty held over some bodies; `true_until` is the first day on which it is not."""

    id: UUID
    actor_id: UUID
    duty: Duty
    reach: Reach
    body_id: UUID | None
    true_from: date
    true_until: date | None
    #: In whose place the duty is held; null where it is the actor's own.
    substitutes_id: UUID | None


class ActorSummary(BaseModel):
    """Somebody, or a program, whom the service knows by the `sub` of its tokens."""

    id: UUID
    subject: str
    name: str
    is_program: bool
    is_active: bool
    version: int


class ActorView(ActorSummary):
    """An actor with every duty held today or from a later day."""

    duties: list[DutyView]


class ApiKeyView(BaseModel):
    """A key of a program. What it is was shown once, when it was made."""

    id: UUID
    actor_id: UUID
    prefix: str
    scopes: list[str]
    expires_at: datetime
    revoked_at: datetime | None


class ApiKeyWithSecret(ApiKeyView):
    """A new key with its text (`dbk_…`), shown this once: send it as `X-API-Key`."""

    secret: str


def summary_of(actor: ActorRow) -> ActorSummary:
    return ActorSummary(**actor.model_dump())


def duty_view(assignment: Assignment) -> DutyView:
    return DutyView(**assignment.model_dump())


def key_view(key: ApiKey) -> ApiKeyView:
    return ApiKeyView(**key.model_dump(exclude=set(key.sealed)))
