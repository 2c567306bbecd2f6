"""What webhooks refuse."""

from service.core.errors import Conflict, RuleBroken


class WebhookLabelTaken(Conflict):
    """Another webhook bears this label."""

    code = "webhook_label_taken"
    title_zh = "推送地址名称已被使用"
    title_en = "Webhook label taken"


class TargetForbidden(RuleBroken):
    """A webhook may point at hosts that the operator allows only, and by https."""

    code = "webhook_target_forbidden"
    title_zh = "推送目标不被允许"
    title_en = "Target not allowed"


class EventTypeUnknown(RuleBroken):
    """No event of this version has this type."""

    code = "event_type_unknown"
    title_zh = "事件类型不存在"
    title_en = "Unknown event type"


class DeliveryStillWaits(Conflict):
    """Only a delivery that is done or dead can be sent again."""

    code = "delivery_still_waits"
    title_zh = "推送尚未结束"
    title_en = "Delivery still waits"
