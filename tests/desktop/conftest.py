"""The real app on a real desktop."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import command, environment
from desktop_session import DesktopSession, missing_programs, wait_until

PICTURES = os.environ.get("PRODUCTIFY_TEST_PICTURES")
"""A folder for pictures of the desktop, to be looked at; none are taken without it."""

_TAKE = (
    "import sys; from PySide6.QtGui import QGuiApplication; app = QGuiApplication(sys.argv); "
    "app.primaryScreen().grabWindow(0).save(sys.argv[1])"
)


class RunningApp:
    """The app in a desktop session, over a data folder of its own."""

    def __init__(self, session: DesktopSession, data: Path) -> None:
        self.session = session
        self.data = data
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> None:
        """Start it and wait until it records."""
        self.process = self.session.spawn(*command(*arguments), env=environment(self.data, self.session.env))
        wait_until(lambda: self.ask("status").returncode == 0 and (self.data / "control.json").exists(), "the app", 30)

    def ask(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run another command over the same data folder."""
        return subprocess.run(
            command(*arguments),
            env=environment(self.data, self.session.env),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it and return its exit code."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(15)

    def picture(self, name: str) -> None:
        """Keep a picture of the whole screen, where pictures are wanted."""
        if PICTURES:
            target = Path(PICTURES) / f"{name}.png"
            subprocess.run([sys.executable, "-c", _TAKE, str(target)], env=self.session.env, check=True)


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    """A desktop with a panel and a notification daemon."""
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with DesktopSession("1600x1000", tint2=True, dunst=True) as session:
        yield session


@pytest.fixture
def app(session: DesktopSession, tmp_path: Path) -> Iterator[RunningApp]:
    """The app, not yet started."""
    app = RunningApp(session, tmp_path / "data")
    with session.guests():
        yield app
