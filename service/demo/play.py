"""Plays the situations one after the other, and ends with what was expected and what was seen."""

import unicodedata
from collections.abc import Iterator, Sequence

import httpx

from service.core.start import CannotStart
from service.demo.housing import HOUSING
from service.demo.items import EDUCATION, FINANCE, MEDIA, MEDICAL
from service.demo.refusals import COMMITTEE, COURT, GARDENS, PROCURATORATE, TOWN
from service.demo.requests import MERGER, SUBDISTRICT, UNION
from service.demo.scene import Finding, Say, Scene, Situation, Stage
from service.sample_city.playing.people import People, Refused

_PATIENCE_S = 120.0
#: The clock is moved in the last one only.
SITUATIONS: tuple[Situation, ...] = (
    FINANCE,
    EDUCATION,
    MEDICAL,
    MEDIA,
    GARDENS,
    COMMITTEE,
    TOWN,
    COURT,
    PROCURATORATE,
    SUBDISTRICT,
    MERGER,
    UNION,
    HOUSING,
)


async def play(url: str, say: Say, situations: Sequence[Situation] = SITUATIONS) -> bool:
    """Play the situations on a demo server at `url`; whether all is as expected.

    Raises:
        CannotStart: There is no demo server with the sample city.
    """
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=_PATIENCE_S) as client:

        async def token(subject: str) -> str:
            answer = await client.post(f"{url}/dev/token", json={"subject": subject})
            answer.raise_for_status()
            return str(answer.json()["access_token"])

        try:
            stage = await Stage.of(People(client, token))
        except (httpx.HTTPError, Refused, KeyError) as fault:
            raise CannotStart(
                f"Expected a demo server with the sample city at {url}, but: {fault}"
            ) from fault
        findings: list[Finding] = []
        for situation in situations:
            findings += await _played(situation, stage, say)
    for line in table(findings):
        say(line)
    return all(each.is_met for each in findings)


async def _played(situation: Situation, stage: Stage, say: Say) -> list[Finding]:
    """One situation. What stops it is a finding too, and the others are still played."""
    say(situation.title)
    scene = Scene(stage, situation.no, situation.title, say)
    try:
        await situation.play(scene)
    except (Refused, LookupError, httpx.HTTPError) as fault:
        scene.check("走完", "played to its end", "是 yes", str(fault) or repr(fault))
    return scene.findings


def table(findings: Sequence[Finding]) -> Iterator[str]:
    """Situation, what was expected, what was seen; what differs is marked."""
    head = ("情形 situation", "要点 point", "应为 expected", "实为 seen")
    rows = [head, *((x.situation, x.what, x.expected, x.seen) for x in findings)]
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    marks = ["", *("✓" if each.is_met else "✗" for each in findings)]
    for row, mark in zip(rows, marks, strict=True):
        cells = [_padded(cell, width) for cell, width in zip(row, widths, strict=False)]
        yield f"{mark or ' '} {'  '.join(cells)}  {row[3]}"
    differing = sum(not each.is_met for each in findings)
    yield f"{len(findings)}项，{differing}项不符 · {len(findings)} points, {differing} differ"


def _width(text: str) -> int:
    """How many columns of a terminal it takes."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
