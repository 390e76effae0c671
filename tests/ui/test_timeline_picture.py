"""`productify picture timeline --select`: the timeline with its inspector."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ui.real import demo_record

__all__ = ["demo_record"]


def _take(folder: Path, file: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "productify_ui", "--data-dir", str(folder), "picture", *arguments,
         "--now", "2026-11-19T15:42:00+00:00", "--out", str(file)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, timeout=60,
    )  # fmt: skip


def test_what_is_selected_stands_in_the_inspector(demo_record, tmp_path):
    plain, chosen = tmp_path / "plain.png", tmp_path / "chosen.png"
    assert _take(demo_record, plain, "timeline").returncode == 0
    taken = _take(demo_record, chosen, "timeline", "--select", "10:30")
    assert taken.returncode == 0, taken.stderr.decode()
    ground = {QImage(str(file)).pixelColor(1430, 850).name() for file in (plain, chosen)}
    assert len(ground) == 2  # the inspector's surface in place of the page's


@pytest.mark.parametrize(
    ("view", "clock", "code", "said"),
    [
        ("timeline", "03:59", 2, b"Nothing is recorded at 03:59"),
        ("timeline", "noon", 2, b"no time of day"),
        ("dashboard", "10:30", 2, b"Only the timeline"),
    ],
)
def test_what_cannot_be_selected_is_one_sentence(demo_record, tmp_path, view, clock, code, said):
    told = _take(demo_record, tmp_path / "x.png", view, "--select", clock)
    assert told.returncode == code
    assert said in told.stderr
    assert b"Traceback" not in told.stderr
