"""Only a HOLD is overridden, only by the chair, and the next meeting hears of it."""

from service.core.store.db import Database
from service.features.matters.override_gate import OverrideGate
from service.features.matters.record_gate import RecordGate
from tests.conftest import told
from tests.features.matters.conftest import Deciding
from tests.features.meetings.conftest import CHAIR, DIRECTOR


async def test_the_chair_alone_lets_a_hold_pass_and_reports_it(
    deciding: Deciding, database: Database
) -> None:
    matter = await deciding.filed()

    def passing(who: str) -> OverrideGate:
        return OverrideGate.model_validate(
            {"matter_id": matter, "reason": "确有必要", "by": deciding.person(who)}
        )

    for gate, who in (("BLOCK", CHAIR), ("HOLD", DIRECTOR)):
        found = {"matter_id": matter, "gate": gate, "hits": [{"result": gate, "rule": "2"}]}
        await deciding.done(RecordGate.model_validate(found))
        refused = told(await deciding.order(passing(who)))
        assert refused["code"] == "gate_not_overridable"
    await deciding.done(passing(CHAIR))
    kept = await database.reading.fetchrow(
        """SELECT o.reason, i.kind, i.level, i.subject_id FROM matter_override o
           JOIN agenda_item i ON i.id = o.reported_item_id"""
    )
    assert kept is not None
    assert tuple(kept) == ("确有必要", "REPORT", "COMMISSION", matter)
