"""Who is entitled to vote at a meeting: those named, or all who hold the duties of its level."""

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, model_validator

from service.core.ids import new_id
from service.core.store.db import Connection
from service.core.values import Line
from service.features.meetings import rules
from service.features.meetings.codes import MeetingLevel
from service.features.meetings.people import members_of
from service.features.meetings.tables import Attendance

_NAMED = "SELECT id, name FROM actor WHERE id = ANY ($1) AND is_active AND NOT is_program"
_BY_DUTY = """
SELECT DISTINCT a.id, a.name FROM actor a JOIN assignment g ON g.actor_id = a.id
WHERE a.is_active AND NOT a.is_program AND g.duty = ANY ($1) AND g.substitutes_id IS NULL
  AND g.true_from <= $2 AND (g.true_until IS NULL OR g.true_until > $2)
ORDER BY a.name, a.id
"""


class MemberGiven(BaseModel):
    """A member: somebody with an account, or a name where the meeting is another house's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    actor_id: UUID | None = None
    name: Line | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.actor_id is None) == (self.name is None):
            raise ValueError("expected either actor_id or name")
        return self


async def entitled(
    connection: Connection,
    meeting_id: UUID,
    level: MeetingLevel,
    named: Sequence[MemberGiven],
    day: date,
) -> list[Attendance]:
    """The members of a new meeting.

    Raises:
        MembersMissing: A person named is unknown or stands there twice, or nobody is entitled.
    """
    wanted = [each.actor_id for each in named if each.actor_id is not None]
    if named:
        records = await connection.fetch(_NAMED, wanted)
    else:
        records = await connection.fetch(_BY_DUTY, sorted(members_of(level)), day)
    if len(records) < len(wanted) or not (records or named):
        raise rules.MembersMissing(
            "Expected members who are known here, each once, but one is unknown, stands there "
            "twice, or nobody holds a duty of this level.",
            "会议成员应当为系统内人员且不重复，但有人员不明、重复，或该层级无人任职。",
        )
    people = [
        Attendance(meeting_id=meeting_id, member_id=r["id"], actor_id=r["id"], name=r["name"])
        for r in records
    ]
    return people + [
        Attendance(meeting_id=meeting_id, member_id=new_id(), actor_id=None, name=each.name)
        for each in named
        if each.name is not None
    ]
