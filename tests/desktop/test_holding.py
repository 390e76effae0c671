"""What systemd starts in a strict session: the app comes back after a kill, and nothing stays once it is over.

No systemd runs here: the command of its unit is run by the test.
"""

import json
import signal

import pytest

from commands import command, environment
from desktop.conftest import RunningApp
from desktop_session import wait_until

pytestmark = pytest.mark.desktop


def _session(app: RunningApp) -> dict | None:
    answer = json.loads(app.ask("focus", "status", "--json").stdout)
    return answer["session"] if answer["running"] else None


def test_a_strict_session_is_there_again_after_a_kill_and_then_nothing_stays(app: RunningApp) -> None:
    app.start("--minimized")
    assert app.ask("focus", "start", "--minutes", "25", "--strict").returncode == 0
    before = _session(app)
    assert before is not None
    holder = app.session.spawn(*command("focus", "hold"), env=environment(app.data, app.session.env))
    app.stop(signal.SIGKILL)
    again = wait_until(lambda: _session(app), "the app again", 30)
    assert again["id"] == before["id"]
    assert app.ask("focus", "stop").returncode != 0, "it is strict as before"
    assert holder.poll() is None
    assert app.ask("focus", "emergency").returncode == 0
    assert holder.wait(15) == 0
    assert _session(app) is None
    assert app.ask("quit").returncode == 0, "the app that it started lives on until then"
    wait_until(lambda: not (app.data / "control.json").exists(), "the end")
