"""Correct a version of a body: what was recorded wrongly is known rightly from now on.

The wrong version stays: asked what was known before, the register still gives it. The
correction names it and takes its place.
"""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter
from service.core.values import Line
from service.features.bodies import rules
from service.features.bodies.codes import BodyAction, Rank
from service.features.bodies.details import BodyDetails, given, require_sound
from service.features.bodies.fields import BodyCode, EffectiveOn, Name, Names
from service.features.bodies.guards import ask_guards
from service.features.bodies.tables import BodyFacts, BodyVersion
from service.features.bodies.version_view import BodyVersionView, version_view_of
from service.features.bodies.versions import LockedBody, keep_version, locked_body, names_of


class CorrectBodyVersion(BodyDetails, Command[BodyVersionView]):
    """Put right what one version of a body says (更正机构信息), also of a closed body.

    What is left out stays as the version has it. `true_from` moves the day from which it was
    so, at most to between its neighbours. Versions after it are not touched: a fault that they
    repeat is corrected in each of them. Place and status are changed by their own verbs.
    """

    name = "bodies.correct_body_version"
    duties = LEDGER_WRITERS | {Duty.PROCESS}
    title_zh = "更正机构信息"
    title_en = "Correct a body's version"
    example: ClassVar = {
        "version_id": "01900000-0000-7000-8000-000000000000",
        "reason": "文件中的规格录入有误",
        "rank": "FUKE",
    }
    needs_version = True
    refusals = (
        rules.VersionNotInForce,
        rules.DayOutOfOrder,
        rules.NothingChanges,
        rules.FactsDisagree,
        rules.RankTooHigh,
        rules.GrassRootsProtected,
        rules.BodyCodeTaken,
        rules.UsccTaken,
        rules.NameTaken,
        ClassifiedMatter,
    )

    body_id: UUID
    version_id: UUID
    reason: Line
    document_id: Annotated[
        UUID | None, Field(description="Left out: the document that the version names.")
    ] = None
    true_from: EffectiveOn | None = None
    body_code: BodyCode | None = None
    full_name: Name | None = None
    short_name: Name | None = None
    other_names: Names | None = None
    rank: Rank | None = None
    setup_date: date | None = None


_FIELDS = set(CorrectBodyVersion.model_fields) & set(BodyFacts.model_fields)


@handles(CorrectBodyVersion)
async def correct_body_version(command: CorrectBodyVersion, context: Context) -> BodyVersionView:
    """Append the right version, and bring the body up to it where it is the last one."""
    locked = await locked_body(context, command.body_id, may_be_closed=True)
    versions = await _in_force(context, command.body_id)
    place = _place_of(versions, command.version_id)
    wrong, next_one = versions[place], versions[place + 1 : place + 2]
    facts = given(command, _FIELDS)
    if "other_names" in facts:
        facts["other_names"] = list(facts["other_names"])
    rules.require_change(wrong, wrong.model_copy(update=facts))
    facts["names"] = names_of({**wrong.model_dump(), **facts})
    right = wrong.model_copy(update=facts)
    require_sound(right, is_sample=context.settings.is_demo)
    before = versions[place - 1].true_from if place else None
    _require_between(right.true_from, before, next_one[0].true_from if next_one else None, context)
    if not next_one:
        await ask_guards(context, locked.body, right.true_from, **facts)
    return _keep(context, locked, wrong, facts, is_last=not next_one, reason=command.reason)


def _keep(
    context: Context,
    locked: LockedBody,
    wrong: BodyVersion,
    facts: dict[str, object],
    *,
    is_last: bool,
    reason: str,
) -> BodyVersionView:
    known = {"known_from": locked.known_from}
    body = context.update(locked.body, **(facts | known if is_last else {}))
    context.tag(body)
    stated = wrong.model_dump(include=set(BodyFacts.model_fields)) | facts | known
    version = keep_version(
        context,
        body.model_copy(update=stated),
        BodyAction.CORRECT,
        corrects_id=wrong.id,
        reason=reason,
    )
    return version_view_of(version)


async def _in_force(context: Context, body_id: UUID) -> list[BodyVersion]:
    """The versions that hold by what is known now, oldest first."""
    records = await context.connection.fetch(
        """SELECT DISTINCT ON (v.true_from) v.* FROM body_version v
           LEFT JOIN body_version c ON c.corrects_id = v.id
           WHERE v.body_id = $1 AND c.id IS NULL
           ORDER BY v.true_from, v.known_from DESC""",
        body_id,
    )
    return [BodyVersion.read(record) for record in records]


def _place_of(versions: list[BodyVersion], version_id: UUID) -> int:
    for place, version in enumerate(versions):
        if version.id == version_id:
            return place
    raise rules.VersionNotInForce(
        "Expected a version of this body that holds, but it was corrected, replaced or is none.",
        "应当更正本机构有效的版本，但该版本已被更正、取代或不存在。",
    )


def _require_between(on: date, before: date | None, after: date | None, context: Context) -> None:
    is_early = before is not None and on <= before
    is_late = on > context.today or (after is not None and on >= after)
    if is_early or is_late:
        raise rules.DayOutOfOrder(
            f"Expected a day after {before} and before {after}, but it is {on}.",
            f"日期应当在{before}之后、{after}之前，但为{on}。",
            after=before.isoformat() if before else None,
            before=after.isoformat() if after else None,
            asked=on.isoformat(),
        )
