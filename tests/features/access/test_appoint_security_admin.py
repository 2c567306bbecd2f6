"""The first security administrator is appointed by the operator, and only the first."""

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.access.appoint_security_admin import AppointSecurityAdmin
from tests.builders import City
from tests.conftest import told
from tests.people import MAY


async def test_the_operator_appoints_where_nobody_active_is(database: Database, city: City) -> None:
    executor = Executor(database)
    asked = AppointSecurityAdmin(subject="chief", actor_name="安全管理员")
    there_is_one = await executor.execute(asked, Caller(is_process=True))
    assert told(there_is_one)["code"] == "administrator_appointed"
    await database.writing.execute("UPDATE actor SET is_active = false WHERE subject = $1", MAY)
    done = await executor.execute(asked, Caller(is_process=True))
    assert done.status == 200
    by_a_person = await executor.execute(asked, Caller(subject="chief"))
    assert by_a_person.status == 403
