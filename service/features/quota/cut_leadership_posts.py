"""Cut leadership or mid-level posts that nobody holds."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.core.values import Posts
from service.features.quota.accounts import locked_account
from service.features.quota.decision import LedgerChanged, carry_out, shown
from service.features.quota.entry_view import EntriesMade
from service.features.quota.leadership import LeadershipDecision
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action


class CutLeadershipPosts(LeadershipDecision):
    """Take vacant posts of one level and slot from a body (核减职数)."""

    name = "quota.cut_leadership_posts"
    title_zh = "核减职数"
    title_en = "Cut leadership posts"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "level": "FUKE",
        "slot": "DEPUTY",
        "posts": 1,
    }

    posts: Posts


class LeadershipPostsCut(LedgerChanged):
    """A body has fewer leadership or mid-level posts."""

    type: ClassVar[str] = "quota.leadership_posts_cut"
    title_zh = "职数已核减"
    title_en = "Leadership posts cut"


@handles(CutLeadershipPosts)
async def cut_leadership_posts(command: CutLeadershipPosts, context: Context) -> EntriesMade:
    """Append an entry, or refuse where more posts are held than would be left (I2)."""
    locked = await locked_account(context, command.key(command.body_id))
    delta = Balance(authorised=-command.posts)
    made = await carry_out(context, command, Action.CUT, (locked, delta, Purpose("cut", "核减")))
    context.announce(
        LeadershipPostsCut(
            body_id=command.body_id,
            document_id=command.document_id,
            effective_on=command.effective_on,
            entries=[entry.id for entry, _ in made],
        )
    )
    return shown(made)
