"""Sealing: what the database holds does not tell the text, and cannot be moved or altered."""

import base64
import json
from pathlib import Path

import pytest

from service.core.auth.sealed import SealBroken, Seals
from service.core.start import CannotStart
from service.settings import Settings


def ring_of(newest: str, **keys: bytes) -> str:
    encoded = {name: base64.b64encode(key).decode() for name, key in keys.items()}
    blind = base64.b64encode(b"b" * 32).decode()
    return json.dumps({"newest": newest, "keys": encoded, "blind": blind})


def test_a_sealed_text_opens_at_its_place_only(tmp_path: Path) -> None:
    ring = Seals.of(Settings(data_dir=tmp_path))
    sealed = ring.seal("私密", "a/1")
    assert ring.open(sealed, "a/1") == "私密"
    assert "私密" not in sealed
    assert sealed != ring.seal("私密", "a/1")
    with pytest.raises(SealBroken):
        ring.open(sealed, "a/2")


@pytest.mark.parametrize("change", [lambda s: s[:-4] + "AAA=", lambda s: "x", lambda s: s[1:]])
def test_an_altered_text_does_not_open(tmp_path: Path, change: object) -> None:
    assert callable(change)
    ring = Seals.of(Settings(data_dir=tmp_path))
    with pytest.raises(SealBroken):
        ring.open(change(ring.seal("text", "a")), "a")


def test_a_new_key_seals_while_the_old_one_still_opens(tmp_path: Path) -> None:
    old, new = bytes(32), b"n" * 32
    before = Seals.of(Settings(data_dir=tmp_path, keys=ring_of("k1", k1=old)))
    after = Seals.of(Settings(data_dir=tmp_path, keys=ring_of("k2", k1=old, k2=new)))
    without = Seals.of(Settings(data_dir=tmp_path, keys=ring_of("k2", k2=new)))
    sealed = before.seal("text", "a")
    assert after.open(sealed, "a") == "text"
    assert after.seal("text", "a").startswith("k2.")
    with pytest.raises(SealBroken):
        without.open(sealed, "a")


def test_the_key_file_is_made_once_and_readable_by_us_alone(tmp_path: Path) -> None:
    sealed = Seals.of(Settings(data_dir=tmp_path)).seal("text", "a")
    path = tmp_path / "keys.json"
    assert path.stat().st_mode & 0o777 == 0o600
    again = Seals.of(Settings(data_dir=tmp_path, keys=path.read_text()))
    assert again.open(sealed, "a") == "text"


@pytest.mark.parametrize(
    "keys",
    ["{", '{"newest":"k1","keys":{}}', ring_of("k1", k1=b"short"), ring_of("k", k1=bytes(32))],
)
def test_a_ring_that_is_none_is_told_without_its_keys(tmp_path: Path, keys: str) -> None:
    with pytest.raises(CannotStart) as refused:
        Seals.of(Settings(data_dir=tmp_path, keys=keys))
    assert "DINGBIAN_KEYS" in str(refused.value)
    assert keys not in str(refused.value)
