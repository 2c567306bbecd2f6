"""List cases, newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from service.core.auth.actor import Grant
from service.core.auth.policy import reach_of
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.values import Line
from service.features.processes.contents import Flow
from service.features.processes.instance_readers import READERS, counting
from service.features.processes.instance_tables import InstanceState
from service.features.processes.instance_view import InstanceSummary
from service.features.processes.start_instance import ProcessId

_COLUMNS = ", ".join(f"i.{name}" for name in InstanceSummary.model_fields)
_ORDER = "i.started_at DESC, i.id DESC"


class InstanceFilter(BaseModel):
    """Which cases; what is left out does not matter."""

    process: ProcessId | None = None
    flow: Flow | None = None
    state: InstanceState | None = None
    business_key: Annotated[Line | None, Field(max_length=80)] = None
    body_id: UUID | None = None
    #: Only cases with something to be dealt with, or only those without.
    with_incidents: bool | None = None
    #: Started from this instant on, and before that one.
    started_from: AwareDatetime | None = None
    started_before: AwareDatetime | None = None
    #: Whether processes called within cases are listed beside them.
    with_called: bool = False


class ListInstances(InstanceFilter, Query[Page[InstanceSummary]]):
    """Cases (流程实例列表) of all flows, newest first, ended ones too unless a state is given."""

    name = "processes.list_instances"
    duties = READERS
    title_zh = "流程实例列表"
    title_en = "List instances"

    limit: Limit = 50
    cursor: Cursor = None


class CountInstances(InstanceFilter, Query[Count]):
    """How many cases the same filters match."""

    name = "processes.count_instances"
    duties = READERS
    title_zh = "统计流程实例"
    title_en = "Count instances"


class _Matching:
    """The conditions that are asked for and no others, so that an index fits them."""

    def __init__(self, query: InstanceFilter, grants: Sequence[Grant]) -> None:
        self.parameters: list[Any] = []
        self._conditions = [] if query.with_called else ["i.number = 1"]
        for column in ("process", "flow", "business_key", "body_id"):
            if (value := getattr(query, column)) is not None:
                self.add(f"i.{column} = {{}}", value)
        if query.state is not None:  # as it stands, for the indexes that hold one state only
            self.add(f"i.state = '{query.state.value}'")
        if query.with_incidents is not None:
            self.add("i.incidents > 0" if query.with_incidents else "i.incidents = 0")
        if query.started_from is not None:
            self.add("i.started_at >= {}", query.started_from)
        if query.started_before is not None:
            self.add("i.started_at < {}", query.started_before)
        city, self._bodies, self._subtrees = reach_of(counting(grants))
        self._is_narrow = not city

    def add(self, condition: str, *values: Any) -> None:
        self._conditions.append(condition.format(*map(self.place, values)))

    def place(self, value: Any) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}"

    def page(self, limit: int) -> str:
        """The statement of one page.

        Whoever sees single bodies gets the newest of each and of those the newest: the page
        costs what the bodies within reach cost, not what lies between their cases.
        """
        most = self.place(limit)
        if not self._is_narrow:
            return (
                f"SELECT {_COLUMNS} FROM instance i WHERE {self._where()}"
                f" ORDER BY {_ORDER} LIMIT {most}"
            )
        return f"""SELECT {_COLUMNS} FROM ({self._reach()}) b CROSS JOIN LATERAL (
                SELECT * FROM instance i WHERE i.body_id = b.id AND {self._where()}
                ORDER BY {_ORDER} LIMIT {most}) i
            ORDER BY {_ORDER} LIMIT {most}"""

    def count(self) -> str:
        reach = f" AND i.body_id IN ({self._reach()})" if self._is_narrow else ""
        return f"SELECT count(*) FROM instance i WHERE {self._where()}{reach}"

    def _where(self) -> str:
        return " AND ".join(self._conditions or ["true"])

    def _reach(self) -> str:
        bodies, subtrees = self.place(self._bodies), self.place(self._subtrees)
        return (
            f"SELECT id FROM body WHERE id = ANY ({bodies}::uuid[])"
            f" OR lineage && {subtrees}::uuid[]"
        )


def statement_of(query: ListInstances, grants: Sequence[Grant]) -> tuple[str, list[Any]]:
    """The statement of one page, and its parameters."""
    matching = _Matching(query, grants)
    if (position := position_of(query.cursor, datetime, UUID)) is not None:
        matching.add("(i.started_at, i.id) < ({}, {})", *position)
    return matching.page(query.limit + 1), matching.parameters


@answers(ListInstances)
async def list_instances(query: ListInstances, reading: Reading) -> Page[InstanceSummary]:
    statement, parameters = statement_of(query, reading.grants)
    records = await reading.connection.fetch(statement, *parameters)
    views = [InstanceSummary(**record) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.started_at, view.id))


@answers(CountInstances)
async def count_instances(query: CountInstances, reading: Reading) -> Count:
    matching = _Matching(query, reading.grants)
    statement = matching.count()
    return Count(count=await reading.connection.fetchval(statement, *matching.parameters))
