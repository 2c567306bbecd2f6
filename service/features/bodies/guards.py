"""Guards: what must be asked before a body changes, by those whom the register does not know.

The ledger stands on the register of bodies and not the other way round; yet a body must not get
a rank that its leadership posts exceed. So whoever rests on bodies registers a guard, and the
verbs that change what guards care about ask all of them, under the body's lock.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from service.core.command import Context
from service.features.bodies.tables import Body

#: Told the body as it is, as it would be, and from which day on; refuses or lets pass.
Guard = Callable[[Context, Body, Body, date], Awaitable[None]]

_GUARDS: list[Guard] = []


def guards_bodies(guard: Guard) -> Guard:
    """Register a guard; what it refuses with stands among `rules`, so that verbs declare it."""
    _GUARDS.append(guard)
    return guard


async def ask_guards(context: Context, body: Body, on: date, **facts: Any) -> None:
    """Ask every guard whether a locked body may have these facts from a day on.

    Raises:
        Refusal: Whatever one of them refuses with.
    """
    new = body.model_copy(update=facts)
    for guard in _GUARDS:
        await guard(context, body, new, on)
