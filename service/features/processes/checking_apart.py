"""Checking files in an operating-system process of its own, with limits.

A file may be made to cost more than it is worth: entities, nesting, expressions, patterns. What
happens in that process cannot happen to the service; what takes too long there, or falls over, is
a finding at the path where it happened. Only JSON goes in and out, and the process gets none of
the service's environment: no addresses, no keys.
"""

import asyncio
import os
import signal
import sys
from asyncio import StreamReader
from asyncio.subprocess import PIPE, Process
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import structlog

from service.core.errors import Unavailable
from service.features.decisions.finding import Finding
from service.features.processes.checker import TOO_MUCH, Asked, Limits, Told
from service.features.processes.checking import Checked
from service.features.processes.contents import File
from service.features.processes.outside import Outside

#: The longest a check may take by the wall clock, for each second of the processor that it may
#: take: a busy machine is no fault of a file.
_PATIENCE = 3.0
#: Checks of one service process at once; each holds a connection to the database.
AT_ONCE_MAX = 4
LIMITS = Limits()
#: The flows of a whole city together, which the installation itself brings.
LIMITS_OF_ALL = Limits(cpu_s=120, memory_bytes=2_000_000_000)
_ANSWER_MAX = 64_000_000
_ROOT = Path(__file__).resolve().parents[3]
_MODULE = "service.features.processes.checker"
#: Ends that the limits or what is read bring about, rather than a fault of the checker.
_STOPPED = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT, TOO_MUCH}
_log = structlog.get_logger("service")


class _Running:
    """How many checks this process has under way."""

    count = 0


#: What was found last: nothing but what is asked decides it, and who proposes and who approves ask
#: the same. Only answers of checks that came to their end are kept.
_ANSWERS: OrderedDict[tuple[bytes, Limits], dict[str, Checked]] = OrderedDict()
_KEPT = 16


async def check_apart(files: Sequence[File], outside: Outside, limits: Limits = LIMITS) -> Checked:
    """Check the files of one folder; raises as `check_folders_apart`."""
    return (await check_folders_apart({"": files}, outside, limits))[""]


async def check_folders_apart(
    folders: Mapping[str, Sequence[File]], outside: Outside, limits: Limits = LIMITS
) -> dict[str, Checked]:
    """`checking.check_folders`, in a process of its own.

    A check that takes too long or falls over has one finding, `check_too_costly` or
    `check_failed`, at the file where it was, and no facts.

    Raises:
        Unavailable: As many checks as may be are under way.
    """
    if _Running.count >= AT_ONCE_MAX:
        raise Unavailable(
            f"Expected at most {AT_ONCE_MAX} checks at once, but as many are under way.",
            f"同时检查的流程最多{AT_ONCE_MAX}个，目前已满，请稍后重试。",
        )
    sent = {flow: [(f.path, f.content) for f in files] for flow, files in folders.items()}
    asked = Asked(folders=sent, outside=outside).model_dump_json().encode()
    key = sha256(asked).digest(), limits
    if key in _ANSWERS:
        _ANSWERS.move_to_end(key)
        return dict(_ANSWERS[key])
    _Running.count += 1
    try:
        code, lines, errors = await _run(asked, limits)
    finally:
        _Running.count -= 1
    if code == 0:
        checked = Told.model_validate_json(lines[-1]).checked
        assert checked is not None, "it is the last thing that is told"
        _ANSWERS[key] = checked
        if len(_ANSWERS) > _KEPT:
            _ANSWERS.popitem(last=False)
        return dict(checked)
    at = Told.model_validate_json(lines[-1]).at if lines else None
    if code not in _STOPPED:
        _log.error("check_failed", at=at, code=code, stderr=errors.decode(errors="replace")[-4000:])
    return _fallen(folders, at, is_costly=code in _STOPPED)


async def _run(asked: bytes, limits: Limits) -> tuple[int, list[bytes], bytes]:
    """The exit code, the whole lines of the answer, and what was said beside it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-s", "-m", _MODULE, str(limits.cpu_s), str(limits.memory_bytes)),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env={
            "PYTHONPATH": str(_ROOT),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PATH": os.defpath,
        },
        cwd="/",
        limit=_ANSWER_MAX,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    lines: list[bytes] = []
    try:
        async with asyncio.timeout(_PATIENCE * limits.cpu_s):
            errors, *_ = await asyncio.gather(
                process.stderr.read(), _feed(process, asked), _collect(process.stdout, lines)
            )
            return await process.wait(), lines, errors
    except TimeoutError:
        return await _killed(process), lines, b""
    finally:
        if process.returncode is None:
            await _killed(process)


async def _feed(process: Process, asked: bytes) -> None:
    assert process.stdin is not None
    with suppress(ConnectionError):  # it ended before it had read everything
        process.stdin.write(asked)
        await process.stdin.drain()
    process.stdin.close()


async def _collect(answer: StreamReader, lines: list[bytes]) -> None:
    """Every whole line; what a process that is stopped leaves half said is nothing."""
    async for line in answer:
        if line.endswith(b"\n"):
            lines.append(line)


async def _killed(process: Process) -> int:
    process.kill()
    return await process.wait()


def _fallen(
    folders: Mapping[str, Sequence[File]], at: str | None, *, is_costly: bool
) -> dict[str, Checked]:
    """The finding of a check that did not come to its end, where it was; nothing of the rest."""
    if is_costly:
        rule = "check_too_costly"
        message = "Expected a file that can be checked with bounded effort, but this one cannot."
        message_zh = "检查该文件所需的时间或内存超出限度。"
    else:
        rule = "check_failed"
        message = "Expected the check to come to its end, but it fell over at this file."
        message_zh = "检查该文件时程序出错，详见服务日志。"
    flow, _, path = (at or "").partition("/")
    if flow not in folders or not path:
        flow, files = next(iter(folders.items()))
        path = files[0].path
    finding = Finding(
        path=path, rule=rule, severity="error", message=message, message_zh=message_zh
    )
    checked = {each: Checked(findings=[], facts={}) for each in folders}
    return checked | {flow: Checked(findings=[finding], facts={})}
