"""Set a letterhead: a series of numbers of this office, whose papers it numbers, who signs."""

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line
from service.features.documents.drafting import Series
from service.features.documents.paper_tables import Letterhead

#: Duties that may sign a paper by themselves, where its letterhead names them.
Signer = Literal[Duty.COMMISSION_CHAIR, Duty.OFFICE_DIRECTOR, Duty.OFFICE_DEPUTY]
SIGNERS: frozenset[Duty] = frozenset(get_args(Signer))


class LetterheadView(BaseModel):
    """A series and whose it is."""

    series: str
    issuer: str
    signers: list[Signer]


class SetLetterhead(Command[LetterheadView]):
    """Say whose papers a series numbers and who signs them (设定发文字号), anew or for the first
    time. What was issued stays as it is.
    """

    name = "documents.set_letterhead"
    duties = frozenset({Duty.OFFICE_DIRECTOR, Duty.PROCESS})
    title_zh = "设定发文字号"
    title_en = "Set a letterhead"
    example: ClassVar = {
        "issuer": "中共青澜市委机构编制委员会办公室",
        "signers": ["office_director", "office_deputy"],
    }

    series: Series
    issuer: Line
    signers: Annotated[list[Signer], Field(min_length=1, max_length=3)]


class LetterheadSet(Event):
    """A series of numbers has an issuer."""

    type: ClassVar[str] = "documents.letterhead_set"
    title_zh = "发文字号已设定"
    title_en = "Letterhead set"

    series: str
    issuer: str

    def subject(self) -> str:
        return f"series/{self.series}"


@handles(SetLetterhead)
async def set_letterhead(command: SetLetterhead, context: Context) -> LetterheadView:
    context.require_city()
    signers = [str(duty) for duty in command.signers]
    record = await context.connection.fetchrow(
        "SELECT * FROM letterhead WHERE series = $1 FOR UPDATE", command.series
    )
    if record is None:
        context.insert(Letterhead(**command.model_dump(exclude={"signers"}), signers=signers))
    else:
        context.update(Letterhead.read(record), issuer=command.issuer, signers=signers)
    context.announce(LetterheadSet(series=command.series, issuer=command.issuer))
    return LetterheadView(**command.model_dump())
