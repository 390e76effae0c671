"""Encrypted pictures: nothing of them lies open, and each opens under its own name and with its own key alone."""

import pytest

from productify.capture.sealing import Seal
from productify.errors import KnownError

KEY, OTHER = bytes(range(32)), bytes(32)
DATA = b"RIFF and a picture that nobody else shall see" * 50


def test_what_is_sealed_opens_again_and_shows_nothing() -> None:
    seal = Seal(KEY)
    sealed = seal.seal(DATA, "a.webp.sealed")
    assert sealed.startswith(b"PPROSEAL\x01")
    assert b"picture" not in sealed
    assert KEY not in sealed
    assert len(sealed) - len(DATA) == 8 + 1 + 8 + 12 + 16
    assert Seal(KEY).open(sealed, "a.webp.sealed") == DATA
    assert seal.open(seal.seal(b"", "empty"), "empty") == b""


def test_no_nonce_is_used_twice() -> None:
    sealed = {Seal(KEY).seal(DATA, "a")[17:29] for _ in range(200)}
    assert len(sealed) == 200


def test_a_file_cannot_pass_for_another() -> None:
    sealed = Seal(KEY).seal(DATA, "a.webp.sealed")
    with pytest.raises(KnownError, match="not the one that was kept"):
        Seal(KEY).open(sealed, "b.webp.sealed")


@pytest.mark.parametrize("place", [17, 40, -1])
def test_a_changed_byte_is_noticed(place: int) -> None:
    sealed = bytearray(Seal(KEY).seal(DATA, "a"))
    sealed[place] ^= 1
    with pytest.raises(KnownError, match="damaged"):
        Seal(KEY).open(bytes(sealed), "a")


def test_another_key_is_told_from_damage() -> None:
    with pytest.raises(KnownError, match="another key"):
        Seal(OTHER).open(Seal(KEY).seal(DATA, "a"), "a")


@pytest.mark.parametrize("length", [0, 5, 8, 9, 17, 28, 30])
def test_a_file_that_is_cut_off_is_damaged(length: int) -> None:
    with pytest.raises(KnownError):
        Seal(KEY).open(Seal(KEY).seal(DATA, "a")[:length], "a")


def test_a_newer_version_says_so() -> None:
    sealed = bytearray(Seal(KEY).seal(DATA, "a"))
    sealed[8] = 2
    with pytest.raises(KnownError, match="another version"):
        Seal(KEY).open(bytes(sealed), "a")
