"""One attempt: one signed request to a webhook, and what became of it."""

import asyncio
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import httpx

from service.features.events.cloud_event import MEDIA_TYPE
from service.features.events.rules import TargetForbidden
from service.features.events.signature import signed_headers
from service.features.events.tables import Failure
from service.features.events.target import PinnedTransport, Targets
from service.settings import Settings

_GONE = 410


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one attempt."""

    status: int | None = None
    failure: Failure | None = None
    #: How long the receiver asked us to wait, in seconds.
    pause_s: float = 0.0

    @property
    def is_hopeless(self) -> bool:
        """Whether the receiver said that it wants this no more (410 Gone)."""
        return self.status == _GONE


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends to one webhook, on connections of its own: hosts never share one."""

    settings: Settings
    url: str
    secrets: Sequence[str]
    client: httpx.AsyncClient

    @classmethod
    def to(cls, url: str, secrets: Sequence[str], settings: Settings, tls: ssl.SSLContext) -> Self:
        transport = PinnedTransport(Targets.of(settings), tls)
        client = httpx.AsyncClient(
            transport=transport, trust_env=False, follow_redirects=False, timeout=None
        )
        return cls(settings, url, secrets, client)

    async def send(self, message_id: str, body: bytes) -> Attempt:
        """Make one attempt. It ends after `webhook_timeout_s` seconds, whatever happens."""
        signed = signed_headers(message_id, int(time.time()), body, self.secrets)
        headers = {"content-type": MEDIA_TYPE, "user-agent": "dingbian", **signed}
        try:
            async with (
                asyncio.timeout(self.settings.webhook_timeout_s),
                self.client.stream("POST", self.url, content=body, headers=headers) as response,
            ):
                await self._read(response)
        except TargetForbidden:
            return Attempt(failure=Failure.FORBIDDEN)
        except TimeoutError:
            return Attempt(failure=Failure.TIMEOUT)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError):
            return Attempt(failure=Failure.UNREACHABLE)
        if response.is_success:
            return Attempt(response.status_code)
        return Attempt(response.status_code, Failure.STATUS, _retry_after(response))

    async def _read(self, response: httpx.Response) -> None:
        """Read the answer to its end, so that the connection can be used again, if it is short."""
        read = 0
        async for part in response.aiter_raw():
            read += len(part)
            if read > self.settings.webhook_answer_max_bytes:
                return


def _retry_after(response: httpx.Response) -> float:
    text = response.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() else 0.0
