"""Bodies of the sample city with their sections, functions and nameplates."""

from collections.abc import Iterator
from typing import Final

from service.core.identifiers import organisation_code_of, uscc_of
from service.core.secrecy import Secrecy
from service.features.bodies.codes import (
    BodyClass,
    BodyStatus,
    BodyType,
    Funding,
    Nature,
    SystemCategory,
)
from service.features.quota.codes import QuotaKind
from service.sample_city.mandates import INTERNAL_BODIES, MAIN_FUNCTIONS
from service.sample_city.model import (
    Body,
    BodyFunction,
    Document,
    InternalBody,
    Nameplate,
)
from service.sample_city.table import ACCOUNTS, Row

DIVISION: Final = "990081"
Papers = dict[tuple[str, str], Document]

_NAMEPLATES: Final = {
    "02": "青澜市档案局",
    "03": "青澜市公务员局",
    "04": "青澜市事业单位登记管理局",
    "16": "青澜市乡村振兴局",
}
UNAPPROVED_NAMEPLATE: Final = ("26", "青澜市大数据中心")
_POLITICAL_LEGAL: Final = ("07", "08", "12")
_NATURES: Final = {
    SystemCategory.PARTY: Nature.PARTY_ORGAN,
    SystemCategory.DISC: Nature.PARTY_ORGAN,
    SystemCategory.CPPCC: Nature.OTHER,
    SystemCategory.MASS: Nature.SOCIAL_GROUP,
    SystemCategory.PUBLIC_INSTITUTION: Nature.PUBLIC_INSTITUTION,
}
_BODY_CLASSES: Final = {
    SystemCategory.PARTY: BodyClass.WORKING_DEPARTMENT,
    SystemCategory.GOV: BodyClass.WORKING_DEPARTMENT,
    SystemCategory.SUBDISTRICT: BodyClass.OUTPOSTED,
}
_TYPES: Final = {
    SystemCategory.MASS: BodyType.MASS_ORG,
    SystemCategory.PUBLIC_INSTITUTION: BodyType.PUBLIC_INSTITUTION,
}
# Digit 2 of the credit code, and the stem of the invented organisation code.
_USCC_STEMS: Final = {
    BodyType.ORGAN: ("1", "990000"),
    BodyType.PUBLIC_INSTITUTION: ("2", "990001"),
    BodyType.MASS_ORG: ("3", "990002"),
}


def bodies(rows: list[Row], papers: Papers, chiefs: dict[str, str]) -> list[Body]:
    """The bodies, with `chiefs` (name by number) as legal representatives."""
    codes = body_codes(rows)
    serials = dict.fromkeys(BodyType, 0)
    made = []
    for row in rows:
        body_type = _TYPES.get(row.system, BodyType.ORGAN)
        serials[body_type] += 1
        is_institution = body_type is BodyType.PUBLIC_INSTITUTION
        above = codes[row.above] if row.above else None
        doc = papers["mandate", row.no].number
        plate = _NAMEPLATES.get(row.no)
        made.append(
            Body(
                no=row.no,
                body_code=codes[row.no],
                uscc=_uscc(body_type, serials[body_type]),
                full_name=row.full_name,
                other_names=(plate,) if plate else (),
                short_name=row.short_name,
                body_type=body_type,
                system_category=row.system,
                nature=Nature.POLITICAL_LEGAL_ORGAN
                if row.no in _POLITICAL_LEGAL
                else _NATURES.get(row.system, Nature.STATE_ORGAN),
                body_class=_BODY_CLASSES.get(row.system, BodyClass.OTHER),
                rank=row.rank,
                inst_class=row.inst_class,
                funding=main_account(row)[1] if is_institution else Funding.FULL,
                civil_servant_law_ref=row.no == "23",
                parent_body=above,
                competent_body=above if is_institution else None,
                sponsor_body=above if is_institution else None,
                setup_doc=doc,
                setup_date=row.setup_date,
                latest_doc=doc,
                main_functions="".join(MAIN_FUNCTIONS[row.no]),
                status=BodyStatus.ACTIVE,
                address=f"青澜市政务路{int(row.no)}号",
                phone="000-00000000",
                legal_rep=chiefs[row.no],
                secrecy=Secrecy.PUBLIC,
            )
        )
    return made


def body_codes(rows: list[Row]) -> dict[str, str]:
    """Body code by number: division, system, serial within the system."""
    serials = dict.fromkeys(SystemCategory, 0)
    codes = {}
    for row in rows:
        serials[row.system] += 1
        codes[row.no] = f"{DIVISION}{row.system.digits}{serials[row.system]:04}"
    return codes


def main_account(row: Row) -> tuple[QuotaKind, Funding]:
    """The account on which leaders and sections sit: the first that is not empty."""
    return next(account for account, n in zip(ACCOUNTS, row.authorised, strict=True) if n)


def internal_bodies(rows: list[Row], papers: Papers) -> Iterator[InternalBody]:
    """One section per mid-level chief; deputies and quotas spread evenly, first come first."""
    codes = body_codes(rows)
    for row in rows:
        names = INTERNAL_BODIES[row.no].split()
        planned = sum(row.authorised) - sum(row.leaders)
        for place, name in enumerate(names):
            yield InternalBody(
                body=codes[row.no],
                name=name,
                rank=row.rank.next_lower.next_lower,
                quota_planned=_share(planned, len(names), place),
                midlevel_chief=1,
                midlevel_deputy=_share(row.midlevel[1], len(names), place),
                approved_by_doc=papers["mandate", row.no].number,
            )


def functions(rows: list[Row], papers: Papers) -> Iterator[BodyFunction]:
    codes = body_codes(rows)
    for row in rows:
        doc = papers["mandate", row.no].number
        for serial, text in enumerate(MAIN_FUNCTIONS[row.no], start=1):
            yield BodyFunction(body=codes[row.no], serial=serial, text=text, doc=doc)


def nameplates(rows: list[Row], papers: Papers) -> Iterator[Nameplate]:
    codes = body_codes(rows)
    for no, name in _NAMEPLATES.items():
        yield Nameplate(body=codes[no], name=name, doc=papers["mandate", no].number)
    no, name = UNAPPROVED_NAMEPLATE
    yield Nameplate(body=codes[no], name=name, doc=None)


def _uscc(body_type: BodyType, serial: int) -> str:
    class_digit, stem = _USCC_STEMS[body_type]
    return uscc_of(f"1{class_digit}{DIVISION}{organisation_code_of(f'{stem}{serial:02}')}")


def _share(total: int, parts: int, place: int) -> int:
    """The whole-numbered share of one of `parts`, the first ones taking the remainder."""
    return total // parts + (place < total % parts)
