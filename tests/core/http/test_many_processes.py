"""Several processes of one `serve` count together, whichever of them is asked."""

import asyncio
import os
import re
import socket
import sys
from contextlib import suppress
from pathlib import Path

import httpx

from service.settings import Settings

_SAMPLE = r'dingbian_requests_total\{operation="readLiveness",status="200"\} (\S+)'


async def test_metrics_are_those_of_all_processes(settings: Settings, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    environment = {
        "DATABASE_URL": str(settings.database_url),
        "DINGBIAN_DATA_DIR": str(settings.data_dir),
        "DINGBIAN_PORT": str(port),
        "DINGBIAN_BPMN_DIR": str(tmp_path),  # no flows: it starts at once
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "service.cli", "serve", "--workers", "2"),
        env=os.environ | environment,
    )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            await _ready(client)
        for _ in range(20):  # each on a connection of its own, so that both processes get some
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
                await client.get("/health/live")
        told = set()
        for _ in range(6):
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
                found = re.search(_SAMPLE, (await client.get("/metrics")).text)
                told.add(found and found[1])
        assert told == {"20.0"}
    finally:
        process.terminate()
        await process.wait()


async def _ready(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(40):
        while True:
            with suppress(httpx.TransportError):
                if (await client.get("/health/ready")).status_code == 200:
                    return
            await asyncio.sleep(0.1)
