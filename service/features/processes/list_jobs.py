"""List jobs of outside workers, newest first."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.processes.instance_tables import JobState
from service.features.processes.job_view import JobView
from service.features.processes.workers import JobType

#: Whoever keeps the system running, or draws what runs on it.
OPERATORS = frozenset({Duty.SYSTEM_ADMIN, Duty.PROCESS_AUTHOR})
_COLUMNS = ", ".join(JobView.model_fields)


class JobFilter(BaseModel):
    """Which jobs: of a type, in a state, of one case."""

    type: JobType | None = None
    state: JobState | None = None
    instance_id: UUID | None = None

    def matching(self, parameters: list[object]) -> str:
        """The conditions that are asked for, and no others, so that an index fits them."""
        conditions = ["true"]
        for column in JobFilter.model_fields:
            if (value := getattr(self, column)) is not None:
                parameters.append(value)
                conditions.append(f"{column} = ${len(parameters)}")
        return " AND ".join(conditions)


class ListJobs(JobFilter, Query[Page[JobView]]):
    """Jobs of outside workers (外部作业列表), without their variables."""

    name = "processes.list_jobs"
    duties = OPERATORS
    title_zh = "外部作业列表"
    title_en = "List jobs"

    limit: Limit = 50
    cursor: Cursor = None


class CountJobs(JobFilter, Query[Count]):
    """How many jobs the same filters match."""

    name = "processes.count_jobs"
    duties = OPERATORS
    title_zh = "统计外部作业"
    title_en = "Count jobs"


@answers(ListJobs)
async def list_jobs(query: ListJobs, reading: Reading) -> Page[JobView]:
    reading.require_city()
    parameters: list[object] = []
    matching = query.matching(parameters)
    if (position := position_of(query.cursor, UUID)) is not None:
        parameters.append(position[0])
        matching += f" AND id < ${len(parameters)}"
    parameters.append(query.limit + 1)
    records = await reading.connection.fetch(
        f"SELECT {_COLUMNS} FROM job WHERE {matching} ORDER BY id DESC LIMIT ${len(parameters)}",
        *parameters,
    )
    views = [JobView(**record) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.id))


@answers(CountJobs)
async def count_jobs(query: CountJobs, reading: Reading) -> Count:
    reading.require_city()
    parameters: list[object] = []
    matching = query.matching(parameters)
    count = await reading.connection.fetchval(
        f"SELECT count(*) FROM job WHERE {matching}", *parameters
    )
    return Count(count=count)
