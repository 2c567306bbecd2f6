"""Whoever edits a flow over the API, and whoever decides on what is proposed."""

from dataclasses import dataclass
from typing import Any

import httpx

from service.core.auth.dev_issuer import DevIssuer
from service.settings import Settings
from tests.conftest import Api
from tests.people import MAY

AUTHOR, DECIDER = MAY, "director"

Folder = dict[str, str]


@dataclass(frozen=True, slots=True)
class Editing:
    """One flow, as it is edited and released by requests."""

    api: Api
    settings: Settings
    flow: str

    async def ask(
        self, who: str, method: str, path: str, json: Any = None, **headers: str
    ) -> httpx.Response:
        token = DevIssuer.of(self.settings.data_dir, self.settings.oidc_audience).token(who)
        headers |= {"authorization": f"Bearer {token}", "accept_language": "en"}
        return await self.api(method, path, json, who=None, **headers)

    async def in_force(self) -> Any:
        """The release that new cases follow."""
        found = await self.ask(AUTHOR, "GET", f"/releases?flow={self.flow}&state=IN_FORCE")
        (release,) = found.json()["items"]
        return release

    async def folder(self) -> Folder:
        """The files in force, by path."""
        place = f"/releases/{(await self.in_force())['id']}"
        paths = [each["path"] for each in (await self.ask(AUTHOR, "GET", place)).json()["files"]]
        found = {}
        for path in paths:
            file = await self.ask(AUTHOR, "GET", f"{place}/file?path={path}")
            found[path] = file.json()["content"]
        return found

    async def propose(
        self, folder: Folder, who: str = AUTHOR, *, is_forced: bool = False
    ) -> httpx.Response:
        verb = "force-release" if is_forced else "releases"
        files = [{"path": path, "content": content} for path, content in folder.items()]
        given = {"note": "按实际情况调整", "files": files}
        return await self.ask(who, "POST", f"/flows/{self.flow}/{verb}", given)

    async def approve(self, proposed: httpx.Response, who: str = DECIDER) -> httpx.Response:
        assert proposed.status_code == 201, proposed.text
        place = f"/releases/{proposed.json()['id']}/approve"
        return await self.ask(who, "POST", place, if_match=proposed.headers["etag"])

    async def release(self, folder: Folder) -> None:
        """Propose a folder as its author and have the director approve it."""
        approved = await self.approve(await self.propose(folder))
        assert approved.status_code == 200, approved.text
        assert (await self.in_force())["id"] == approved.json()["id"]


def edited(folder: Folder, path: str, *replaced: tuple[str, str]) -> Folder:
    """A folder in which one file reads otherwise; each text must stand there."""
    content = folder[path]
    for old, new in replaced:
        assert old in content, (path, old)
        content = content.replace(old, new)
    return folder | {path: content}
