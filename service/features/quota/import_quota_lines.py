"""Import quota lines: open the balance of every line of an Excel file, or of none of them."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import LEDGER_OPENERS
from service.core.command import Context
from service.core.excel.sheet import Workbook, WorkbookTooLarge, WorkbookUnreadable
from service.core.operation import Command, handles
from service.features.bodies.imports import ImportRefused
from service.features.quota import rules
from service.features.quota.accounts import LockedAccount, locked_accounts
from service.features.quota.decision import require_living
from service.features.quota.ledger import record
from service.features.quota.line_imports import LinePlan, planned
from service.features.quota.open_balances import BalancesOpened, require_untouched
from service.features.quota.rules import Balance
from service.features.quota.tables import Action


class ImportedLine(BaseModel):
    """A line of the file and the entry that it became."""

    line: int
    entry_id: UUID


class ImportedLines(BaseModel):
    """What became of a file."""

    sha256: str
    entries: list[ImportedLine]


class ImportQuotaLines(Command[ImportedLines]):
    """Open the quota balances of all lines of an Excel file at once (导入编制), each as if opened
    singly.

    It is recorded state, as every opening. Columns that only show what follows from people and
    reservations are looked past. `document_id` is the document on which the whole file rests.
    One wrong line refuses them all; the preview names every one.
    """

    name = "quota.import_quota_lines"
    duties = LEDGER_OPENERS
    title_zh = "导入编制"
    title_en = "Import quota lines"
    status = 201
    refusals = (
        ImportRefused,
        WorkbookUnreadable,
        WorkbookTooLarge,
        rules.AlreadyOpened,
        rules.BodyNotLiving,
        rules.DocumentMissing,
    )

    workbook: Workbook
    document_id: UUID | None = None


@handles(ImportQuotaLines)
async def import_quota_lines(command: ImportQuotaLines, context: Context) -> ImportedLines:
    """Append an opening entry for every line, and count each against the city's limits."""
    context.require_city()
    plan = await planned(context.connection, command.workbook)
    if plan.errors or not plan.lines:
        raise ImportRefused(
            f"Expected a file without faults, but it has {len(plan.errors)} or no lines at all.",
            f"导入文件应当没有错误，但有{len(plan.errors)}处错误或没有数据。",
            errors=[error.model_dump() for error in plan.shown_errors()],
        )
    return ImportedLines(
        sha256=command.workbook.sha256, entries=await _opened(context, command, plan)
    )


async def _opened(
    context: Context, command: ImportQuotaLines, plan: LinePlan
) -> list[ImportedLine]:
    keys = [plan.key_of(line) for _, line in plan.lines]
    city = [key._replace(body_id=None) for key in keys]
    locked = await locked_accounts(context, *keys, *city, is_opening=True)
    about = {"document_id": command.document_id, "reason": "期初"}
    imported = []
    #: The city's counterparts, summed: one entry a day for each kind and funding form.
    allotted: defaultdict[tuple[UUID, date], int] = defaultdict(int)
    cities: dict[UUID, LockedAccount] = {}
    opened: dict[UUID, date] = {}
    for (number, line), key, total in zip(plan.lines, keys, city, strict=True):
        require_living(locked[key])
        require_untouched(locked[key])
        posts, on = line.authorised, line.effective_on
        entry = record(context, Action.OPEN, locked[key], Balance(authorised=posts), on, **about)
        imported.append(ImportedLine(line=number, entry_id=entry.id))
        cities[locked[total].account.id] = locked[total]
        allotted[locked[total].account.id, on] += posts
        opened[plan.bodies[line.body_code]] = on
    for (account_id, on), posts in allotted.items():
        record(context, Action.OPEN, cities[account_id], Balance(actual=posts), on, **about)
    for body_id, on in opened.items():
        context.announce(BalancesOpened(body_id=body_id, effective_on=on))
    return imported
