"""kill -9 while something is blocked: the next start of the app blocks it again, until the session ends."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from commands import command, environment, productify
from desktop_session import DesktopSession, missing_programs, wait_until

pytestmark = pytest.mark.desktop
START_SECONDS = 40


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with DesktopSession("800x600") as session:
        yield session


@contextmanager
def recorder(session: DesktopSession, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    (folder / "control.json").unlink(missing_ok=True)
    process = subprocess.Popen(command("track"), env=environment(folder, session.env), stdin=subprocess.DEVNULL)
    try:
        wait_until((folder / "control.json").exists, "the app", START_SECONDS)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def is_minimised(session: DesktopSession, window: str) -> bool:
    words = ["xprop", "-id", window, "WM_STATE"]
    return "Iconic" in subprocess.run(words, env=session.env, capture_output=True, text=True, check=False).stdout


def test_a_strict_session_blocks_again_after_a_kill(session: DesktopSession, tmp_path: Path) -> None:
    session.spawn("xterm", "-class", "Steam", "-T", "game", "-e", "sleep", "1000")
    game = session.xdotool("search", "--sync", "--onlyvisible", "--name", "^game$").splitlines()[0]
    for life in range(2):
        with recorder(session, tmp_path) as process:
            if life == 0:
                done = productify("focus", "start", "--minutes", "60", "--list", "Deep work", "--strict", data=tmp_path)
                assert done.returncode == 0, done.stderr
            else:
                session.xdotool("windowactivate", game)
            wait_until(lambda: is_minimised(session, game), "the game to be put away", 20)
            process.send_signal(signal.SIGKILL)
            process.wait()
        session.xdotool("windowactivate", game)
        wait_until(lambda: not is_minimised(session, game), "the game, which nobody blocks now")
    with recorder(session, tmp_path):
        wait_until(lambda: is_minimised(session, game), "the game to be put away from the start", 20)
        assert productify("focus", "emergency", data=tmp_path).returncode == 0
        session.activate(int(game))
        assert not is_minimised(session, game), "a block always ends"
