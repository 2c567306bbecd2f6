"""The office hears that a unit asks for its view, as long as nothing is filed."""

from service.core.store.db import Database
from service.features.matters.announce_prior_request import AnnouncePriorRequest
from service.features.matters.file_application import FileApplication
from tests.conftest import told
from tests.features.matters.conftest import Order


async def test_the_office_is_told_that_a_unit_asks_for_its_view(
    matter: str, order: Order, database: Database
) -> None:
    assert (await order(AnnouncePriorRequest(matter_id=matter))).status == 200
    told_of = await database.reading.fetch(
        "SELECT type FROM outbox WHERE subject = $1 ORDER BY number", f"matter/{matter}"
    )
    assert [each["type"] for each in told_of] == [
        "matters.started",
        "matters.prior_communication_requested",
    ]
    await order(FileApplication(matter_id=matter))
    late = await order(AnnouncePriorRequest(matter_id=matter))
    assert told(late)["code"] == "matter_moved"
