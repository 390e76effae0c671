"""The whole tracker on a real desktop: terminal, Firefox with its addresses, a private window, a kill."""

import asyncio
import http.server
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from desktop_session import DesktopSession
from firefox import firefox
from productify.clock import SystemClock
from productify.settings import Settings
from productify.store import activities
from productify.tracker.tracker import Tracker

from .conftest import Store, until

pytestmark = pytest.mark.desktop


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[DesktopSession]:
    """A desktop that this process itself is part of."""
    with DesktopSession() as session:
        for name in ("WAYLAND_DISPLAY", "XDG_SESSION_ID", "XDG_DATA_HOME"):
            monkeypatch.delenv(name, raising=False)
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME"):
            monkeypatch.setenv(name, session.env[name])
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={session.root}/no-system-bus")
        yield session


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Serve a page whose title is its path; page A leads to page B after three seconds."""
        onward = "<meta http-equiv='refresh' content='3;url=/b'>" if self.path.startswith("/a") else ""
        body = f"<title>Page {self.path[1:2].upper()}</title>{onward}<iframe src='about:blank'></iframe>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a web site on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@asynccontextmanager
async def tracking(store: Store) -> AsyncIterator[Tracker]:
    """Run a tracker on this process's desktop until the block ends."""
    tracker = Tracker(store.db, store.user_id, SystemClock(), Settings(), (), lambda: None)
    task = asyncio.create_task(tracker.run())
    try:
        yield tracker
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_firefox_addresses_private_windows_and_excluded_sites(desktop: DesktopSession, store: Store, site: str):
    async with tracking(store) as tracker:

        def now(**wanted: object) -> bool:
            running = tracker.running
            return running is not None and all(
                getattr(running.activity, name) == value for name, value in wanted.items()
            )

        await asyncio.to_thread(desktop.xterm, "shell")
        await until(lambda: now(app_name="XTerm", window_title="shell", category="development"))
        desktop.spawn(*firefox(desktop.root / "profile", f"{site}/a?q=1#part"))
        await until(lambda: now(window_title="Page A — Mozilla Firefox", url=f"{site}/a?q=1#part"), "page A", 30)
        visit = tracker.running
        assert visit is not None
        await until(lambda: now(window_title="Page B — Mozilla Firefox", url=f"{site}/b"), "page B", 20)
        assert tracker.running is not None
        assert tracker.running.since == visit.since
        await asyncio.sleep(1.1)  # a visit under a second would join its neighbour
        await tracker.apply(Settings().with_value("excluded_sites", ["127.0.0.1"]), ())
        await until(lambda: now(app_name="private", window_title=None, url=None), "the excluded site", 20)
        await tracker.apply(Settings(), ())
        await until(lambda: now(url=f"{site}/b"), "page B again", 20)
        await asyncio.to_thread(desktop.xdotool, "key", "ctrl+shift+p")
        await until(lambda: now(app_name="private"), "the private window", 20)
    async with store.db.read() as session:
        rows = await activities.between(session, store.user_id, visit.since, SystemClock().now())
    assert {row.url for row in rows if row.cause is None} >= {f"{site}/a?q=1#part", f"{site}/b"}
    assert {row.site for row in rows if row.url and row.url.startswith("http")} == {"127.0.0.1"}
    assert all(one.end <= other.start for one, other in pairwise(rows))


_RECORD = """
import asyncio, sys
from pathlib import Path
from productify.clock import SystemClock
from productify.settings import Settings
from productify.store.database import Database
from productify.tracker.tracker import Tracker

async def main():
    tracker = Tracker(Database(Path(sys.argv[1])), sys.argv[2], SystemClock(), Settings(), (), lambda: None)
    await tracker.run()

asyncio.run(main())
"""


async def test_a_kill_loses_at_most_five_seconds(desktop: DesktopSession, store: Store):
    await asyncio.to_thread(desktop.xterm, "shell")
    path = store.db.writer.url.database
    assert path is not None
    clock = SystemClock()
    began = clock.now()
    recorder = desktop.spawn(
        sys.executable, "-c", _RECORD, str(Path(path)), store.user_id,
        env={"DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SYSTEM_BUS_ADDRESS"]},
    )  # fmt: skip
    await asyncio.sleep(6)
    killed = clock.now()
    desktop.end(recorder, signal.SIGKILL)
    async with store.db.read() as session:
        rows = await activities.between(session, store.user_id, began, killed)
    assert [row.app_name for row in rows] == ["XTerm"]
    assert (killed - rows[-1].end).total_seconds() < 5


async def test_log_out_ends_the_record_truthfully(desktop: DesktopSession, store: Store):
    await asyncio.to_thread(desktop.xterm, "shell")
    clock = SystemClock()
    async with tracking(store) as tracker:
        await until(lambda: tracker.running is not None)
        await asyncio.sleep(1.2)
        await asyncio.to_thread(desktop.end, desktop.x_server, signal.SIGKILL)
        ended = clock.now()
        await until(lambda: tracker.running is None)
        await until(lambda: tracker.problem is not None)
        await asyncio.sleep(1)
    async with store.db.read() as session:
        rows = await activities.between(session, store.user_id, ended - timedelta(minutes=1), clock.now())
    assert abs((rows[-1].end - ended).total_seconds()) < 0.5
