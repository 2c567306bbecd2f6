"""`dingbian appoint`: who keeps the accounts of an installation that has none yet."""

import orjson
from pydantic import ValidationError

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.start import CannotStart
from service.core.store.db import connect
from service.features.access.appoint_security_admin import AppointSecurityAdmin
from service.settings import Settings


async def appoint(settings: Settings, subject: str, name: str) -> None:
    """Register a person as the first security administrator.

    Raises:
        CannotStart: There is one already, or the subject or the name cannot be stored.
    """
    try:
        command = AppointSecurityAdmin(subject=subject, actor_name=name)
    except ValidationError as error:
        raise CannotStart(
            f"Expected a subject and a name, but: {error.errors()[0]['msg']}."
        ) from error
    database = await connect(settings)
    try:
        caller = Caller(is_process=True, language="en")
        answer = await Executor(database).execute(command, caller)
    finally:
        await database.close()
    if answer.status >= 400:
        raise CannotStart(orjson.loads(answer.body)["detail"])
