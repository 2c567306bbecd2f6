"""Quotas, leadership posts and ceilings of the sample city's bodies."""

from collections.abc import Iterator
from typing import Final

from service.features.quota.codes import QuotaKind, Structure
from service.sample_city.bodies import Papers, body_codes
from service.sample_city.model import (
    CityLimit,
    LeadershipPost,
    MidlevelPost,
    NonquotaCeiling,
    QuotaLine,
)
from service.sample_city.papers import ceiling_paper
from service.sample_city.table import ACCOUNTS, Row

LIMITS: Final = (630, 396, 386, 680, 24, 48)
"""City totals in the order of `ACCOUNTS`."""


def limits(papers: Papers) -> Iterator[CityLimit]:
    doc = papers["limits", ""].number
    for (kind, funding), number in zip(ACCOUNTS, LIMITS, strict=True):
        yield CityLimit(kind=kind, funding=funding, number=number, doc=doc)


def quota_lines(rows: list[Row], papers: Papers) -> Iterator[QuotaLine]:
    codes = body_codes(rows)
    for row in rows:
        mandate = papers["mandate", row.no]
        for (kind, funding), number in zip(ACCOUNTS, row.authorised, strict=True):
            if number:
                yield QuotaLine(
                    body=codes[row.no],
                    kind=kind,
                    funding=funding,
                    structure=_structure(kind),
                    number=number,
                    doc=mandate.number,
                    true_from=mandate.issued_on,
                )


def leadership_posts(rows: list[Row], papers: Papers) -> Iterator[LeadershipPost]:
    codes = body_codes(rows)
    for row in rows:
        mandate = papers["mandate", row.no]
        chief, deputy = row.leaders
        yield LeadershipPost(
            body=codes[row.no],
            level=row.rank,
            chief=chief,
            deputy=deputy,
            doc=mandate.number,
            true_from=mandate.issued_on,
        )


def midlevel_posts(rows: list[Row], papers: Papers) -> Iterator[MidlevelPost]:
    codes = body_codes(rows)
    for row in rows:
        mandate = papers["mandate", row.no]
        chief, deputy = row.midlevel
        yield MidlevelPost(
            body=codes[row.no],
            chief=chief,
            deputy=deputy,
            doc=mandate.number,
            true_from=mandate.issued_on,
        )


def nonquota_ceilings(rows: list[Row], papers: Papers, year: int) -> Iterator[NonquotaCeiling]:
    codes = body_codes(rows)
    for row in rows:
        number, actual = row.nonquota
        doc = papers["ceiling", ceiling_paper(row.no)].number
        yield NonquotaCeiling(body=codes[row.no], year=year, number=number, actual=actual, doc=doc)


def _structure(kind: QuotaKind) -> Structure:
    if kind is QuotaKind.SUPPORT:
        return Structure.WORKER
    is_institution = kind is QuotaKind.INSTITUTION
    return Structure.PROFESSIONAL if is_institution else Structure.MANAGEMENT
