"""Grant leadership posts to a body, or mid-level posts to its internal bodies."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.core.values import Posts
from service.features.quota import rules
from service.features.quota.accounts import locked_accounts
from service.features.quota.decision import LedgerChanged, carry_out, shown
from service.features.quota.entry_view import EntriesMade
from service.features.quota.leadership import LeadershipDecision, require_level
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action


class GrantLeadershipPosts(LeadershipDecision):
    """Grant posts of one level and slot (核定职数); never above the body's rank (I10)."""

    name = "quota.grant_leadership_posts"
    title_zh = "核定职数"
    title_en = "Grant leadership posts"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "level": "FUKE",
        "slot": "DEPUTY",
        "posts": 1,
    }
    refusals = (*LeadershipDecision.refusals, rules.RankTooHigh)

    posts: Posts


class LeadershipPostsGranted(LedgerChanged):
    """A body has more leadership or mid-level posts."""

    type: ClassVar[str] = "quota.leadership_posts_granted"
    title_zh = "职数已核定"
    title_en = "Leadership posts granted"


@handles(GrantLeadershipPosts)
async def grant_leadership_posts(command: GrantLeadershipPosts, context: Context) -> EntriesMade:
    """Append an entry to the account of this level and slot, opening it where it is the first."""
    key = command.key(command.body_id)
    locked = (await locked_accounts(context, key, is_opening=True))[key]
    require_level(locked, command.level)
    delta = Balance(authorised=command.posts)
    made = await carry_out(
        context, command, Action.GRANT, (locked, delta, Purpose("grant", "核定"))
    )
    context.announce(
        LeadershipPostsGranted(
            body_id=command.body_id,
            document_id=command.document_id,
            effective_on=command.effective_on,
            entries=[entry.id for entry, _ in made],
        )
    )
    return shown(made)
