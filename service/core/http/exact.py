"""Numbers of a request keep their digits: a JSON number with a point is read as a decimal."""

import json
from collections.abc import Callable, Coroutine
from decimal import Decimal
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute


class ExactRequest(Request):
    """A request whose JSON body loses nothing: the standard parser rounds to a double."""

    async def json(self) -> Any:
        """The body; `NaN` and infinities, which JSON has not, are refused as bad JSON."""
        text = (await self.body()).decode()

        def refuse(constant: str) -> NoReturn:
            raise json.JSONDecodeError("Expecting value", text, text.find(constant))

        return json.loads(text, parse_float=Decimal, parse_constant=refuse)


class ExactRoute(APIRoute):
    """A route that hands such requests on."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def exactly(request: Request) -> Response:
            return await handle(ExactRequest(request.scope, request.receive))

        return exactly
