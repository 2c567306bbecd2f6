"""The error tree: every way in which a caller can be refused.

A class is a stable code. `api_specs/errors.yaml` is exported from this tree. A message reads
"Expected …, but …" and stands in Chinese and English; `facts` carries the numbers in it, so
that a program need not read the sentence.
"""

from typing import Any, ClassVar, Literal

Language = Literal["zh", "en"]


class Refusal(Exception):
    """A request was understood and refused; nothing was changed."""

    code: ClassVar[str]
    status: ClassVar[int]
    title_zh: ClassVar[str]
    title_en: ClassVar[str]

    #: Whether the same request would be refused again: only then is it kept under its key.
    is_lasting: ClassVar[bool] = True
    #: Id of the broken rule (an invariant such as "I1"), where one was broken.
    rule: ClassVar[str | None] = None
    #: The article or source behind that rule.
    article: ClassVar[str | None] = None

    def __init__(self, en: str, zh: str, **facts: Any) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh
        self.facts = facts

    def problem(self, language: Language, instance: str | None = None) -> dict[str, Any]:
        """This refusal as a problem document (RFC 9457) in one language."""
        members: dict[str, Any] = {
            "type": f"urn:dingbian:error:{self.code}",
            "title": self.title_zh if language == "zh" else self.title_en,
            "status": self.status,
            "detail": self.zh if language == "zh" else self.en,
            "code": self.code,
            "instance": instance,
            "rule": self.rule,
            "article": self.article,
            "facts": self.facts or None,
        }
        return {name: value for name, value in members.items() if value is not None}


class InvalidInput(Refusal):
    """The request is not of the form the operation states; `facts.errors` names each place."""

    code = "invalid_input"
    status = 422
    title_zh = "输入不符合要求"
    title_en = "Invalid input"


class InvalidCursor(Refusal):
    """A cursor was not one that this list gave out."""

    code = "invalid_cursor"
    status = 422
    title_zh = "分页游标无效"
    title_en = "Invalid cursor"


class KnownTooLate(Refusal):
    """`known_at` lies after the newest instant at which the ledger is settled."""

    code = "known_at_not_settled"
    status = 422
    title_zh = "该时点的数据尚未确定"
    title_en = "Not settled yet"


class IdempotencyKeyReused(Refusal):
    """The key was used before, for another request."""

    code = "idempotency_key_reused"
    status = 422
    is_lasting = False
    title_zh = "幂等键已用于其他请求"
    title_en = "Idempotency key reused"


class IdempotencyKeyRequired(Refusal):
    """A program must send an Idempotency-Key with every change."""

    code = "idempotency_key_required"
    status = 400
    title_zh = "缺少幂等键"
    title_en = "Idempotency key required"


class NotAuthenticated(Refusal):
    """No token, or one that does not hold."""

    code = "not_authenticated"
    status = 401
    is_lasting = False
    title_zh = "未登录或凭证无效"
    title_en = "Not authenticated"


class NotAllowed(Refusal):
    """The caller holds none of the duties that may do this."""

    code = "not_allowed"
    status = 403
    is_lasting = False
    title_zh = "无权办理"
    title_en = "Not allowed"


class NotFound(Refusal):
    """There is no such thing, or it lies outside the caller's reach: the two look alike."""

    code = "not_found"
    status = 404
    title_zh = "未找到"
    title_en = "Not found"


class MethodNotAllowed(Refusal):
    """The resource exists, but not with this method."""

    code = "method_not_allowed"
    status = 405
    title_zh = "不支持该请求方法"
    title_en = "Method not allowed"


class Conflict(Refusal):
    """Another change came first."""

    code = "conflict"
    status = 409
    title_zh = "与其他办理冲突"
    title_en = "Conflict"


class SubjectTaken(Conflict):
    """Another actor has this subject."""

    code = "subject_taken"
    title_zh = "身份标识已被使用"
    title_en = "Subject taken"


class LockTimeout(Conflict):
    """Another command still works on the same thing; safe to repeat."""

    code = "lock_timeout"
    is_lasting = False
    title_zh = "正在被他人办理，请稍后重试"
    title_en = "Locked by another change"


class VersionMismatch(Refusal):
    """If-Match names another version than the stored one."""

    code = "version_mismatch"
    status = 412
    title_zh = "数据已被更新"
    title_en = "Version mismatch"


class PayloadTooLarge(Refusal):
    """The request body is larger than the operation takes."""

    code = "payload_too_large"
    status = 413
    title_zh = "请求内容过大"
    title_en = "Payload too large"


class UnsupportedMediaType(Refusal):
    """The request body is not of the stated media type."""

    code = "unsupported_media_type"
    status = 415
    title_zh = "不支持的内容类型"
    title_en = "Unsupported media type"


class RuleBroken(Refusal):
    """A rule of the domain forbids it. Subclasses name the rule and its article."""

    code = "rule_broken"
    status = 422
    title_zh = "违反业务规则"
    title_en = "A rule forbids it"


class VersionRequired(Refusal):
    """This change needs If-Match with the version it was decided on."""

    code = "version_required"
    status = 428
    is_lasting = False
    title_zh = "缺少版本号"
    title_en = "Version required"


class TooManyRequests(Refusal):
    """The public asks more than this process answers it in a second; repeat a little later."""

    code = "too_many_requests"
    status = 429
    is_lasting = False
    title_zh = "访问过于频繁，请稍后再试"
    title_en = "Too many requests"


class InternalError(Refusal):
    """A fault of the service itself. It is logged under the request's id."""

    code = "internal_error"
    status = 500
    is_lasting = False
    title_zh = "系统内部错误"
    title_en = "Internal error"


class Unavailable(Refusal):
    """The database cannot be reached or is too slow; nothing was changed; repeat later."""

    code = "unavailable"
    status = 503
    is_lasting = False
    title_zh = "服务暂不可用"
    title_en = "Unavailable"


class OutcomeUnknown(Unavailable):
    """The connection was lost while committing; repeat with the same Idempotency-Key."""

    code = "outcome_unknown"
    title_zh = "结果未知，请用同一幂等键重试"
    title_en = "Outcome unknown"


def every_refusal() -> list[type[Refusal]]:
    """All refusals that the service itself declares, by code."""
    found: set[type[Refusal]] = set()
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        below = waiting.pop().__subclasses__()
        found.update(below)
        waiting += below
    ours = (kind for kind in found if kind.__module__.startswith("service."))
    return sorted(ours, key=lambda kind: (kind.code, kind.__qualname__))
