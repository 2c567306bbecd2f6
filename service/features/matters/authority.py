"""Whether whoever decided has the authority for it (I4), and who the people were."""

from uuid import UUID

from service.features.matters import rules
from service.features.matters.codes import Authority, Level
from service.features.matters.superior import is_replied
from service.features.matters.tables import Matter

_ORDER = list(Level)


def require_level(matter: Matter, level: Level) -> None:
    """Refuse an approval by a meeting below the one that the matter needs.

    What the superior decides passes through the commission first.

    Raises:
        AboveAuthority: It is below, or nobody has found yet who decides, or nobody here may.
    """
    lowest = {
        Authority.OFFICE: Level.OFFICE,
        Authority.COMMISSION: Level.COMMISSION,
        Authority.SUPERIOR: Level.COMMISSION,
    }
    needed = lowest.get(matter.final_authority) if matter.final_authority else None
    if needed is None or _ORDER.index(level) < _ORDER.index(needed):
        raise rules.AboveAuthority(
            f"Expected approval by {matter.final_authority or 'a known authority'}, "
            f"but {level} approves.",
            f"应当由{matter.final_authority or '已核定的审批层级'}批准，但由{level}批准。",
            final_authority=matter.final_authority,
            level=level,
        )


def require_issuable(matter: Matter) -> None:
    """Refuse to issue what was not approved in full by whoever decides in the end.

    Raises:
        AboveAuthority: The last level is missing: the party committee, or the superior's reply.
        MinutesRequired: There are no minutes of the meeting that decided.
    """
    if matter.decided_by is None or matter.decision_minutes_id is None:
        raise rules.MinutesRequired(
            "Expected the minutes of the meeting that decided, but there are none.",
            "应当有作出决定的会议纪要，但没有。",
        )
    require_level(matter, matter.decided_by)
    if matter.via_party_committee and matter.decided_by is not Level.PARTY_COMMITTEE:
        raise rules.AboveAuthority(
            f"Expected the party committee to approve, but only {matter.decided_by} did.",
            f"应当报市委审议，但仅由{matter.decided_by}审议。",
            level=matter.decided_by,
        )
    if matter.final_authority is Authority.SUPERIOR and not is_replied(matter):
        raise rules.AboveAuthority(
            "Expected the superior to have agreed to these changes, but it has not.",
            "应当有上级同意的批复，但没有。",
            reply=matter.reply,
        )


def require_apart(*people: UUID | None) -> None:
    """Refuse one person in two of the roles intake, legal review and signature.

    Raises:
        NotApart: Somebody has two of them. Roles that nobody had are left out.
    """
    known = [person for person in people if person is not None]
    if len(set(known)) < len(known):
        raise rules.NotApart(
            "Expected three people for intake, legal review and signature, "
            "but somebody has two of these.",
            "受理、合法合规审查、签发应当分别由三人承担，但有人兼任。",
        )
