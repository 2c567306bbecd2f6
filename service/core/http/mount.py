"""Routes made from operations: the request class is the contract, so it is written once.

Path parameters are fields of the request class; the rest of a command is its JSON body, the
rest of a query its query string.
"""

import inspect
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Body, Header, Path, Request, Response
from fastapi import Query as QueryParameters
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError, create_model

from service.core import query as queries
from service.core.auth.actor import Caller
from service.core.command import Answer, Executor
from service.core.errors import (
    Conflict,
    IdempotencyKeyRequired,
    IdempotencyKeyReused,
    InternalError,
    InvalidCursor,
    InvalidInput,
    LockTimeout,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    OutcomeUnknown,
    PayloadTooLarge,
    Refusal,
    TooManyRequests,
    Unavailable,
    UnsupportedMediaType,
    VersionMismatch,
    VersionRequired,
)
from service.core.http.exact import ExactRoute
from service.core.http.problem import PROBLEM, language_of, request_id_of
from service.core.operation import OPERATIONS, Answerable, Command, Query
from service.core.waiting import Waiting

_ALWAYS: tuple[type[Refusal], ...] = (
    NotAuthenticated,
    NotAllowed,
    NotFound,
    InvalidInput,
    InternalError,
    Unavailable,
)
#: Of these the public never hears.
_ABOUT_CALLERS = {NotAuthenticated, NotAllowed}
_FOR_COMMANDS: tuple[type[Refusal], ...] = (
    IdempotencyKeyRequired,
    IdempotencyKeyReused,
    Conflict,
    PayloadTooLarge,
    UnsupportedMediaType,
    LockTimeout,
    OutcomeUnknown,
)


IdempotencyKey = Annotated[
    str | None,
    Header(
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Repeats with the same key get the same answer. Required for API keys.",
    ),
]


class Identifier(Protocol):
    """Finds out what a request proves about its sender; never asks the database."""

    async def identify(self, request: Request) -> Caller: ...


def mount(
    router: APIRouter,
    method: str,
    path: str,
    request_class: type[Answerable[Any]],
    waiting: Waiting[Any] | None = None,
    *,
    bytes_max: int | None = None,
) -> None:
    """Serve one registered operation at one path.

    Args:
        waiting: How a command waits for something to do; None where it is given at once.
        bytes_max: The largest request body in place of the setting `body_max_bytes`.

    Raises:
        KeyError: The operation was never registered by `handles` or `answers`.
    """
    operation = OPERATIONS[request_class.name]
    in_path = re.findall(r"\{(\w+)\}", path)
    if issubclass(request_class, Command):
        endpoint = _command_endpoint(request_class, in_path, waiting)
    else:
        endpoint = _query_endpoint(request_class, in_path)
    router.add_api_route(
        path,
        endpoint,
        methods=[method],
        route_class_override=ExactRoute,
        operation_id=operation_id(request_class.name),
        summary=f"{request_class.title_zh} · {request_class.title_en}",
        description=inspect.getdoc(request_class),
        tags=[request_class.name.partition(".")[0]],
        status_code=request_class.status if issubclass(request_class, Command) else 200,
        response_model=operation.result,
        responses=responses_of(refusals_of(request_class)),
        openapi_extra=extensions_of(request_class),
        max_body_size=bytes_max,
    )


def extensions_of(request_class: type[Answerable[Any]]) -> dict[str, Any]:
    """What the OpenAPI entry of an operation says beyond the standard."""
    is_public = issubclass(request_class, Query) and request_class.is_public
    return {
        "x-required-duty": sorted(request_class.duties),
        "x-operation": request_class.name,
        **({"x-is-public": True} if is_public else {}),
    }


def operation_id(name: str) -> str:
    """`quota.reserve_posts` → `reservePosts`."""
    first, *others = name.partition(".")[2].split("_")
    return first + "".join(word.capitalize() for word in others)


def _command_endpoint(
    request_class: type[Answerable[Any]], in_path: list[str], waiting: Waiting[Any] | None
) -> Any:
    body = part_of(request_class, "Body", without=in_path)

    async def endpoint(request: Request, **given: Any) -> Response:
        app = request.app.state
        request.scope["command"] = request_class.name
        caller = await identified(request)
        fields = {name: given[name] for name in in_path}
        if body is not None:
            sent = given["body"]
            fields |= {name: getattr(sent, name) for name in sent.model_fields_set}
        executor: Executor = app.executor
        asked = built(request_class, fields)
        assert isinstance(asked, Command)
        key, seen = given["idempotency_key"], _version(given.get("if_match"))
        if waiting is None:
            done = await executor.execute(asked, caller, key=key, if_match=seen)
        else:
            done = await waiting.execute(executor, asked, caller, key, request.is_disconnected)
        request.scope["answer"] = done
        return response_of(done)

    parameters = path_parameters(request_class, in_path)
    if body is not None:
        example = {k: v for k, v in request_class.example.items() if k not in in_path}
        parameters["body"] = Annotated[body, Body(openapi_examples=_examples(example))]
    parameters["idempotency_key"] = IdempotencyKey
    if issubclass(request_class, Command) and request_class.needs_version:
        match_header = Header(max_length=40, description="The ETag on which you decided.")
        parameters["if_match"] = Annotated[str | None, match_header]
    return with_signature(endpoint, parameters, optional={"idempotency_key", "if_match"})


def _query_endpoint(request_class: type[Answerable[Any]], in_path: list[str]) -> Any:
    filters = part_of(request_class, "Filters", without=in_path)

    async def endpoint(request: Request, **given: Any) -> Response:
        caller = await caller_for(request, request_class)
        fields = {name: given[name] for name in in_path}
        if filters is not None:
            sent = given["filters"]
            fields |= {name: getattr(sent, name) for name in sent.model_fields_set}
        asked = built(request_class, fields)
        assert isinstance(asked, Query)
        found = await queries.answer(request.app.state.database, asked, caller)
        request.scope["answer"] = found
        if (same := unchanged(request, found, request_class)) is not None:
            return same
        return response_of(found, headers_of(found, request_class))

    parameters = path_parameters(request_class, in_path)
    if filters is not None:
        parameters["filters"] = Annotated[filters, QueryParameters()]
    return with_signature(endpoint, parameters, optional=set())


def built(request_class: type[Answerable[Any]], fields: dict[str, Any]) -> Answerable[Any]:
    """The request object. Its parts were checked; what it asks of them together is not yet."""
    try:
        return request_class(**fields)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


async def identified(request: Request) -> Caller:
    """What a request proves about its sender."""
    identifier: Identifier = request.app.state.identifier
    return await identifier.identify(request)


async def caller_for(request: Request, request_class: type[Answerable[Any]]) -> Caller:
    """Who asks: the public where a question is open to it, whatever the request says of itself.

    Raises:
        TooManyRequests: The public asks more than this process answers it.
    """
    if issubclass(request_class, Query) and request_class.is_public:
        request.app.state.public.take()
        return caller_from(request, is_public=True)
    return await identified(request)


def unchanged(
    request: Request, found: Answer, request_class: type[Answerable[Any]]
) -> Response | None:
    """304 where If-None-Match names the version of what was found."""
    seen = request.headers.get("if-none-match")
    is_same = found.etag is not None and _version(seen) == found.etag
    if not (is_same and found.is_all_tagged):
        return None
    return Response(status_code=304, headers=headers_of(found, request_class))


def headers_of(found: Answer, request_class: type[Answerable[Any]]) -> dict[str, str]:
    """The version of what was found. Caches may keep what is public, and ask whether it holds."""
    headers = {"ETag": f'"{found.etag}"'} if found.etag is not None else {}
    if issubclass(request_class, Query) and request_class.is_public:
        headers["Cache-Control"] = "public, no-cache"
    return headers


def response_of(answer: Answer, more: Mapping[str, str] = MappingProxyType({})) -> Response:
    """An answer as HTTP: its bytes, its status, its ETag."""
    headers = {"ETag": f'"{answer.etag}"'} if answer.etag is not None else {}
    headers |= more
    if answer.is_replayed:
        headers["Idempotent-Replayed"] = "true"
    if answer.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    media_type = PROBLEM if answer.status >= 400 else "application/json"
    return Response(answer.body, answer.status, headers, media_type=media_type)


def _version(header: str | None) -> str | None:
    return None if header is None else header.strip().removeprefix("W/").strip('"')


def part_of(
    request_class: type[Answerable[Any]], suffix: str, without: list[str]
) -> type[BaseModel] | None:
    """The request class less its path parameters, as a model of its own."""
    rest = {n: f for n, f in request_class.model_fields.items() if n not in without}
    if not rest:
        return None
    fields: dict[str, Any] = {name: (field.annotation, field) for name, field in rest.items()}
    return create_model(
        f"{request_class.__name__}{suffix}",
        __config__={"extra": "forbid", "frozen": True},
        __doc__=None,
        **fields,
    )


def path_parameters(request_class: type[Answerable[Any]], in_path: list[str]) -> dict[str, Any]:
    fields = request_class.model_fields
    return {
        name: Annotated[
            fields[name].annotation,
            Path(openapi_examples=_examples(request_class.example.get(name))),
        ]
        for name in in_path
    }


def _examples(value: Any) -> Any:
    return {"sample": {"value": value}} if value else None


def with_signature(endpoint: Any, parameters: dict[str, Any], optional: set[str]) -> Any:
    """Give an endpoint the signature that FastAPI reads its parameters from."""
    signature = [inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)]
    signature += [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=annotation,
            default=None if name in optional else inspect.Parameter.empty,
        )
        for name, annotation in parameters.items()
    ]
    endpoint.__signature__ = inspect.Signature(signature)
    return endpoint


def refusals_of(request_class: type[Answerable[Any]]) -> set[type[Refusal]]:
    """Every way in which an operation can be refused."""
    kinds = {*_ALWAYS, *request_class.refusals}
    if issubclass(request_class, Command):
        kinds |= {*_FOR_COMMANDS}
        if request_class.needs_version:
            kinds |= {VersionRequired, VersionMismatch}
    elif "cursor" in request_class.model_fields:
        kinds.add(InvalidCursor)
    if issubclass(request_class, Query) and request_class.is_public:
        kinds = kinds - _ABOUT_CALLERS | {TooManyRequests}
    return kinds


def responses_of(kinds: Iterable[type[Refusal]]) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI responses of refusals: codes by status, each with its example."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for kind in sorted(kinds, key=lambda kind: (kind.status, kind.code)):
        content = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}
        entry = by_status.setdefault(
            kind.status, {"content": {PROBLEM: content}, "x-error-codes": []}
        )
        entry["x-error-codes"].append(kind.code)
        entry["description"] = ", ".join(entry["x-error-codes"])
        examples = entry["content"][PROBLEM]["examples"]
        examples[kind.code] = {"$ref": f"#/components/examples/{kind.code}"}
    return by_status


def caller_from(request: Request, **proved: Any) -> Caller:
    """A caller with the request's id and language."""
    return Caller(request_id=request_id_of(request), language=language_of(request), **proved)
