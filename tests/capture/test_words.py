"""Reading the words of a picture with the real Tesseract, and when it may."""

from pathlib import Path

import pytest

from capture.saying import picture_saying
from productify.capture.power import on_mains
from productify.capture.words import engine
from productify.capture.words.reader import WordReader
from productify.domain import Health
from productify.errors import KnownError


async def test_words_are_read_with_their_places() -> None:
    async with WordReader() as reader:
        words = await reader.read(picture_saying("quarterly figures"))
        again = await reader.read(picture_saying("another picture", kind="JPEG"))
    assert [word.text for word in words] == ["quarterly", "figures"]
    assert words[0].left == pytest.approx(0.2, abs=0.01)
    assert words[0].top == pytest.approx(0.21, abs=0.02)
    assert words[1].left > words[0].left + words[0].width
    assert [word.text for word in again] == ["another", "picture"]


async def test_a_damaged_picture_is_told_and_the_next_is_read() -> None:
    async with WordReader() as reader:
        with pytest.raises(KnownError):
            await reader.read(b"no picture")
        assert [word.text for word in await reader.read(picture_saying("still here"))] == ["still", "here"]


def test_what_is_missing_is_named_with_the_way_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine.capability().health is Health.WORKS
    monkeypatch.setattr(engine, "_FOLDERS", {})
    assert "apt install" in engine.capability({}).command
    (tmp_path / "fra.traineddata").touch()
    (tmp_path / "osd.traineddata").touch()
    assert "fra" in engine.capability({"TESSDATA_PREFIX": str(tmp_path)}).detail
    monkeypatch.setattr(engine, "_BINDING", "no_such_binding")
    assert "[ocr]" in engine.capability().command


def test_english_and_two_more_languages_at_most(tmp_path: Path) -> None:
    for name in ("deu", "fra", "ita", "eng"):
        (tmp_path / f"{name}.traineddata").touch()
    assert engine.languages(tmp_path) == ("fra", "ita", "eng")


@pytest.mark.parametrize(
    ("supplies", "mains"),
    [
        ({}, True),
        ({"AC": {"type": "Mains"}}, True),
        ({"BAT0": {"type": "Battery", "status": "Charging"}}, True),
        ({"BAT0": {"type": "Battery", "status": "Discharging"}}, False),
        ({"BAT0": {"type": "Battery", "status": "Full"}, "BAT1": {"type": "Battery", "status": "Discharging"}}, False),
        ({"mouse": {"type": "Battery", "status": "Discharging", "scope": "Device"}}, True),
    ],
)
def test_mains_power_is_told_by_the_batteries(tmp_path: Path, supplies: dict[str, dict[str, str]], mains: bool) -> None:
    for name, words in supplies.items():
        (tmp_path / name).mkdir()
        for key, word in words.items():
            (tmp_path / name / key).write_text(word + "\n")
    assert on_mains(tmp_path) is mains
