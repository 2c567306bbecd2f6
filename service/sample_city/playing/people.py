"""People at work over the API: each with a token of their own, as any front end would do it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

#: How long somebody looks for a task before giving up, and how often.
_LOOKS_S, _EVERY_S = 20.0, 0.05


class Refused(Exception):
    """The service refused what somebody asked.

    Attributes:
        status, code: As the problem document has them.
        problem: All of it.
    """

    def __init__(self, who: str, asked: str, answer: httpx.Response) -> None:
        try:
            self.problem: dict[str, Any] = answer.json()
        except ValueError:
            self.problem = {"detail": answer.text}
        self.status = answer.status_code
        self.code = str(self.problem.get("code", ""))
        super().__init__(f"{who} asked {asked}, but {self.problem.get('detail') or answer.text}")


async def _waits() -> None:
    await asyncio.sleep(_EVERY_S)


@dataclass(slots=True)
class People:
    """Everybody who is known by a subject, over one client.

    Attributes:
        client: Its base address is that of the API.
        token: Gives the token of a subject.
        settle: Has what follows by itself done, as far as the caller can: else some time passes.
    """

    client: httpx.AsyncClient
    token: Callable[[str], Awaitable[str]]
    settle: Callable[[], Awaitable[None]] = _waits
    _tokens: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    async def ask(
        self, who: str, method: str, path: str, body: Any = None, *, version: int | None = None
    ) -> httpx.Response:
        """Ask as somebody; whatever is answered."""
        headers = await self._proof(who)
        if version is not None:
            headers["if-match"] = f'"{version}"'
        return await self.client.request(method, path, json=body, headers=headers)

    async def done(
        self, who: str, method: str, path: str, body: Any = None, *, version: int | None = None
    ) -> Any:
        """Ask as somebody for what is to be done.

        Raises:
            Refused: It is not.
        """
        answer = await self.ask(who, method, path, body, version=version)
        if answer.is_error:
            raise Refused(who, f"{method} {path}", answer)
        return answer.json() if answer.content else None

    async def upload(self, who: str, path: str, content: bytes) -> Any:
        """Hand in a file.

        Raises:
            Refused: It is not taken.
        """
        headers = await self._proof(who) | {"content-type": "application/octet-stream"}
        answer = await self.client.post(path, content=content, headers=headers)
        if answer.is_error:
            raise Refused(who, f"POST {path}", answer)
        return answer.json()

    async def _proof(self, who: str) -> dict[str, str]:
        if who not in self._tokens:
            self._tokens[who] = await self.token(who)
        return {"authorization": f"Bearer {self._tokens[who]}", "accept-language": "zh"}

    async def id_of(self, who: str) -> str:
        """The id of somebody's account."""
        if who not in self._ids:
            self._ids[who] = str((await self.done(who, "GET", "/me"))["id"])
        return self._ids[who]

    async def tasks(self, who: str, case: str) -> list[dict[str, Any]]:
        """The open tasks of a case, by its business key, that somebody has or may take."""
        path = f"/tasks?business_key={case}&limit=200"
        return list((await self.done(who, "GET", path))["items"])

    async def task(self, who: str, case: str, element: str) -> dict[str, Any]:
        """One of them, once it is there.

        Raises:
            LookupError: It does not come.
        """
        until = asyncio.get_running_loop().time() + _LOOKS_S
        while True:
            found = await self.tasks(who, case)
            for each in found:
                if each["element"] == element:
                    return each
            if asyncio.get_running_loop().time() > until:
                seen = ", ".join(each["element"] for each in found) or "nothing"
                raise LookupError(f"Expected {element} for {who} in {case}, but there is {seen}.")
            await self.settle()

    async def complete(
        self,
        who: str,
        case: str,
        element: str,
        action: str | None = None,
        data: Mapping[str, Any] | None = None,
        comment: str | None = None,
    ) -> Any:
        """Do a task of a case.

        Raises:
            LookupError: It does not come to this person.
            Refused: It is not done.
        """
        task = await self.task(who, case, element)
        return await self._complete(who, task, action, data, comment)

    async def complete_task(
        self,
        who: str,
        task_id: str,
        action: str | None = None,
        data: Mapping[str, Any] | None = None,
        comment: str | None = None,
    ) -> Any:
        """Do one task, which somebody sees.

        Raises:
            Refused: It is not seen, or not done.
        """
        task = await self.done(who, "GET", f"/tasks/{task_id}")
        return await self._complete(who, task, action, data, comment)

    async def _complete(
        self,
        who: str,
        task: dict[str, Any],
        action: str | None,
        data: Mapping[str, Any] | None,
        comment: str | None,
    ) -> Any:
        given: dict[str, Any] = {"variables": dict(data or {})}
        if action is not None:
            given["action"] = action
        if comment is not None:
            given["comment"] = comment
        path = f"/tasks/{task['id']}/complete"
        done = await self.done(who, "POST", path, given, version=task["version"])
        await self.settle()
        return done
