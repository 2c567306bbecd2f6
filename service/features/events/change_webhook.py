"""Change a webhook: another label, target or choice of events; pause it or let it go on."""

from typing import ClassVar, Literal
from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.events import rules
from service.features.events.tables import WebhookState
from service.features.events.target import Targets
from service.features.events.view import WebhookView, view_of
from service.features.events.webhook import (
    KEEPERS,
    EventTypes,
    Url,
    locked_webhook,
    require_known,
)


class ChangeWebhook(Command[WebhookView]):
    """Change what is given, leave the rest (变更事件推送地址).

    While it is PAUSED, events are kept; they are delivered in order once it is ACTIVE again.
    """

    name = "events.change_webhook"
    duties = KEEPERS
    title_zh = "变更事件推送地址"
    title_en = "Change a webhook"
    example: ClassVar = {"state": "PAUSED"}
    needs_version = True
    refusals = (rules.WebhookLabelTaken, rules.TargetForbidden, rules.EventTypeUnknown)

    webhook_id: UUID
    label: Line | None = None
    url: Url | None = None
    event_types: EventTypes | None = None
    state: Literal[WebhookState.ACTIVE, WebhookState.PAUSED] | None = None


@handles(ChangeWebhook)
async def change_webhook(command: ChangeWebhook, context: Context) -> WebhookView:
    """Change the columns that were given. Events chosen anew are sent from now on."""
    webhook = await locked_webhook(context, command.webhook_id)
    context.require_version(webhook)
    if command.url is not None:
        Targets.of(context.settings).require(command.url)
    if command.event_types is not None:
        require_known(command.event_types)
    given = command.model_dump(exclude={"webhook_id"}, exclude_none=True)
    changed = context.update(webhook, **given)
    context.tag(changed)
    return view_of(changed)
