"""Set a standard of posts: how many leaders and mid-level posts a body of a rank may have."""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.bodies.codes import Rank
from service.features.matters.codes import DeltaLedger
from service.features.matters.standards_tables import PostStandard
from service.features.quota.codes import Level, Slot


class StandardPosts(BaseModel):
    """The most posts of one level and slot."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ledger: Literal[DeltaLedger.LEADERSHIP, DeltaLedger.MIDLEVEL]
    level: Level
    slot: Slot
    posts: Annotated[int, Field(ge=0, le=1000)]


class PostStandardView(BaseModel):
    """What a body of a rank may have; what is not named has no standard."""

    rank: Rank
    posts: list[StandardPosts]


class SetPostStandard(Command[PostStandardView]):
    """Set the standard of posts of a rank (设定职数标准): what a matter asks for beyond it is
    found by the table of prohibitions.
    """

    name = "matters.set_post_standard"
    duties = frozenset({Duty.OFFICE_DIRECTOR, Duty.PROCESS})
    title_zh = "设定职数标准"
    title_en = "Set a standard of posts"
    example: ClassVar = {
        "posts": [{"ledger": "LEADERSHIP", "level": "ZHENGKE", "slot": "CHIEF", "posts": 1}]
    }

    rank: Rank
    posts: Annotated[list[StandardPosts], Field(max_length=50)]


class PostStandardSet(Event):
    """Bodies of a rank have another standard of posts."""

    type: ClassVar[str] = "matters.post_standard_set"
    title_zh = "职数标准已设定"
    title_en = "Standard of posts set"

    rank: Rank

    def subject(self) -> str:
        return f"post-standard/{self.rank}"


@handles(SetPostStandard)
async def set_post_standard(command: SetPostStandard, context: Context) -> PostStandardView:
    context.require_city()
    posts = [each.model_dump(mode="json") for each in command.posts]
    record = await context.connection.fetchrow(
        "SELECT * FROM post_standard WHERE rank = $1 FOR UPDATE", command.rank
    )
    if record is None:
        context.insert(PostStandard(rank=command.rank, posts=posts))
    else:
        context.update(PostStandard.read(record), posts=posts)
    context.announce(PostStandardSet(rank=command.rank))
    return PostStandardView(rank=command.rank, posts=command.posts)
