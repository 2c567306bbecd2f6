"""Lists: pages by keyset cursor, so that a page costs what the page costs, however far in."""

import base64
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

import orjson
from pydantic import BaseModel, Field, TypeAdapter

from service.core.errors import InvalidCursor

T = TypeVar("T", bound=BaseModel)

LIMIT_MAX = 200

Limit = Annotated[int, Field(ge=1, le=LIMIT_MAX, description="Rows of one page, at most 200.")]
Cursor = Annotated[
    str | None, Field(max_length=400, description="`next` of the page before; unset: first page.")
]


class Page(BaseModel, Generic[T]):
    """One page of a list. `next` is the cursor of the page after it, null on the last one."""

    items: list[T]
    next: str | None


class Count(BaseModel):
    """How many rows a list has under a filter; asked apart, since counting costs."""

    count: int


def cursor_of(*position: Any) -> str:
    """The cursor of a row: its values in the order of the list's sort key."""
    return base64.urlsafe_b64encode(orjson.dumps(position, default=str)).decode().rstrip("=")


def position_of(cursor: str | None, *kinds: Any) -> tuple[Any, ...] | None:
    """The sort-key values in a cursor, each of its kind, or None for the first page.

    Raises:
        InvalidCursor: The text is not a cursor with values of these kinds.
    """
    if cursor is None:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        position: tuple[Any, ...] = _position_type(kinds).validate_json(text)
    except ValueError as fault:
        raise InvalidCursor(
            "Expected a cursor that this list gave out, but it is not one.",
            "应当使用本列表返回的游标，但所给游标无效。",
        ) from fault
    return position


@cache
def _position_type(kinds: tuple[Any, ...]) -> TypeAdapter[tuple[Any, ...]]:
    shape: Any = tuple.__class_getitem__(kinds)
    return TypeAdapter(shape)


def page_of(rows: list[T], limit: int, cursor: Callable[[T], str]) -> Page[T]:
    """A page from `limit + 1` rows read: the last one only tells that there is a next page."""
    has_more = len(rows) > limit
    return Page(items=rows[:limit], next=cursor(rows[limit - 1]) if has_more else None)
