"""The OpenAPI document: what FastAPI reads from the routes, and what it cannot know."""

import inspect
import re
import sys
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.core.errors import every_refusal
from service.core.http.problem import Problem, example_of
from service.core.operation import OPERATIONS, Command, Operation, Query
from service.core.page import Count, Page

TITLE = "定编 Dingbian"
DESCRIPTION = """\
机构编制委员会办公室的工作流服务：机构、编制、职数、文件与事项办理。

The workflow service of the office that manages institutions, quotas and posts of a city.

每项操作均列明所需职责（`x-required-duty`）与全部错误代码（`x-error-codes`）。
Every operation states the duties that may ask for it and all codes with which it can refuse.
"""
DEMO_NOTICE = """\
**演示环境：青澜市及其全部机构、人员和数据均为虚构。**
**Demonstration: the city of Qinglan, its bodies, people and data are fictitious.**

"""

_SECURITY_SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "人员的访问令牌（OIDC）· A person's access token of the configured issuer.",
    },
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "程序的接口密钥 · A program's key; changes need an Idempotency-Key.",
    },
}
_HEADERS = {
    "ETag": "The version of what is shown; send it back in If-Match to change it.",
    "Idempotent-Replayed": "`true` where the answer is that of an earlier request with the key.",
    "X-Request-Id": "The id under which the request is logged and audited.",
}
_UNUSED = ("HTTPValidationError", "ValidationError")
_LONG_NAME = re.compile(rb"service__features__([a-z_]+?)__(?:[a-z_]+__)+(\w+)")
_METHODS = ("get", "post", "put", "patch", "delete")


def install(app: FastAPI, *, is_demo: bool) -> None:
    """Have the app serve this document at `/openapi.json`."""
    notice = DEMO_NOTICE if is_demo else ""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = document(app, notice + DESCRIPTION)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend it


def document(app: FastAPI, description: str = DESCRIPTION) -> dict[str, Any]:
    """The whole document, in an order that depends on nothing but its content."""
    found = _with_short_names(
        get_openapi(title=TITLE, version=app.version, description=description, routes=app.routes)
    )
    components = found["components"]
    for operation in _operations(found):
        _complete(operation)
    found["servers"] = [{"url": "/", "description": "本服务 · this service"}]
    found["tags"] = _tags({tag for shown in _operations(found) for tag in shown["tags"]})
    found["paths"] = dict(sorted(found["paths"].items()))
    schemas = components["schemas"] | {"Problem": Problem.model_json_schema()}
    components["schemas"] = {
        name: schema for name, schema in sorted(schemas.items()) if name not in _UNUSED
    }
    components["examples"] = {
        kind.code: {"summary": kind.title_en, "value": example_of(kind)} for kind in every_refusal()
    }
    components["headers"] = {
        name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()
    }
    components["securitySchemes"] = _SECURITY_SCHEMES
    return found


def _with_short_names(found: dict[str, Any]) -> dict[str, Any]:
    """Where two features have a class of one name: `BodiesFunding`, not its whole module."""

    def short(match: re.Match[bytes]) -> bytes:
        return match[1].replace(b"_", b" ").title().replace(b" ", b"") + match[2]

    shortened: dict[str, Any] = orjson.loads(_LONG_NAME.sub(short, orjson.dumps(found)))
    return shortened


def _operations(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        item[method] for item in found["paths"].values() for method in _METHODS if method in item
    ]


def _complete(shown: dict[str, Any]) -> None:
    """Security and headers of one operation; what is no operation of ours is open to all."""
    operation = OPERATIONS.get(shown.get("x-operation", ""))
    if operation is None:
        shown["security"] = []
        return
    is_command = issubclass(operation.request, Command)
    is_public = issubclass(operation.request, Query) and operation.request.is_public
    shown["security"] = [] if is_public else [{name: []} for name in _SECURITY_SCHEMES]
    for status, response in shown["responses"].items():
        if status.startswith("2"):
            response["description"] = "办理结果 · Done" if is_command else "查询结果 · Found"
            names = [name for name in _HEADERS if is_command or name != "Idempotent-Replayed"]
        else:
            names = ["X-Request-Id"]
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    if not is_command and _has_version(operation):
        shown.setdefault("parameters", []).append(
            {
                "name": "if-none-match",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "title": "If-None-Match"},
                "description": "The ETag you have: while it holds, the answer is 304.",
            }
        )
        shown["responses"]["304"] = {"description": "未变更 · Not modified"}
    shown["responses"] = dict(sorted(shown["responses"].items()))


def _has_version(operation: Operation) -> bool:
    """Whether a question is about one thing, whose version its answer may bear."""
    return not issubclass(operation.result, Page | Count)


def _tags(shown: set[str]) -> list[dict[str, Any]]:
    """A tag is a feature; what it is stands in its package."""
    packages = {
        operation.name.partition(".")[0]: operation.answer.__module__.rpartition(".")[0]
        for operation in OPERATIONS.values()
    }
    return [
        {"name": noun, "description": _first_line(sys.modules[package])}
        for noun, package in sorted(packages.items())
        if noun in shown
    ]


def _first_line(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]
