"""Routes for files: an operation that takes a file as its body, or gives one as its answer."""

import inspect
import re
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi import Query as QueryParameters

from service.core import query as queries
from service.core.command import Answer
from service.core.errors import PayloadTooLarge, Refusal
from service.core.excel.scan import BYTES_MAX
from service.core.excel.sheet import MEDIA_TYPE, Download
from service.core.http.mount import (
    IdempotencyKey,
    built,
    caller_for,
    extensions_of,
    headers_of,
    identified,
    operation_id,
    part_of,
    path_parameters,
    refusals_of,
    response_of,
    responses_of,
    unchanged,
    with_signature,
)
from service.core.operation import OPERATIONS, Answerable, Command, Query

_BINARY = {"schema": {"type": "string", "format": "binary"}}


def mount_upload(
    router: APIRouter,
    path: str,
    request_class: type[Answerable[Any]],
    *,
    field: str = "workbook",
    media_types: Sequence[str] = (MEDIA_TYPE,),
    bytes_max: int = BYTES_MAX,
) -> None:
    """Serve an operation one field of which, an `Upload`, is the body of a POST, as bytes.

    Its other fields are path and query parameters. A query that takes a file is a POST too; it
    changes nothing. `media_types` are what the contract tells; the operation looks itself.
    """
    in_path = re.findall(r"\{(\w+)\}", path)
    is_command = issubclass(request_class, Command)
    fields = part_of(request_class, "Parameters", without=[*in_path, field])

    async def endpoint(request: Request, **given: Any) -> Response:
        sent = given["parameters"] if fields is not None else None
        asked_for = {name: given[name] for name in in_path}
        if sent is not None:
            asked_for |= {name: getattr(sent, name) for name in sent.model_fields_set}
        caller = await identified(request)
        asked = built(request_class, {**asked_for, field: {"content": await request.body()}})
        if isinstance(asked, Command):
            request.scope["command"] = request_class.name
            done = await request.app.state.executor.execute(
                asked, caller, key=given["idempotency_key"]
            )
        else:
            assert isinstance(asked, Query)
            done = await queries.answer(request.app.state.database, asked, caller)
        request.scope["answer"] = done
        return response_of(done)

    parameters = path_parameters(request_class, in_path)
    if is_command:
        parameters["idempotency_key"] = IdempotencyKey
    if fields is not None:
        parameters["parameters"] = Annotated[fields, QueryParameters()]
    body = {"required": True, "content": dict.fromkeys(media_types, _BINARY)}
    _add(
        router,
        "POST",
        path,
        request_class,
        with_signature(endpoint, parameters, optional={"idempotency_key"}),
        response_model=OPERATIONS[request_class.name].result,
        status_code=request_class.status if issubclass(request_class, Command) else 200,
        extra={"requestBody": body},
        kinds=(PayloadTooLarge,),
        max_body_size=bytes_max,
    )


def mount_download(
    router: APIRouter,
    path: str,
    request_class: type[Query[Download]],
    *,
    media_types: Sequence[str] = (MEDIA_TYPE,),
) -> None:
    """Serve a query that answers with a `Download`; its fields are path and query parameters."""
    in_path = re.findall(r"\{(\w+)\}", path)
    fields = part_of(request_class, "Parameters", without=in_path)

    async def endpoint(request: Request, **given: Any) -> Response:
        asked_for = {name: given[name] for name in in_path}
        if fields is not None:
            sent = given["parameters"]
            asked_for |= {name: getattr(sent, name) for name in sent.model_fields_set}
        asked = built(request_class, asked_for)
        assert isinstance(asked, Query)
        caller = await caller_for(request, request_class)
        file, reading = await queries.ask(request.app.state.database, asked, caller)
        assert isinstance(file, Download)
        request.scope["answer"] = found = Answer(200, b"", reading.etag, now=reading.now)
        if (same := unchanged(request, found, request_class)) is not None:
            return same
        made = await file.ready()
        headers = headers_of(found, request_class)
        headers["Content-Disposition"] = _disposition(made.filename)
        headers["X-Content-Type-Options"] = "nosniff"
        return Response(made.content, 200, headers, media_type=made.media_type)

    parameters = path_parameters(request_class, in_path)
    if fields is not None:
        parameters["parameters"] = Annotated[fields, QueryParameters()]
    _add(
        router,
        "GET",
        path,
        request_class,
        with_signature(endpoint, parameters, optional=set()),
        response_class=Response,
        found={200: {"description": "The file", "content": dict.fromkeys(media_types, _BINARY)}},
    )


def _disposition(filename: str) -> str:
    """To be saved under its name, which may be of any script (RFC 6266)."""
    if re.fullmatch(r"[\w .()-]+", filename, re.ASCII):
        return f'attachment; filename="{filename}"'
    return f"attachment; filename*=UTF-8''{quote(filename, safe='')}"


def _add(
    router: APIRouter,
    method: str,
    path: str,
    request_class: type[Answerable[Any]],
    endpoint: Any,
    *,
    extra: dict[str, Any] | None = None,
    found: dict[int | str, dict[str, Any]] | None = None,
    kinds: tuple[type[Refusal], ...] = (),
    **options: Any,
) -> None:
    router.add_api_route(
        path,
        endpoint,
        methods=[method],
        operation_id=operation_id(request_class.name),
        summary=f"{request_class.title_zh} · {request_class.title_en}",
        description=inspect.getdoc(request_class),
        tags=[request_class.name.partition(".")[0]],
        responses={**(found or {}), **responses_of(refusals_of(request_class) | {*kinds})},
        openapi_extra={**extensions_of(request_class), **(extra or {})},
        **options,
    )
