"""Damaged models are refused or have faults; nothing else comes out of them."""

import random
from pathlib import Path

import pytest

from service.core.dmn import Refusal, UnknownName, deploy, read
from service.core.feel import FeelError
from tests.conformance.data import judged_by

_PIECES = [
    b"", b"<", b">", b'"', b"&#0;", b"&lt;", b"-", b"..", b"(", b"]", b"UNIQUE", b"COLLECT",
    b"isCollection='true'", b"null", b"<text/>", b"\xff", b"tNumberList", b"decisionTable", b"#_1",
]  # fmt: skip


def _damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        length = chance.choice((0, 1, 1, 8, 60))
        other = chance.randrange(len(data))
        piece = chance.choice([*_PIECES, data[other : other + chance.randint(1, 80)]])
        data = data[:at] + piece + data[at + length :]
    return data


def _files() -> list[Path]:
    files = sorted(judged_by("dmn-tck").rglob("*.dmn"))
    return [file for file in files if file.stat().st_size < 40_000]


@pytest.mark.long
def test_fuzz_damaged_models_raise_nothing_of_pythons_own() -> None:
    chance = random.Random(20260727)
    deployed = 0
    for file in _files():
        data = file.read_bytes()
        for _ in range(40):
            try:
                model = deploy(read(_damaged(data, chance)))
            except Refusal:
                continue
            deployed += 1
            assert all(fault.message and fault.message_zh for fault in model.faults)
            for name in model.decisions[:5]:
                try:
                    model.evaluate(name, {})
                except (FeelError, UnknownName):
                    continue
    assert deployed > 100
