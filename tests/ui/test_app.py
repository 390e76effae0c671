"""The whole app as a process: it starts over a new folder, is spoken to, and ends in order."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from productify.control import ask

ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
COMMAND = [sys.executable, "-m", "productify_ui"]


@pytest.fixture
def app(tmp_path):
    started = subprocess.Popen(
        [*COMMAND, "--data-dir", str(tmp_path)], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 20
    while not (tmp_path / "control.json").exists():
        assert started.poll() is None, started.communicate()[1].decode()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    yield started
    if started.poll() is None:
        started.kill()
    started.communicate()


def test_a_signal_ends_it_in_order(app, tmp_path):
    app.send_signal(signal.SIGTERM)
    _, said = app.communicate(timeout=15)
    assert app.returncode == 0, said.decode()
    assert b"Traceback" not in said
    assert json.loads((tmp_path / "window.json").read_text())["page"] == "dashboard"
    assert not (tmp_path / "control.json").exists()
    assert not (tmp_path / "running").exists()


def test_a_second_start_shows_the_first_and_quit_ends_it(app, tmp_path):
    again = subprocess.run([*COMMAND, "--data-dir", str(tmp_path)], env=ENVIRONMENT, capture_output=True, timeout=20)
    assert (again.returncode, again.stderr) == (0, b"")
    assert ask(tmp_path / "control.json", "pause", minutes=15)["mode"] == "paused"
    assert ask(tmp_path / "control.json", "quit") == {}
    _, said = app.communicate(timeout=15)
    assert app.returncode == 0, said.decode()
    assert b"Traceback" not in said


@pytest.fixture(scope="module")
def demo_dir(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    fill = [*COMMAND, "--data-dir", str(folder), "demo", "--days", "3", "--per-day", "60"]
    subprocess.run([*fill, "--until", "2026-11-19T16:42:00+00:00"], check=True, capture_output=True, timeout=60)
    return folder


@pytest.mark.parametrize(("theme", "size"), [("dark", (1440, 900)), ("light", (1024, 700))])
def test_a_picture_is_taken(demo_dir, tmp_path, theme, size):
    file = tmp_path / "dashboard.png"
    taking = subprocess.run(
        [
            *COMMAND, "--data-dir", str(demo_dir), "picture", "dashboard", "--theme", theme,
            "--size", f"{size[0]}x{size[1]}", "--now", "2026-11-19T16:42:00+00:00", "--out", str(file),
        ],
        env=ENVIRONMENT, capture_output=True, timeout=60,
    )  # fmt: skip
    assert taking.returncode == 0, taking.stderr.decode()
    image = QImage(str(file))
    assert image.size().toTuple() == size
    assert (image.pixelColor(size[0] - 2, size[1] - 2).lightness() < 60) == (theme == "dark")
    blue = {"dark": "#43a9f0", "light": "#1478c2"}[theme]
    row = range(0, size[0], 2)
    assert any(image.pixelColor(x, y).name() == blue for y in range(200, size[1] - 10, 4) for x in row)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["picture", "nowhere", "--out", "x.png"], 2, b"There is no view named nowhere"),
        (["picture", "settings/nowhere", "--out", "x.png"], 2, b"settings/desktop"),
        (["picture", "dashboard", "--size", "big", "--out", "x.png"], 2, b"big is no size"),
        (["picture"], 2, b"required: view"),
    ],
)
def test_a_picture_that_cannot_be_taken_is_one_sentence(demo_dir, arguments, code, said):
    told = subprocess.run(
        [*COMMAND, "--data-dir", str(demo_dir), *arguments], env=ENVIRONMENT, capture_output=True, timeout=30
    )
    assert told.returncode == code
    assert said in told.stderr
    assert b"Traceback" not in told.stderr


def test_commands_need_no_qt(tmp_path):
    probe = (
        "import sys; from productify_ui.__main__ import main;"
        f"main(['--data-dir', {str(tmp_path)!r}, 'status']);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, timeout=30)
    assert done.returncode == 0, done.stderr.decode()
