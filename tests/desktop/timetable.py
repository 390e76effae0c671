"""Two minutes of known work, then nobody there, then somebody again: what happens, and how the record must read."""

import asyncio
import functools
import http.server
import itertools
import json
import subprocess
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from desktop.conftest import RunningApp
from desktop_session import DesktopSession, wait_until
from firefox import firefox
from productify.paths import open_data_dir
from productify.service import Service

WORK_SECONDS = 120
IDLE_TIMEOUT = 60
"""The shortest idle timeout that the settings allow."""
SETTLE = 4
"""Seconds for a browser that has just started to leave the processor to others."""
SWITCH_TOLERANCE = 0.2
TOTAL_TOLERANCE = 0.01

_GLANCE = 0.3
_STAY = 1.5
"""Seconds for a visit of its own: a shorter one would join what comes next, and begin it too early."""

BROWSED = "Field notes"


class World(ABC):
    """A desktop as the timetable uses it; `witness` is a command that shares nothing with the tracker."""

    witness: tuple[str, ...]

    def __init__(self, session: DesktopSession) -> None:
        self.session = session

    @abstractmethod
    def terminals(self) -> dict[str, int]:
        """Open two terminals and return their windows by title."""

    @abstractmethod
    def find(self, part: str) -> int:
        """Return the window with `part` in its title, 0 where there is none."""

    @abstractmethod
    def activate(self, window: int) -> None:
        """Bring a window to the front."""

    @abstractmethod
    def press(self) -> None:
        """Press a key that does nothing."""

    @abstractmethod
    def seen(self, line: str) -> int:
        """Return the window that the witness says is in front now, 0 where the line is about something else."""

    def open_clients(self, page: str, folder: Path) -> dict[str, int]:
        """Open four real windows and return each by its title."""
        windows = self.terminals()
        (folder / "plan.txt").write_text("plan\n")
        self.session.spawn("mousepad", str(folder / "plan.txt"))
        windows["plan.txt"] = wait_until(lambda: self.find("plan.txt"), "the editor", 30)
        self.session.spawn(*firefox(folder / "profile", page))
        windows[BROWSED] = wait_until(lambda: self.find(BROWSED), "the browser", 60)
        return windows


class Witness:
    """Notes when the desktop says that another window is in front."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: list[tuple[int, float]] = []
        self._process = subprocess.Popen(world.witness, env=world.session.env, stdout=subprocess.PIPE, text=True)
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def of(self, window: int, since: float) -> float:
        """Return the moment at which `window` became active after `since`."""
        return wait_until(lambda: self._first(window, since), "what the witness says")

    def wake(self, one: int, other: int) -> None:
        """Switch between two windows until it looks, as it misses what was before; the other stays in front."""

        def sees() -> float:
            self._world.activate(one)
            since = time.time()
            self._world.activate(other)
            time.sleep(_GLANCE)
            return self._first(other, since)

        wait_until(sees, "the witness")
        time.sleep(_STAY)

    def _first(self, window: int, since: float) -> float:
        return next((at for seen, at in self._seen if seen == window and at >= since), 0.0)

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
            if window := self._world.seen(line):
                self._seen.append((window, time.time()))


@dataclass(frozen=True)
class Switch:
    """A title came to the front between `asked`, when it was told to, and `seen`, when the witness knew of it."""

    title: str
    asked: float
    seen: float

    def allows(self, moment: float) -> bool:
        """Whether a record of it at `moment` is true enough."""
        return self.asked - SWITCH_TOLERANCE <= moment <= self.seen + SWITCH_TOLERANCE


@dataclass(frozen=True)
class Lived:
    """What was done, and what was recorded of it, oldest first."""

    table: list[Switch]
    back: Switch
    rows: list[dict[str, object]]


def live(app: RunningApp, world: World, folder: Path, ready: threading.Barrier) -> tuple[list[Switch], Switch]:
    """Work, go away and come back before the running app; returns the switches and the return.

    `ready` holds it up until whatever else runs on this machine has opened its windows, too.
    """
    with _site(folder) as page:
        windows = world.open_clients(page, folder)
        ready.wait()
        time.sleep(SETTLE)
        witness = Witness(world)
        try:
            first, *_, last = windows.values()
            witness.wake(first, last)
            table = _work(world, windows, witness)
        finally:
            witness.close()
        app.picture("timetable-worked")
        time.sleep(IDLE_TIMEOUT + 12)
        before = time.time()
        world.press()
        back = Switch("back", before, time.time())
        time.sleep(3)
        app.picture("timetable-back")
    return table, back


def record(app: RunningApp) -> list[dict[str, object]]:
    """Return what was recorded, oldest first."""
    done = app.ask("activities", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def set_idle_timeout(app: RunningApp) -> None:
    """Set it where the settings page sets it, while no app runs."""

    async def save() -> None:
        service = await Service.open(open_data_dir(app.data), record=False)
        await service.preferences.save("idle_timeout", IDLE_TIMEOUT)
        await service.close()

    asyncio.run(save())


def compare(lived: Lived) -> None:
    """Fail where the record is not the timetable."""
    table, back, rows = lived.table, lived.back, lived.rows
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
    browser = next(row for row in worked if BROWSED in str(row["window_title"]) and row["url"])
    assert str(browser["url"]).endswith("/notes.html")


@contextmanager
def _site(folder: Path) -> Iterator[str]:
    """Serve a page on this machine; gives its address."""
    (folder / "site").mkdir()
    (folder / "site" / "notes.html").write_text(f"<title>{BROWSED}</title><h1>{BROWSED}</h1>")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(folder / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/notes.html"
        finally:
            server.shutdown()
            thread.join()


def _work(world: World, windows: dict[str, int], witness: Witness) -> list[Switch]:
    """Switch windows for two minutes and return each switch; the last one is the last moment of input."""
    random = Random(7)
    end, table = time.time() + WORK_SECONDS, []
    titles = itertools.cycle(windows)
    while time.time() < end:
        title = next(titles)
        before = time.time()
        world.activate(windows[title])
        table.append(Switch(title, before, witness.of(windows[title], before)))
        world.press()
        time.sleep(random.uniform(1.4, 9.0))
    before = time.time()
    world.press()
    table.append(Switch("away", before, time.time()))
    return table


def _moment(row: dict[str, object], key: str) -> float:
    return datetime.fromisoformat(str(row[key])).timestamp()


def _row_at(rows: list[dict[str, object]], moment: float) -> dict[str, object]:
    return next(row for row in rows if _moment(row, "start_time") <= moment < _moment(row, "end_time"))


def _first_start(rows: list[dict[str, object]], row: dict[str, object]) -> float:
    """Return where the run of rows of one title begins: its address may have come a moment later."""
    index = rows.index(row)
    while index and rows[index - 1]["window_title"] == row["window_title"]:
        index -= 1
    return _moment(rows[index], "start_time")
