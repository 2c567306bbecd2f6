"""The documents the sample city rests on, and what was recruited and deducted in 2025."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from service.core.auth.actor import Duty
from service.core.identifiers import DocumentNumber
from service.core.secrecy import Secrecy
from service.core.working_days import Calendar
from service.features.documents.set_letterhead import Signer
from service.features.matters.opinion_tables import AskedRole
from service.sample_city.model import Document
from service.sample_city.table import Row

SERIES: Final = "青编"
# Series of the city, whose papers they number, and who signs them by himself.
LETTERHEADS: Final[tuple[tuple[str, str, tuple[Signer, ...]], ...]] = (
    (SERIES, "中共青澜市委机构编制委员会", (Duty.COMMISSION_CHAIR,)),
    (
        "青编办",
        "中共青澜市委机构编制委员会办公室",
        (Duty.OFFICE_DIRECTOR, Duty.OFFICE_DEPUTY),
    ),
)
# Who is asked for an opinion in which role; the city has no department of justice.
ASKED: Final[Mapping[AskedRole, str]] = {
    AskedRole.FINANCE: "13",
    AskedRole.ORGANISATION: "03",
    AskedRole.HR: "14",
    AskedRole.SECRECY: "02",
}
YEAR: Final = 2025
EXIT_MONTHS: Final = range(3, 7)

# Body: people recruited on notices in autumn, people who left in spring, both on the main
# quota. Nobody is recruited beyond the vacancies: exits ≤ vacancies today + recruits.
PLAN: Final[Mapping[str, tuple[int, int]]] = {
    "01": (2, 3),
    "02": (0, 2),
    "03": (1, 1),
    "05": (0, 1),
    "07": (2, 4),
    "08": (1, 2),
    "09": (1, 1),
    "10": (0, 2),
    "11": (1, 2),
    "12": (16, 20),
    "13": (1, 2),
    "14": (1, 2),
    "16": (1, 2),
    "17": (1, 1),
    "18": (4, 9),
    "19": (0, 2),
    "22": (1, 1),
    "23": (2, 3),
    "24": (9, 13),
    "25": (24, 38),
    "26": (2, 4),
    "27": (1, 1),
    "29": (1, 2),
    "30": (1, 1),
    "31": (0, 1),
}
UNUSED_NOTICE_BODY: Final = "10"
CEILING_TITLES: Final[Mapping[str, str]] = {
    "default": "关于核定市直机关和群团编外用工控制数的通知",
    "15": "关于核定市住房和城乡建设局编外用工控制数的批复",
    "20": "关于核定市总工会编外用工控制数的批复",
    "sectors": "关于核定公安、法院、检察院编外用工控制数的通知",
    "towns": "关于核定镇街编外用工控制数的通知",
    "institutions": "关于核定事业单位编外用工控制数的通知",
}


def ceiling_paper(no: str) -> str:
    """The key of the ceiling document that covers a body."""
    if no in CEILING_TITLES:
        return no
    if no in ("07", "08", "12"):
        return "sectors"
    if no in ("29", "30"):
        return "towns"
    return "institutions" if 22 <= int(no) <= 31 else "default"


def documents(rows: Iterable[Row], calendar: Calendar) -> dict[tuple[str, str], Document]:
    """Number the papers of 2025 by date. Keys are (what, for whom).

    What: `limits`, `mandate`, `register`, `ceiling`, `notice`, `entry`, `exit`; for whom: the
    number of a body, a key of `CEILING_TITLES`, a month, or empty.
    """
    dated = sorted(_dated_papers(list(rows), calendar), key=lambda paper: paper[0])
    return {
        key: Document(
            number=str(DocumentNumber(SERIES, YEAR, n)),
            issued_on=issued_on,
            issuer="中共青澜市委机构编制委员会",
            title=title,
            secrecy=Secrecy.INTERNAL,
        )
        for n, (issued_on, key, title) in enumerate(dated, start=1)
    }


def _dated_papers(
    rows: list[Row], calendar: Calendar
) -> Iterator[tuple[date, tuple[str, str], str]]:
    names = {row.no: row.full_name for row in rows}
    recruiting = [no for no, (recruits, _) in PLAN.items() if recruits]
    rounds: list[tuple[str, date, list[str], str]] = [
        ("limits", date(YEAR, 1, 3), [""], "关于下达青澜市机构限额和编制总额的通知"),
        ("mandate", date(YEAR, 1, 6), list(names), "关于{}职能配置、内设机构和人员编制的规定"),
        ("register", date(YEAR, 2, 10), list(names), "关于核定{}实名制在编人员的通知"),
        (
            "notice",
            date(YEAR, 5, 12),
            sorted([*recruiting, UNUSED_NOTICE_BODY]),
            "关于{}使用编制的通知",
        ),
        ("entry", date(YEAR, 10, 13), recruiting, "关于{}新进人员办理入编手续的通知"),
    ]
    for what, first_on, wanted, title in rounds:
        for place, no in enumerate(wanted):
            issued_on = calendar.add(first_on, place // 2)
            yield issued_on, (what, no), title.format(names.get(no, ""))
    for place, (whom, title) in enumerate(CEILING_TITLES.items()):
        yield calendar.add(date(YEAR, 3, 10), place), ("ceiling", whom), title
    for month in EXIT_MONTHS:
        last_working = calendar.add(date(YEAR, month + 1, 1), -1)
        yield last_working, ("exit", str(month)), f"关于{month}月份出编人员核减的通知"
