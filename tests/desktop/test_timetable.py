"""Two minutes of known work, then nobody there, then somebody again: the record must say the same."""

import functools
import http.server
import itertools
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from desktop.conftest import RunningApp
from desktop_session import DesktopSession, wait_until

pytestmark = pytest.mark.desktop

WORK_SECONDS = 120
IDLE_TIMEOUT = 60
"""The shortest idle timeout that the settings allow."""
SETTLE = 4
"""Seconds for a browser that has just started to leave the processor to others."""
SWITCH_TOLERANCE = 0.2
TOTAL_TOLERANCE = 0.01


@pytest.fixture
def page(tmp_path: Path) -> Iterator[str]:
    """The address of a page on this machine."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "notes.html").write_text("<title>Field notes</title><h1>Field notes</h1>")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(tmp_path / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/notes.html"
        server.shutdown()
        thread.join()


def _open_clients(session: DesktopSession, page: str, folder: Path) -> dict[str, int]:
    """Open four real windows and return each by the app's name."""
    _, first = session.xterm("compile")
    _, second = session.xterm("read the log")
    (folder / "plan.txt").write_text("plan\n")
    session.spawn("mousepad", str(folder / "plan.txt"))
    editor = wait_until(lambda: _window(session, "plan.txt"), "the editor", 30)
    session.spawn("firefox-esr", "--no-remote", "--profile", str(_profile(folder)), page)
    browser = wait_until(lambda: _window(session, "Field notes"), "the browser", 60)
    return {"compile": first, "read the log": second, "plan.txt": editor, "Field notes": browser}


def _profile(folder: Path) -> Path:
    profile = folder / "profile"
    profile.mkdir()
    quiet = {
        "browser.shell.checkDefaultBrowser": "false",
        "browser.aboutwelcome.enabled": "false",
        "datareporting.policy.dataSubmissionEnabled": "false",
        "app.normandy.enabled": "false",
        "browser.startup.homepage_override.mstone": '"ignore"',
        "termsofuse.bypassNotification": "true",
        "trailhead.firstrun.didSeeAboutWelcome": "true",
        "network.captive-portal-service.enabled": "false",
        "network.connectivity-service.enabled": "false",
    }
    (profile / "user.js").write_text("".join(f'user_pref("{name}", {value});\n' for name, value in quiet.items()))
    return profile


def _window(session: DesktopSession, part: str) -> int:
    found = session.xdotool("search", "--onlyvisible", "--name", part).split()
    return int(found[0]) if found else 0


class Witness:
    """Notes when the X server says that another window is active: xprop, which shares nothing with the tracker."""

    def __init__(self, session: DesktopSession) -> None:
        self._seen: list[tuple[int, float]] = []
        self._process = subprocess.Popen(
            ["xprop", "-root", "-spy", "_NET_ACTIVE_WINDOW"], env=session.env, stdout=subprocess.PIPE, text=True
        )
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def of(self, window: int, since: float) -> float:
        """Return the moment at which `window` became active after `since`."""
        return wait_until(lambda: next((at for seen, at in self._seen if seen == window and at >= since), 0.0))

    def close(self) -> None:
        """Stop noting."""
        self._process.terminate()
        self._process.wait(5)
        self._thread.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._seen.append((int(line.split("#")[1].split(",")[0], 16), time.time()))


@dataclass(frozen=True)
class Switch:
    """A title came to the front between `asked`, when it was told to, and `seen`, when the witness knew of it."""

    title: str
    asked: float
    seen: float

    def allows(self, moment: float) -> bool:
        """Whether a record of it at `moment` is true enough."""
        return self.asked - SWITCH_TOLERANCE <= moment <= self.seen + SWITCH_TOLERANCE


def _work(session: DesktopSession, windows: dict[str, int], witness: Witness) -> list[Switch]:
    """Switch windows for two minutes and return each switch; the last one is the last moment of input."""
    random = Random(7)
    end, table = time.time() + WORK_SECONDS, []
    titles = itertools.cycle(windows)
    while time.time() < end:
        title = next(titles)
        before = time.time()
        session.activate(windows[title])
        table.append(Switch(title, before, witness.of(windows[title], before)))
        session.xdotool("key", "--clearmodifiers", "shift")
        time.sleep(random.uniform(1.4, 9.0))
    before = time.time()
    session.xdotool("key", "--clearmodifiers", "shift")
    table.append(Switch("away", before, time.time()))
    return table


def _rows(app: RunningApp) -> list[dict[str, object]]:
    done = app.ask("activities", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _moment(row: dict[str, object], key: str) -> float:
    return datetime.fromisoformat(str(row[key])).timestamp()


def test_the_record_is_the_timetable(app: RunningApp, page: str, tmp_path: Path) -> None:
    session = app.session
    app.start()
    app.ask("quit")
    app.process.wait(15)
    _set_idle_timeout(app)
    app.start("--minimized")
    windows = _open_clients(session, page, tmp_path)
    time.sleep(SETTLE)
    witness = Witness(session)
    try:
        table = _work(session, windows, witness)
    finally:
        witness.close()
    app.picture("timetable-worked")
    time.sleep(IDLE_TIMEOUT + 12)
    before = time.time()
    session.xdotool("mousemove", 300, 300)
    back = Switch("back", before, time.time())
    time.sleep(3)
    app.picture("timetable-back")
    assert app.stop() == 0
    rows = _rows(app)
    _compare(rows, table, back)
    assert app.ask("check").returncode == 0


def _set_idle_timeout(app: RunningApp) -> None:
    """Set it where the settings page sets it."""
    import asyncio

    from productify.paths import open_data_dir
    from productify.service import Service

    async def save() -> None:
        service = await Service.open(open_data_dir(app.data), record=False)
        await service.preferences.save("idle_timeout", IDLE_TIMEOUT)
        await service.close()

    asyncio.run(save())


def _compare(rows: list[dict[str, object]], table: list[Switch], back: Switch) -> None:
    first, last = table[0].seen, table[-1].seen
    worked = [row for row in rows if _moment(row, "end_time") > first and _moment(row, "start_time") < back.asked - 1]
    spent: dict[str, float] = {}
    for switch, after in itertools.pairwise(table):
        row = _row_at(worked, (switch.seen + after.asked) / 2)
        assert switch.title in str(row["window_title"]), (switch, row)
        assert switch.allows(_first_start(worked, row)), (switch, row)
        spent[switch.title] = spent.get(switch.title, 0) + after.seen - switch.seen
    away = next(row for row in worked if row["cause"] == "away")
    assert table[-1].allows(_moment(away, "start_time")), (table[-1], away)
    assert back.allows(_moment(away, "end_time")), (back, away)
    for title, seconds in spent.items():
        recorded = sum(
            min(_moment(row, "end_time"), last) - max(_moment(row, "start_time"), first)
            for row in worked
            if title in str(row["window_title"]) and _moment(row, "start_time") < last
        )
        assert abs(recorded - seconds) <= TOTAL_TOLERANCE * WORK_SECONDS, (title, recorded, seconds)
    browser = next(row for row in worked if "Field notes" in str(row["window_title"]) and row["url"])
    assert str(browser["url"]).endswith("/notes.html")


def _row_at(rows: list[dict[str, object]], moment: float) -> dict[str, object]:
    return next(row for row in rows if _moment(row, "start_time") <= moment < _moment(row, "end_time"))


def _first_start(rows: list[dict[str, object]], row: dict[str, object]) -> float:
    """Return where the run of rows of one title begins: its address may have come a moment later."""
    index = rows.index(row)
    while index and rows[index - 1]["window_title"] == row["window_title"]:
        index -= 1
    return _moment(rows[index], "start_time")
