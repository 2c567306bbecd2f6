"""A receiver of webhooks: a real HTTP server on the loopback address."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it arrived."""

    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def event(self) -> Any:
        return orjson.loads(self.body)

    @property
    def message_id(self) -> str:
        return self.headers["webhook-id"]


#: What the receiver answers to a request; bytes go out as they are.
Behaviour = Callable[[Received], Awaitable[int | bytes]]


async def accepting(request: Received) -> int:
    return 204


def answering(*statuses: int) -> Behaviour:
    """Answer with each status in turn, then 200."""
    left = list(statuses)

    async def behave(request: Received) -> int:
        return left.pop(0) if left else 200

    return behave


@dataclass(slots=True)
class Receiver:
    """Remembers every request; `behaviour` says what is answered."""

    port: int = 0
    behaviour: Behaviour = accepting
    received: list[Received] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/hook"

    @property
    def told(self) -> list[int]:
        """The number of posts in each event received: the tests tell events apart by it."""
        return [each.event["data"]["posts"] for each in self.received]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                _, *lines = head.decode().strip().split("\r\n")
                headers = {
                    name.lower(): value for name, value in (line.split(": ", 1) for line in lines)
                }
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                request = Received(headers, body, time.monotonic())
                self.received.append(request)
                answer = await self.behaviour(request)
                if isinstance(answer, int):
                    answer = f"HTTP/1.1 {answer} .\r\ncontent-length: 0\r\n\r\n".encode()
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the sender, or the test, has ended
        finally:
            writer.close()

    async def wait_for(self, count: int, timeout_s: float = 5.0) -> Sequence[Received]:
        """Wait until so many requests have arrived."""
        until = time.monotonic() + timeout_s
        while len(self.received) < count and time.monotonic() < until:  # noqa: ASYNC110 - a poll
            await asyncio.sleep(0.01)
        assert len(self.received) >= count, f"{len(self.received)} of {count} arrived"
        return self.received


@asynccontextmanager
async def open_receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    yield receiver
    server.close()
