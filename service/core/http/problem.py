"""Every error leaves as a problem document (RFC 9457) with a stable code."""

import inspect
from typing import Any

import asyncpg
import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from service.core.errors import (
    InternalError,
    InvalidInput,
    Language,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    Refusal,
    Unavailable,
    UnsupportedMediaType,
)
from service.core.store.faults import is_connection_lost, refusal_for
from service.core.store.transaction import CONNECTION_LOST

PROBLEM = "application/problem+json"


class Problem(BaseModel):
    """Why a request was refused (RFC 9457). Programs read `code` and `facts`, people the rest.

    `rule` and `article` name what was broken in the domain and where it is written; `instance`
    is the request's id.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str | None = None
    rule: str | None = None
    article: str | None = None
    facts: dict[str, Any] | None = None


def example_of(kind: type[Refusal]) -> dict[str, Any]:
    """What a refusal looks like; its detail is what the code means."""
    meaning = " ".join((inspect.getdoc(kind) or "").split())
    return kind(meaning, meaning).problem("zh")


def language_of(request: Request) -> Language:
    """Chinese, unless Accept-Language prefers English."""
    best, preferred = 0.0, "zh"
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        if quality > best and tag[:2].lower() in ("zh", "en"):
            best, preferred = quality, tag[:2].lower()
    return "en" if preferred == "en" else "zh"


def request_id_of(request: Request) -> str:
    return str(request.scope.get("request_id", ""))


def _is_public(request: Request) -> bool:
    """Whether the route is open to everybody: then all may learn what it expects."""
    shown = getattr(request.scope.get("route"), "openapi_extra", None) or {}
    return bool(shown.get("x-is-public", False))


def problem_response(request: Request, refusal: Refusal) -> Response:
    request.scope["outcome"] = refusal.code
    document = refusal.problem(language_of(request), request_id_of(request) or None)
    headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else {}
    if refusal.status in (429, 503):
        headers["Retry-After"] = "1"
    return Response(
        orjson.dumps(document, default=str), refusal.status, headers, media_type=PROBLEM
    )


def _invalid(error: RequestValidationError) -> InvalidInput:
    places = [
        {"place": "/".join(str(step) for step in each["loc"]), "message": each["msg"]}
        for each in error.errors()
    ]
    first = places[0]
    return InvalidInput(
        f"Expected a request of the stated form, but {first['place']}: {first['message']}.",
        f"请求应当符合规定格式，但 {first['place']} 不符合要求。",
        errors=places[:50],
    )


def payload_too_large() -> PayloadTooLarge:
    return PayloadTooLarge(
        "Expected a body of the size that this operation takes, but it is larger.",
        "请求体应当在规定大小以内，但超出限制。",
    )


def _from_http(error: HTTPException) -> Refusal:
    match error.status_code:
        case 404:
            return NotFound(
                "Expected a path of this API, but there is none like it.",
                "应当是本接口的路径，但不存在。",
            )
        case 405:
            return MethodNotAllowed(
                "Expected a method that this path has, but it has others.",
                "应当使用该路径支持的方法，但所用方法不受支持。",
            )
        case 413:
            return payload_too_large()
        case 415:
            return UnsupportedMediaType(
                "Expected application/json, but the body is of another type.",
                "请求体应当为 application/json，但类型不符。",
            )
        case _:
            return InvalidInput(
                f"Expected a readable request, but: {error.detail}.", "请求应当可读，但无法解析。"
            )


def _from_fault(fault: Exception) -> Refusal:
    if is_connection_lost(fault):
        return Unavailable(
            "Expected the database to answer, but it cannot be reached.",
            "数据库应当可用，但目前无法连接。",
        )
    if isinstance(fault, asyncpg.PostgresError):
        try:
            return refusal_for(fault)
        except asyncpg.PostgresError:
            pass
    return InternalError(
        "Expected to serve the request, but the service failed; the fault is logged.",
        "应当完成请求，但系统出现故障，已记录。",
    )


def install(app: FastAPI) -> None:
    """Turn every exception of the app into a problem document."""
    log = structlog.get_logger("service")

    async def refused(request: Request, error: Any) -> Response:
        return problem_response(request, error)

    async def invalid(request: Request, error: Any) -> Response:
        if _is_public(request):
            return problem_response(request, _invalid(error))
        caller = await request.app.state.identifier.identify(request)
        return problem_response(request, caller.unproved or _invalid(error))

    async def http(request: Request, error: Any) -> Response:
        response = problem_response(request, _from_http(error))
        response.headers.update(error.headers or {})
        return response

    async def fault(request: Request, error: Any) -> Response:
        refusal = _from_fault(error)
        if refusal.status == 500:
            log.error("fault", request_id=request_id_of(request), exc_info=error)
        return problem_response(request, refusal)

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    for kind in (*CONNECTION_LOST, asyncpg.PostgresError, Exception):
        app.add_exception_handler(kind, fault)
