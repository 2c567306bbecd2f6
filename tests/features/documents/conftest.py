"""`MAY` writes, the director signs; a release is in force, and the office has two letterheads."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.features.processes.conftest import (  # noqa: F401  # fixtures of the same people
    DIRECTOR,
    AsDirector,
    Release,
    city,
    director,
    files,
    release,
)

OFFICE_SERIES, COMMISSION_SERIES = "青编办", "青编"
BASIS = [{"level": "CENTRAL", "title": "中国共产党机构编制工作条例", "article": "第十四条"}]
RECEIPT = {
    "matter": "关于设立内设机构的请示",
    "matter_number": "QL-SX-2026-0001",
    "admitted_on": "2026-11-24",
    "materials": [{"name": "党组会议纪要", "copies": 2, "is_present": True}],
    "contact": "12310",
}
REQUEST = {
    "reasons": "工作量逐年增加。",
    "content": ["增设综合科。"],
    "statements": [{"question": "是否有利于党的全面领导", "answer": "有利于。"}],
    "open_problems": "无未整改问题。",
    "minutes": "党组会议纪要〔2026〕3号",
    "decided_on": "2026-11-20",
    "own_number": "青一局发〔2026〕7号",
    "contact": "办公室 12345",
}

Draft = Callable[..., Awaitable[dict[str, Any]]]
Issue = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def approved(release: Release, director: AsDirector, settings: Settings) -> str:  # noqa: F811
    """The id of the release in force; both letterheads are set."""
    made = await release(files())
    for series, signer in (
        (OFFICE_SERIES, "office_director"),
        (COMMISSION_SERIES, "commission_chair"),
    ):
        issuer = f"青澜市{series}"
        sent = {"issuer": issuer, "signers": [signer]}
        path = f"/letterheads/{series}/set"
        assert (await director("POST", path, sent)).status_code == 200
    return str(made["id"])


@pytest.fixture
def draft(api: Api, approved: str, city: City) -> Draft:  # noqa: F811
    """Draft a receipt for our body as `MAY`, unless told otherwise; the answer with its `etag`."""

    async def draft(**changed: Any) -> dict[str, Any]:
        sent = {
            "kind": "RECEIPT",
            "title": "关于设立内设机构的受理回执",
            "series": OFFICE_SERIES,
            "subject": {"type": "matter", "id": str(UUID(int=7))},
            "body_id": str(city.body),
            "data": RECEIPT,
            "basis": BASIS,
            "release_id": approved,
        }
        made = await api("POST", "/document-drafts", sent | changed)
        assert made.status_code == 201, made.text
        return {**made.json(), "etag": made.headers["etag"]}

    return draft


@pytest.fixture
def issue(director: AsDirector, draft: Draft) -> Issue:  # noqa: F811
    """Draft as `MAY` and sign as the director."""

    async def issue(**changed: Any) -> dict[str, Any]:
        made = await draft(**changed)
        path = f"/document-drafts/{made['id']}/issue"
        done = await director("POST", path, {}, if_match=made["etag"])
        assert done.status_code == 201, done.text
        return dict(done.json())

    return issue
