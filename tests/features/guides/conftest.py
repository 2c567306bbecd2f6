"""`MAY` drafts guides, the director approves them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.conftest import Api
from tests.features.processes.conftest import (  # noqa: F401  # fixtures of the same people
    AsDirector,
    Release,
    city,
    director,
    release,
)

MINUTES = {
    "code": "PARTY_GROUP_MINUTES",
    "name": "党组会议纪要",
    "form": "BOTH",
    "format": "A4，加盖公章",
    "copies": 2,
    "is_original": True,
}
PAGE = {
    "title": "内设机构设立和调整",
    "effective_on": "2026-11-24",
    "basis": [{"level": "INTERNAL", "title": "办事指南材料清单"}],
    "who": ["机关、群团"],
    "conditions": ["不突破编制总额"],
    "flow": [{"name": "受理", "by": "编办综合科", "limit": "2个工作日"}],
    "authority": ["股级内设机构由编办审批"],
    "limit": "25个工作日",
    "contact": "编办综合科",
    "materials": [MINUTES],
}

Publish = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def publish(api: Api, director: AsDirector) -> Publish:  # noqa: F811
    """Draft a guide of M10 as `MAY` and approve it as the director."""

    async def publish(**changed: Any) -> dict[str, Any]:
        made = await api("POST", "/guide-versions", {"code": "M10", **PAGE, **changed})
        assert made.status_code == 201, made.text
        path = f"/guide-versions/{made.json()['id']}/approve"
        done = await director("POST", path, if_match=made.headers["etag"])
        assert done.status_code == 200, done.text
        return dict(done.json())

    return publish
