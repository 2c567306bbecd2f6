"""Things that belong to our body, by the name of the path parameter that names them.

A new kind of thing with a path of its own gets one line here, so that the matrix can show that
it looks missing to those who must not see it. What belongs to the whole city needs none.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

from service.core.command import Answer
from service.features.bodies.set_up_internal_body import SetUpInternalBody
from tests.builders import City
from tests.conftest import Do, told

Maker = Callable[[Do, City], Awaitable[UUID]]


async def _body(_: Do, city: City) -> UUID:
    return city.body


async def _internal_body(do: Do, city: City) -> UUID:
    return _id_of(
        await do(
            SetUpInternalBody(
                body_id=city.body,
                document_id=city.document,
                effective_on=date(2025, 6, 1),
                section_name="办公室",
            )
        )
    )


MAKERS: dict[str, Maker] = {"body_id": _body, "internal_body_id": _internal_body}

#: Seen by everybody who may read the ledger at all, whatever bodies they answer for.
SEEN_BY_ALL = frozenset({"document_id"})


def _id_of(made: Answer) -> UUID:
    assert made.status == 201, made.body
    return UUID(told(made)["id"])
