"""`dingbian check`: whether a whole database keeps the rules, on one page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules

import asyncpg
from pydantic import BaseModel

import service.features
from service.core.check import Check, Finding
from service.core.start import CannotStart
from service.core.store.db import connect
from service.settings import Settings

#: For one statement over the whole database, in seconds.
_PATIENCE_S = 600.0
#: Findings of one rule that a page shows; the JSON has all of them.
_SHOWN = 3


class FindingView(BaseModel):
    """One place where a rule does not hold."""

    subject: str
    detail: str


class RuleView(BaseModel):
    """A rule, in both languages, and where it does not hold."""

    rule: str
    zh: str
    en: str
    findings: list[FindingView]


class Report(BaseModel):
    """All rules that were looked at, in their order."""

    is_sound: bool
    rules: list[RuleView]


def every_check() -> Iterator[Check]:
    """The checks of every feature that has any, in its module `check`."""
    for feature in iter_modules(service.features.__path__, f"{service.features.__name__}."):
        package = import_module(feature.name)
        if any(module.name == "check" for module in iter_modules(package.__path__)):
            yield from import_module(f"{feature.name}.check").CHECKS


async def check(settings: Settings) -> Report:
    """Look at the database of DATABASE_URL; nothing is changed.

    Raises:
        CannotStart: The database cannot be reached.
    """
    patient = settings.model_copy(update={"statement_timeout_s": _PATIENCE_S})
    try:
        database = await connect(patient)
    except (OSError, asyncpg.PostgresError) as fault:
        raise CannotStart(
            f"Expected to reach the database of DATABASE_URL, but: {fault}."
        ) from fault
    wordings: dict[str, tuple[str, str]] = {}
    findings: list[Finding] = []
    try:
        async with database.reading.acquire() as connection:
            for each in every_check():
                wordings |= each.rules
                findings += await each.find(connection)
    finally:
        await database.close()
    return _report(wordings, findings)


def _report(wordings: dict[str, tuple[str, str]], findings: Sequence[Finding]) -> Report:
    rules = [
        RuleView(
            rule=rule,
            zh=zh,
            en=en,
            findings=[
                FindingView(subject=each.subject, detail=each.detail)
                for each in findings
                if each.rule == rule
            ],
        )
        for rule, (zh, en) in sorted(wordings.items(), key=lambda item: _order(item[0]))
    ]
    assert sum(len(each.findings) for each in rules) == len(findings), "each rule has its wording"
    return Report(is_sound=not findings, rules=rules)


def _order(rule: str) -> tuple[bool, int, str]:
    """I2 before I10, and what has no number of the domain after these."""
    number = rule.removeprefix("I")
    return (not number.isdecimal(), int(number) if number.isdecimal() else 0, rule)


def page(report: Report) -> str:
    """A report as one page of text."""
    lines = []
    for each in report.rules:
        count = len(each.findings)
        verdict = "ok" if not count else f"{count} ✗"
        lines.append(f"{each.rule:<9} {verdict:>6}  {each.zh} · {each.en}")
        lines += [f"{'':18}{found.subject}: {found.detail}" for found in each.findings[:_SHOWN]]
        if count > _SHOWN:
            lines.append(f"{'':18}… {count - _SHOWN} more")
    broken = Counter(bool(each.findings) for each in report.rules)[True]
    lines.append(
        f"全部{len(report.rules)}项规则成立。 All {len(report.rules)} rules hold."
        if report.is_sound
        else f"{broken}项规则不成立。 {broken} rules do not hold."
    )
    return "\n".join(lines)
