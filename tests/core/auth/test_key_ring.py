"""The key ring: made once beside the data, ours alone, and refused in a sentence when it is not."""

import base64
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.core.auth.key_ring import KEY_FILE, GivenRing, KeyRing, RingFile, ring_source
from service.core.start import CannotStart
from service.settings import Settings


def in_base64(key: bytes) -> str:
    return base64.b64encode(key).decode()


def ring_of(newest: str, keys: dict[str, bytes], blind: str | None = None) -> str:
    encoded = {name: in_base64(key) for name, key in keys.items()}
    return json.dumps({"newest": newest, "keys": encoded, "blind": blind or in_base64(b"b" * 32)})


def refusal(tmp_path: Path, keys: str | None = None) -> str:
    """The sentence with which a start is refused."""
    with pytest.raises(CannotStart) as refused:
        ring_source(Settings(data_dir=tmp_path, keys=keys))
    sentence = str(refused.value)
    assert sentence.startswith("Expected ")
    assert sentence.endswith(".")
    return sentence


def test_a_ring_survives_being_written_and_read() -> None:
    ring = KeyRing.fresh().with_new_key()
    assert KeyRing.read(ring.text(), "here") == ring
    assert len(ring.older) == 1
    assert ring.newest_only().older == ()


def test_a_ring_does_not_tell_its_keys_where_it_is_printed() -> None:
    ring = KeyRing.fresh()
    shown = f"{ring} {ring!r} {GivenRing(ring)!r}"
    for key in (*ring.keys.values(), ring.blind_key):
        assert in_base64(key) not in shown
        assert repr(key) not in shown


def test_the_key_file_is_made_once_and_readable_by_us_alone(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "too"
    before = os.umask(0)
    try:
        first = RingFile(folder / KEY_FILE).ring()
    finally:
        os.umask(before)
    assert (folder / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert RingFile(folder / KEY_FILE).ring() == first
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]


def test_processes_that_start_at_once_agree_on_one_ring(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: RingFile(tmp_path / KEY_FILE).ring(), range(8)))
    assert all(ring == rings[0] for ring in rings)


def test_the_ring_of_the_environment_makes_no_file(tmp_path: Path) -> None:
    given = KeyRing.fresh()
    source = ring_source(Settings(data_dir=tmp_path, keys=given.text()))
    assert source.ring() == given
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610, 0o601])
def test_a_key_file_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / KEY_FILE
    RingFile(path)
    path.chmod(mode)
    sentence = refusal(tmp_path)
    assert str(path) in sentence
    assert f"{mode:04o}" in sentence


def test_a_key_file_that_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).mkdir()
    assert KEY_FILE in refusal(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert KEY_FILE in refusal(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_key_file_that_we_cannot_read_is_refused(tmp_path: Path) -> None:
    RingFile(tmp_path / KEY_FILE)
    (tmp_path / KEY_FILE).chmod(0o000)
    assert KEY_FILE in refusal(tmp_path)


_SAME = in_base64(bytes(32))
UNSOUND = [
    "{",
    "[]",
    "1",
    "null",
    "{}",
    '{"newest":"k1","keys":{}}',
    '{"newest":"k1","keys":[],"blind":"AA=="}',
    '{"newest":["k1"],"keys":{"k1":"AA=="},"blind":"AA=="}',
    ring_of("k1", {"k1": b"short"}),
    ring_of("k1", {"k1": bytes(33)}),
    ring_of("k1", {"k1": bytes(32)}, blind=in_base64(b"short")),
    ring_of("k1", {"k1": bytes(32)}, blind="no base64 at all, not even a little"),
    ring_of("k", {"k1": bytes(32)}),
    ring_of("k.1", {"k.1": bytes(32)}),
    ring_of("", {"": bytes(32)}),
    ring_of("k1", {"k1": bytes(32), "k2": bytes(32)}),
    ring_of("k1", {"k1": bytes(32)}, blind=_SAME),
]


@pytest.mark.parametrize("keys", UNSOUND)
def test_a_ring_that_is_none_is_told_without_its_keys(tmp_path: Path, keys: str) -> None:
    sentence = refusal(tmp_path, keys)
    assert "DINGBIAN_KEYS" in sentence
    assert not any(part in sentence for part in (keys, _SAME) if len(part) > 8)


@pytest.mark.parametrize("text", [*(keys.encode() for keys in UNSOUND), b"", b"\xff\xfe"])
def test_a_key_file_that_is_none_is_told_and_left_as_it_is(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / KEY_FILE
    path.write_bytes(text)
    path.chmod(0o600)
    assert str(path) in refusal(tmp_path)
    assert path.read_bytes() == text


def test_a_running_process_notices_that_its_key_file_was_replaced(tmp_path: Path) -> None:
    running, rotating = RingFile(tmp_path / KEY_FILE), RingFile(tmp_path / KEY_FILE)
    bigger = running.ring().with_new_key()
    rotating.replace(bigger)
    assert running.ring() == bigger
    assert rotating.ring() == bigger
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("text", [None, b"", b"{", b"\xff"])
def test_a_running_process_keeps_its_ring_where_the_file_was_spoilt(
    tmp_path: Path, text: bytes | None
) -> None:
    path = tmp_path / KEY_FILE
    running = RingFile(path)
    ring = running.ring()
    path.unlink()
    if text is not None:
        path.write_bytes(text)
    assert running.ring() == ring


def test_two_keys_never_have_one_name() -> None:
    names = {KeyRing.fresh().newest for _ in range(200)}
    assert len(names) == 200
