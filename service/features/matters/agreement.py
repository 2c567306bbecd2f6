"""Whether a report says that everything was done which the changes ask for beside the ledger."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from service.core.store.db import Connection
from service.features.matters.codes import DeltaLedger
from service.features.matters.deltas import Delta
from service.features.matters.report import Reported

_INSTITUTIONS = """
SELECT EXISTS (SELECT FROM body WHERE id = ANY ($1) AND body_type = 'PUBLIC_INSTITUTION')
"""
_MOVED = """
SELECT count(DISTINCT e.person_id) FROM entry e JOIN account a ON a.id = e.account_id
WHERE e.action = 'MOVE' AND e.actual < 0 AND a.body_id = ANY ($1) AND e.recorded_at >= $2
"""
_OUTSIDE = (DeltaLedger.NAME, DeltaLedger.NAMEPLATE, DeltaLedger.BODY)


async def differences(
    connection: Connection, deltas: Sequence[Delta], reported: Reported, since: datetime
) -> list[str]:
    """What the report leaves open or tells otherwise than the ledger, each as a sentence."""
    found = list(_not_done(deltas, reported))
    named = [each.body_id for each in deltas if each.ledger in (*_OUTSIDE, DeltaLedger.CLASS)]
    bodies = [each for each in named if each is not None]
    is_registered = await connection.fetchval(_INSTITUTIONS, bodies)
    is_new = any(each.body_type == "PUBLIC_INSTITUTION" for each in reported.new_bodies or ())
    if (is_registered or is_new) and not reported.registration_changed:
        found.append("法人登记：事业单位的登记应当已变更。")
    found += await _people(connection, deltas, reported, since)
    return found


def _not_done(deltas: Sequence[Delta], reported: Reported) -> Iterator[str]:
    ledgers = {each.ledger for each in deltas}
    if ledgers & set(_OUTSIDE) and not reported.nameplate_done:
        yield "牌子：应当已更换或摘除。"
    if ledgers & {DeltaLedger.NAME, DeltaLedger.BODY} and not reported.seal_done:
        yield "印章：应当已办理。"
    if DeltaLedger.MANDATE in ledgers and not reported.mandate_issued:
        yield "三定规定：应当已印发。"


async def _people(
    connection: Connection, deltas: Sequence[Delta], reported: Reported, since: datetime
) -> list[str]:
    """The people said to have moved, against the entries of the bodies that lose them."""
    if reported.staff_moved is None:
        return []
    losing: list[UUID] = [
        each.body_id for each in deltas if each.body_id and (each.is_closing or each.is_giving)
    ]
    moved = await connection.fetchval(_MOVED, losing, since)
    if moved == reported.staff_moved:
        return []
    return [f"人员划转：反馈{reported.staff_moved}人，台账为{moved}人。"]
