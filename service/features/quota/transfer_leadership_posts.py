"""Transfer vacant leadership or mid-level posts from one body to another."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import handles
from service.core.values import Posts
from service.features.quota import rules
from service.features.quota.accounts import locked_accounts, require_body
from service.features.quota.decision import LedgerChanged, carry_out, shown
from service.features.quota.entry_view import EntriesMade
from service.features.quota.leadership import LeadershipDecision, require_level
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action


class TransferLeadershipPosts(LeadershipDecision):
    """Move vacant posts of one level and slot to another body (职数调剂)."""

    name = "quota.transfer_leadership_posts"
    title_zh = "职数调剂"
    title_en = "Transfer leadership posts"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "to_body_id": "01900000-0000-7000-8000-000000000000",
        "level": "FUKE",
        "slot": "DEPUTY",
        "posts": 1,
    }
    refusals = (*LeadershipDecision.refusals, rules.RankTooHigh, rules.SameBody)

    to_body_id: UUID
    posts: Posts


class LeadershipPostsTransferred(LedgerChanged):
    """Leadership or mid-level posts went from `body_id` to `to_body_id`."""

    type: ClassVar[str] = "quota.leadership_posts_transferred"
    title_zh = "职数已调剂"
    title_en = "Leadership posts transferred"

    to_body_id: UUID


@handles(TransferLeadershipPosts)
async def transfer_leadership_posts(
    command: TransferLeadershipPosts, context: Context
) -> EntriesMade:
    """Append an entry to each of the two accounts, or refuse both."""
    await require_body(context, command.body_id)
    if command.body_id == command.to_body_id:
        raise rules.SameBody(
            "Expected two bodies, but they are the same.", "应当为两个不同机构，但两者相同。"
        )
    giving, taking = command.key(command.body_id), command.key(command.to_body_id)
    locked = await locked_accounts(context, giving, taking, is_opening=True)
    require_level(locked[taking], command.level)
    purpose = Purpose("transfer", "调剂")
    made = await carry_out(
        context,
        command,
        Action.TRANSFER,
        (locked[giving], Balance(authorised=-command.posts), purpose),
        (locked[taking], Balance(authorised=command.posts), purpose),
    )
    context.announce(
        LeadershipPostsTransferred(
            body_id=command.body_id,
            to_body_id=command.to_body_id,
            document_id=command.document_id,
            effective_on=command.effective_on,
            entries=[entry.id for entry, _ in made],
        )
    )
    return shown(made)
