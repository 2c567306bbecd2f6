"""Merge bodies: some go into another one, with their people, and with no more quota than before."""

from collections.abc import Iterable
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from service.core.command import Context
from service.core.errors import RuleBroken
from service.core.operation import handles
from service.core.store.outbox import Event
from service.features.bodies import tree
from service.features.bodies.closing import close
from service.features.bodies.codes import BodyAction, BodyStatus
from service.features.bodies.rules import StatusUnfit, StillInUse
from service.features.bodies.versions import BodyChange, LockedBody, change, locked_body
from service.features.bodies.view import BodyView
from service.features.quota import rules
from service.features.quota.accounts import require_body
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.decision import require_pair
from service.features.quota.grass_roots import require_stays_at_grass_roots
from service.features.quota.merging import QuotaMerged, locked_merger


class MergeExceedsSum(RuleBroken):
    """The merged body would have more quota of a kind than its parts had together."""

    code = "merge_exceeds_sum"
    title_zh = "合并后编制超过原编制之和"
    title_en = "More quota than before"
    rule = "I17"


class ResultingQuota(BaseModel):
    """Posts of one kind and funding form that the body has once the others are part of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: QuotaKind
    funding: Funding
    posts: Annotated[int, Field(ge=0, le=100_000)]


class MergeBodies(BodyChange):
    """Merge bodies into another one (机构合并), which stays; If-Match is about that one.

    The others must be in reform, and what is promised or held by their leaders be settled
    first. Their people come along. `quotas` are what the body has afterwards, at most the sum
    of before (I17); a kind that is left out keeps the sum. Leadership posts of the others end.
    """

    name = "quota.merge_bodies"
    title_zh = "机构合并"
    title_en = "Merge bodies"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "merged_ids": ["01900000-0000-7000-8000-000000000000"],
    }
    refusals = (
        *BodyChange.refusals,
        MergeExceedsSum,
        StatusUnfit,
        StillInUse,
        rules.GrassRootsProtected,
        rules.KindNotAllowed,
        rules.QuotaExceeded,
        rules.SameBody,
        rules.DayOutOfOrder,
    )

    merged_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=20)]
    quotas: Annotated[tuple[ResultingQuota, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _names_each_kind_once(self) -> "MergeBodies":
        kinds = [(quota.kind, quota.funding) for quota in self.quotas]
        if len(set(kinds)) < len(kinds):
            raise ValueError("expected each kind and funding form once")
        return self


class BodiesMerged(Event):
    """Bodies have become part of another one."""

    type: ClassVar[str] = "quota.bodies_merged"
    title_zh = "机构已合并"
    title_en = "Bodies merged"

    body_id: UUID
    merged_ids: tuple[UUID, ...]
    people: int

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(MergeBodies)
async def merge_bodies(command: MergeBodies, context: Context) -> BodyView:
    """Move quota and people, then close the bodies that are part of the other now."""
    await require_body(context, command.body_id)
    _require_different(command)
    await tree.hold(context, alone=True)
    bodies = {
        body_id: await locked_body(
            context,
            body_id,
            is_asked=body_id == command.body_id,
            is_closing=body_id != command.body_id,
        )
        for body_id in sorted({command.body_id, *command.merged_ids})
    }
    into = bodies.pop(command.body_id)
    await _require_mergeable(context, into, bodies.values())

    asked = {(each.kind, each.funding): each.posts for each in command.quotas}
    for each in command.quotas:
        require_pair(each.kind, each.funding)
    merger = await locked_merger(context, command, list(bodies), list(asked))
    for merged in merger.quotas():
        posts = asked.get((merged.kind, merged.funding), merged.before)
        _require_no_more(merged, posts)
        await merger.merge_quota(merged, posts)
    people = await merger.move_people()
    merger.end_leadership_posts()
    merger.require_empty()
    for locked in bodies.values():
        await close(
            context,
            locked,
            BodyAction.MERGE,
            command,
            BodyStatus.MERGED,
            merged_into_id=command.body_id,
        )
    context.announce(
        BodiesMerged(body_id=command.body_id, merged_ids=command.merged_ids, people=people)
    )
    return change(context, into, BodyAction.MERGE, command)


def _require_different(command: MergeBodies) -> None:
    if len({command.body_id, *command.merged_ids}) <= len(command.merged_ids):
        raise rules.SameBody(
            "Expected different bodies, but one is named twice.",
            "应当为不同机构，但有重复。",
        )


async def _require_mergeable(
    context: Context, into: LockedBody, bodies: Iterable[LockedBody]
) -> None:
    for locked in bodies:
        body = locked.body
        if body.status is not BodyStatus.IN_REFORM:
            raise StatusUnfit(
                f"Expected {body.full_name} to be in reform, but it is {body.status.value}.",
                f"{body.full_name}应当已列入改革，但{body.status.zh}。",
                status=body.status.value,
            )
        await require_stays_at_grass_roots(
            context, (body.id, body.full_name), (into.body.id, into.body.full_name)
        )


def _require_no_more(merged: QuotaMerged, posts: int) -> None:
    if posts > merged.before:
        raise MergeExceedsSum(
            f"Expected at most {merged.before} posts of {merged.kind} {merged.funding}, "
            f"the sum of before, but {posts} were asked for.",
            f"合并后{merged.kind.zh}（{merged.funding.zh}）应当不超过原有之和{merged.before}名，"
            f"但为{posts}名。",
            asked=posts,
            before=merged.before,
        )
