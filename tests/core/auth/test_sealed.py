"""Sealing: what the database holds does not tell the text, and cannot be moved or altered."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from service.core.auth.key_ring import GivenRing, KeyRing
from service.core.auth.sealed import SealBroken, Seals, mask
from service.settings import Settings


def seals_of(ring: KeyRing) -> Seals:
    return Seals(GivenRing(ring))


@pytest.fixture
def seals() -> Seals:
    return seals_of(KeyRing.fresh())


def test_what_is_sealed_does_not_tell_the_text_nor_that_two_are_equal(seals: Seals) -> None:
    sealed = seals.seal("私密", "a/1")
    assert seals.open(sealed, "a/1") == "私密"
    raw = base64.b64decode(sealed.partition(".")[2])
    assert "私密" not in sealed
    assert "私密".encode() not in raw
    assert sealed != seals.seal("私密", "a/1")


@pytest.mark.parametrize(
    "place",
    ["person.id_no/2", "person.name/1", "webhook.id_no/1", "person.id_no/1 ", "", "person.id_no/"],
)
def test_a_sealed_text_opens_in_its_own_row_and_column_only(seals: Seals, place: str) -> None:
    sealed = seals.seal("text", "person.id_no/1")
    with pytest.raises(SealBroken):
        seals.open(sealed, place)


def _flipped(sealed: str, nth: int) -> str:
    name, _, text = sealed.partition(".")
    raw = bytearray(base64.b64decode(text))
    raw[nth] ^= 1
    return f"{name}.{base64.b64encode(raw).decode()}"


@pytest.mark.parametrize(
    "altered",
    [
        lambda sealed: _flipped(sealed, 0),
        lambda sealed: _flipped(sealed, 12),
        lambda sealed: _flipped(sealed, -1),
        lambda sealed: sealed[:-4],
        lambda sealed: sealed + "AAAA",
        lambda sealed: sealed[1:],
        lambda sealed: sealed.partition(".")[0],
        lambda sealed: sealed.partition(".")[0] + ".",
        lambda sealed: sealed.partition(".")[2],
        lambda sealed: "." + sealed,
        lambda sealed: "x",
        lambda sealed: "",
    ],
)
def test_an_altered_text_does_not_open(seals: Seals, altered: Callable[[str], str]) -> None:
    with pytest.raises(SealBroken):
        seals.open(altered(seals.seal("text", "a")), "a")


def test_a_new_key_seals_while_the_old_one_still_opens() -> None:
    old = KeyRing.fresh()
    both = old.with_new_key()
    sealed = seals_of(old).seal("text", "a")
    assert sealed.startswith(f"{old.newest}.")
    assert seals_of(both).open(sealed, "a") == "text"
    assert seals_of(both).seal("text", "a").startswith(f"{both.newest}.")
    with pytest.raises(SealBroken):
        seals_of(both.newest_only()).open(sealed, "a")


def test_a_text_does_not_open_under_another_key_that_took_its_name() -> None:
    mine, other = KeyRing.fresh(), KeyRing.fresh()
    impostor = KeyRing(mine.newest, {mine.newest: other.keys[other.newest]}, mine.blind_key)
    with pytest.raises(SealBroken):
        seals_of(impostor).open(seals_of(mine).seal("text", "a"), "a")


def test_the_blind_index_finds_equal_values_and_outlives_the_keys_that_seal() -> None:
    ring = KeyRing.fresh()
    index = seals_of(ring).blind_index("990081199001010017")
    assert index == seals_of(ring.with_new_key().newest_only()).blind_index("990081199001010017")
    assert index != seals_of(ring).blind_index("990081199001010025")


def test_the_blind_index_needs_a_key_of_its_own() -> None:
    one, two = KeyRing.fresh(), KeyRing.fresh()
    same_seals_other_blind = KeyRing(one.newest, one.keys, two.blind_key)
    assert seals_of(one).blind_index("x") != seals_of(same_seals_other_blind).blind_index("x")


def test_every_process_of_an_installation_opens_what_another_sealed(tmp_path: Path) -> None:
    sealed = Seals.of(Settings(data_dir=tmp_path)).seal("text", "a")
    assert Seals.of(Settings(data_dir=tmp_path)).open(sealed, "a") == "text"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("990081199001010017", "990081********0017"),
        ("12345678901", "123456*8901"),
        ("1234567890", "**********"),
        ("1", "*"),
        ("", ""),
    ],
)
def test_a_mask_hides_the_middle_or_all(value: str, shown: str) -> None:
    assert mask(value) == shown
