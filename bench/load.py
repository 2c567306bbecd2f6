"""The load generator: a process of its own that keeps some connections busy.

`python -m bench.load SCENARIO PORT CONNECTIONS SECONDS FIRST_SERIAL` reads the token from
standard input and writes one JSON object. It speaks just enough HTTP/1.1 to cost little: what
it burns is burnt on the machine that is measured.
"""

import asyncio
import itertools
import json
import random
import resource
import sys
import time
from typing import cast

import uvloop

from bench.city import BODIES, FIRST
from bench.scenarios import SCENARIOS, Scenario

_WARM_UP_S = 1.0


class Load:
    """Requests sent one after the other on each of several connections."""

    def __init__(self, scenario: Scenario, token: str, first_serial: int) -> None:
        self._scenario = scenario
        self._token = token
        self._serials = itertools.count(first_serial)
        self._random = random.Random(first_serial)
        self._expected = b"HTTP/1.1 %d" % scenario.expected
        self.latencies_s: list[float] = []
        self.unexpected: list[str] = []
        self.is_over = False

    def next(self) -> bytes:
        body, serial = FIRST + self._random.randrange(BODIES), next(self._serials)
        return self._scenario.wire(body, serial, self._token)

    def answered(self, answer: bytes, took_s: float) -> None:
        self.latencies_s.append(took_s)
        if not answer.startswith(self._expected) and len(self.unexpected) < 3:
            self.unexpected.append(answer.decode(errors="replace"))


class _Connection(asyncio.Protocol):
    def __init__(self, load: Load) -> None:
        self._load = load
        self._received = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, rest = self._received.partition(b"\r\n\r\n")
        if not end:
            return
        place = head.lower().find(b"content-length:")
        length = int(head[place + 15 :].partition(b"\r\n")[0])
        if len(rest) < length:
            return
        self._load.answered(self._received, time.perf_counter() - self._sent_at)
        self._received = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)

    def _send(self) -> None:
        assert self._transport is not None
        if self._load.is_over:
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(self._load.next())


async def run(load: Load, port: int, connections: int, seconds: float) -> dict[str, object]:
    """Warm up, then count for some seconds."""
    loop = asyncio.get_running_loop()
    lanes = []
    for _ in range(connections):
        _, lane = await loop.create_connection(lambda: _Connection(load), "127.0.0.1", port)
        lanes.append(lane)
    await asyncio.sleep(_WARM_UP_S)
    sys.stdout.write("warm\n")
    sys.stdout.flush()
    load.latencies_s.clear()
    started, burnt = time.perf_counter(), _burnt_s()
    await asyncio.sleep(seconds)
    took_s, took = time.perf_counter() - started, sorted(load.latencies_s)
    burnt = _burnt_s() - burnt
    load.is_over = True
    sys.stdout.write("over\n")
    sys.stdout.flush()
    await asyncio.gather(*(lane.ended for lane in lanes))
    return {
        "requests": len(took),
        "seconds": took_s,
        "client_cpu_s": burnt,
        "p50_ms": took[len(took) // 2] * 1e3,
        "p99_ms": took[len(took) * 99 // 100] * 1e3,
        "unexpected": load.unexpected,
    }


def _burnt_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    name, port, connections, seconds, first_serial = sys.argv[1:]
    load = Load(SCENARIOS[name], sys.stdin.readline().strip(), int(first_serial))
    work = run(load, int(port), int(connections), float(seconds))
    sys.stdout.write(json.dumps(uvloop.run(work)))


if __name__ == "__main__":
    main()
