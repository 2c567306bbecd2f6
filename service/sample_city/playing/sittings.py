"""Meetings as they are held: the office's, the commission's, the Party committee's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from service.sample_city.playing.people import People

#: The commission's secretary keeps the minutes of every meeting.
SECRETARY: Final = "office-05"


@dataclass(frozen=True, slots=True)
class _Level:
    title: str
    chair: str
    voters: tuple[str, ...]
    series: str
    issuer: str


LEVELS: Final[Mapping[str, _Level]] = {
    "OFFICE": _Level(
        "编办室务会",
        "office-01",
        ("office-01", "office-02", "office-03", "office-04"),
        "青编办纪",
        "中共青澜市委编办",
    ),
    "COMMISSION": _Level(
        "编委会会议",
        "commission-chair",
        ("commission-chair", *(f"commission-member-{n}" for n in range(1, 8))),
        "青编纪",
        "中共青澜市委机构编制委员会",
    ),
    "PARTY_COMMITTEE": _Level(
        "市委常委会会议",
        "commission-chair",
        ("commission-chair", "commission-member-1", "commission-member-2"),
        "青编纪",
        "中共青澜市委办公室",
    ),
}


async def waiting(people: People, subject_id: str) -> list[dict[str, Any]]:
    """What waits for a meeting about one matter, item or evaluation."""
    path = f"/agenda-items?subject_id={subject_id}&state=PENDING&limit=200"
    return list((await people.done(SECRETARY, "GET", path))["items"])


async def sit(
    people: People,
    level: str,
    on: date,
    results: Sequence[tuple[dict[str, Any], Mapping[str, Any]]],
) -> str:
    """Hold one meeting over several items, from its plan to its close; its id.

    Args:
        results: Each item with its result (`result`, `text`, and what belongs to it).
    """
    at = LEVELS[level]
    present = [await people.id_of(who) for who in at.voters]
    planned: dict[str, Any] = {
        "level": level,
        "title": at.title,
        "planned_on": on.isoformat(),
        "place": "第一会议室",
    }
    if level == "PARTY_COMMITTEE":
        planned["members"] = [{"actor_id": each} for each in present]
    meeting = await people.done(SECRETARY, "POST", "/meetings", planned)
    path = f"/meetings/{meeting['id']}"
    items = [item["id"] for item, _ in results]
    await people.done(
        SECRETARY, "PUT", f"{path}/agenda", {"items": items}, version=meeting["version"]
    )
    chair = await people.id_of(at.chair)
    await people.done(SECRETARY, "POST", f"{path}/open", {"present": present, "chair_id": chair})
    for item, result in results:
        place = f"/agenda-items/{item['id']}"
        # What is only heard is not voted on.
        for who in () if result["result"] == "noted" else at.voters:
            ballot = {"ballot": "FOR", "choice": result["result"]}
            await people.done(who, "POST", f"{place}/votes", ballot)
        await people.done(SECRETARY, "POST", f"{place}/result", {"text": "会议议定。", **result})
    minutes = {"text": "会议议决如下。", "series": at.series, "issuer": at.issuer}
    await people.done(SECRETARY, "PUT", f"{path}/minutes", minutes)
    seen = await people.done(at.chair, "GET", path)
    await people.done(at.chair, "POST", f"{path}/close", version=seen["version"])
    await people.settle()
    return str(meeting["id"])
