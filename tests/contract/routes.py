"""Where each operation is served, as the OpenAPI document says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

from service.core.operation import OPERATIONS, Operation, Query


@dataclass(frozen=True, slots=True)
class Served:
    """One operation at one place; `shown` is what the document says of it."""

    method: str
    path: str
    operation: Operation
    shown: dict[str, Any]

    @property
    def name(self) -> str:
        return self.operation.name


def is_public(served: Served) -> bool:
    """Whether anybody may ask it without a token."""
    request = served.operation.request
    return issubclass(request, Query) and request.is_public


def every_served(app: FastAPI) -> Iterator[Served]:
    """Every operation of the API, at each place where it is served."""
    for path, item in app.openapi()["paths"].items():
        for method, shown in item.items():
            if "x-operation" in shown:
                yield Served(method, path, OPERATIONS[shown["x-operation"]], shown)
