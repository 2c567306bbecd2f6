"""Cases that people drive to their end while everything is being killed, and what they were told.

Each client begins cases and does their tasks. A fifth of all requests is sent twice at once, and
sometimes a second person tries to do the same task. Whoever gets no answer asks again with the
same key. A client notes what was acknowledged, and nothing else.
"""

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from tests.diagrams import START, chain, diagram, user_task

_TIMER = (
    '<intermediateCatchEvent id="pause"><timerEventDefinition>'
    "<timeDuration>PT0.2S</timeDuration></timerEventDefinition></intermediateCatchEvent>"
)
_JOB = (
    '<serviceTask id="outside"><extensionElements><zeebe:taskDefinition type="crash-job"/>'
    "</extensionElements></serviceTask>"
)
_RESERVE = """<serviceTask id="reserve"><extensionElements>
<zeebe:taskDefinition type="quota.reserve_posts"/><zeebe:ioMapping>
<zeebe:input source="=body" target="body_id"/><zeebe:input source="ADMIN" target="kind"/>
<zeebe:input source="FULL" target="funding"/><zeebe:input source="=1" target="posts"/>
<zeebe:input source="=label" target="purpose"/>
<zeebe:input source="2026-03-01" target="effective_on"/>
<zeebe:input source="2027-03-01" target="expires_on"/>
<zeebe:output source="=id" target="reservation"/></zeebe:ioMapping></extensionElements>
</serviceTask>"""
_TELL = """<endEvent id="end"><extensionElements>
<zeebe:publishMessage correlationKey="=label" timeToLive="PT1H"/>
<zeebe:ioMapping><zeebe:input source="=label" target="label"/></zeebe:ioMapping>
</extensionElements><messageEventDefinition messageRef="m"/></endEvent>"""
_MESSAGE = '<message id="m" name="crash_done"/>'
_STARTED = '<startEvent id="heard"><messageEventDefinition messageRef="m"/></startEvent>'

#: Two tasks with a command between, a timer, a job of an outside worker; at its end a message
#: begins another case.
FILES = {
    "crash.bpmn": diagram(
        "crash",
        chain(START, user_task("look"), _RESERVE, _TIMER, _JOB, user_task("confirm"), _TELL),
        _MESSAGE,
    ),
    "echo.bpmn": diagram("echo", chain(_STARTED, user_task("hear")), _MESSAGE),
}
PROCESSES = ("crash", "echo")


@dataclass
class Told:
    """What the clients were told: cases begun by label, tasks done, jobs done."""

    cases: dict[str, str] = field(default_factory=dict)
    tasks: set[str] = field(default_factory=set)
    jobs: set[str] = field(default_factory=set)
    requests: int = 0


@dataclass
class Client:
    """One person at work."""

    base: str
    token: str
    body: UUID
    told: Told
    choose: random.Random
    end: float

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.end

    async def begin_and_do(self) -> None:
        """Begin cases and do whatever waits, until the time is over."""
        async with httpx.AsyncClient(timeout=5.0) as http:
            while not self.is_over:
                await self._begin(http)
                for task in await self._waiting(http):
                    await self._complete(http, task)

    async def work(self) -> None:
        """An outside worker's life."""
        async with httpx.AsyncClient(timeout=10.0) as http:
            while not self.is_over:
                asked = {
                    "type": "crash-job",
                    "worker": "w",
                    "max_jobs": 5,
                    "lock_s": 5,
                    "wait_s": 1,
                }
                found = await self._send(http, "/jobs/activate", asked)
                for job in (found or {}).get("jobs", []):
                    done = await self._send(http, f"/jobs/{job['id']}/complete", _DONE)
                    if done is not None:
                        self.told.jobs.add(job["id"])

    async def _begin(self, http: httpx.AsyncClient) -> None:
        label = f"case {self.choose.getrandbits(48):012x}"
        asked = {
            "business_key": label,
            "body_id": str(self.body),
            "variables": {"body": str(self.body), "label": label},
        }
        answer = await self._send(http, "/processes/crash/instances", asked)
        if answer is not None:
            self.told.cases[label] = answer["id"]

    async def _waiting(self, http: httpx.AsyncClient) -> list[Any]:
        try:
            listed = await http.get(
                f"{self.base}/tasks", params={"box": "both", "limit": 20}, headers=self._headers()
            )
        except httpx.HTTPError:
            await asyncio.sleep(0.1)
            return []
        if listed.status_code != 200:
            return []
        tasks = listed.json()["items"]
        self.choose.shuffle(tasks)
        return list(tasks[:6])

    async def _complete(self, http: httpx.AsyncClient, task: Any) -> None:
        path, version = f"/tasks/{task['id']}/complete", task["version"]
        sending = [self._send(http, path, {"variables": {}}, version)]
        if self.choose.random() < 0.1:
            sending.append(self._send(http, path, {"variables": {}}, version))
        for answer in await asyncio.gather(*sending):
            if answer is not None:
                self.told.tasks.add(answer["id"])

    async def _send(
        self, http: httpx.AsyncClient, path: str, body: Any, version: int | None = None
    ) -> Any:
        """The answer of a request that was done; None where it was refused, or the time is over."""
        headers = self._headers(key=f"{self.choose.getrandbits(64):016x}", version=version)
        while not self.is_over:
            twice = 2 if self.choose.random() < 0.2 else 1
            posts = [self._post(http, path, body, headers) for _ in range(twice)]
            answers = [each for each in await asyncio.gather(*posts) if each is not None]
            for answer in answers:
                if answer.status_code < 300:
                    return answer.json()
                if answer.status_code < 500 and answer.json()["code"] not in _AGAIN:
                    return None
            await asyncio.sleep(0.1)
        return None

    async def _post(
        self, http: httpx.AsyncClient, path: str, body: Any, headers: dict[str, str]
    ) -> httpx.Response | None:
        self.told.requests += 1
        try:
            return await http.post(self.base + path, json=body, headers=headers)
        except httpx.HTTPError:
            return None

    def _headers(self, key: str = "", version: int | None = None) -> dict[str, str]:
        headers = {"authorization": f"Bearer {self.token}"}
        if key:
            headers["idempotency-key"] = key
        if version is not None:
            headers["if-match"] = f'"{version}"'
        return headers


_ACTIVATION = {"type": "crash-job", "worker": "w", "max_jobs": 5, "lock_s": 5, "wait_s": 1}
_DONE = {"worker": "w", "variables": {}}
_AGAIN = ("lock_timeout", "unavailable", "outcome_unknown")
