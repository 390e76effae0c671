"""The extension in real Chromium and Firefox: what it tells, what it blocks, and that a block ends."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from browser_stage import BROWSERS, Browser, Sites
from desktop_session import DesktopSession, missing_programs
from productify.clock import SystemClock
from productify.domain import Activity, ListMode, SiteBlock, SiteRules, State
from productify.paths import open_data_dir
from productify.service import Service
from productify.service.leaktest import leak_test
from service.rig import until

pytestmark = pytest.mark.desktop


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[DesktopSession]:
    """A desktop that this process itself is part of."""
    if missing := missing_programs():
        pytest.fail(f"a desktop session needs {', '.join(missing)}")
    with DesktopSession() as session:
        for name in ("WAYLAND_DISPLAY", "XDG_SESSION_ID", "XDG_DATA_HOME"):
            monkeypatch.delenv(name, raising=False)
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME"):
            monkeypatch.setenv(name, session.env[name])
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={session.root}/no-system-bus")
        yield session


@pytest.fixture
def sites() -> Iterator[Sites]:
    """Web sites on this machine."""
    sites = Sites()
    with sites.serving():
        yield sites


@asynccontextmanager
async def app(folder: Path) -> AsyncIterator[Service]:
    """Run the app's service on this process's desktop, with the extension's setting on."""
    service = await Service.open(open_data_dir(folder), record=True)
    try:
        await service.preferences.save("browser_extension", True)
        await until(lambda: service.browsers.port, "the API")
        yield service
    finally:
        await service.close()


async def paired(browser: Browser, service: Service) -> None:
    """Start `browser` and pair it."""
    await asyncio.to_thread(browser.start)
    await asyncio.to_thread(browser.pair, service.browsers.pairing().code)


def rules(
    version: int, *sites: str, seconds: float = 600, mode: ListMode = ListMode.BLOCK, **more: object
) -> SiteRules:
    """Return rules that end in some seconds."""
    until_then = SystemClock().now() + timedelta(seconds=seconds)
    return SiteRules(version, (SiteBlock(sites, until_then, mode, "Checkpointing"),), **more)  # type: ignore[arg-type]


def front(service: Service) -> Activity | None:
    """Return what is recorded now."""
    tracker = service.tracking.tracker
    return tracker.running.activity if tracker is not None and tracker.running is not None else None


@pytest.mark.parametrize("kind", BROWSERS)
async def test_blocked_sites_are_out_of_reach_and_all_others_are_not(
    desktop: DesktopSession, sites: Sites, tmp_path: Path, kind: str, record_property
) -> None:
    browser = Browser(kind, desktop, sites)
    async with app(tmp_path) as service:
        attempts: list[str] = []
        service.browsers.on_attempt = lambda _browser, site: attempts.append(site)
        await paired(browser, service)
        await asyncio.to_thread(browser.go, "www.bad.test/page?q=1")
        await asyncio.to_thread(browser.shows, "Page www.bad.test/page?q=1")

        began = time.monotonic()
        service.browsers.rules.set(rules(1, "bad.test", "half.test/r/all"))
        await asyncio.to_thread(browser.shows, "bad.test can wait")
        record_property("seconds to the blocked page", round(time.monotonic() - began, 3))
        print(f"{kind}: an open tab was blocked after {time.monotonic() - began:.3f} s")
        assert attempts == [], "the tab was there before"

        sites.asked.clear()
        for place, title in (
            ("half.test/r/allowed", "Page half.test/r/allowed"),
            ("bad.test/other", "bad.test can wait"),
            ("notbad.test/", "Page notbad.test/"),
            ("half.test/r/all/new", "half.test can wait"),
            ("deep.sub.bad.test/", "deep.sub.bad.test can wait"),
        ):
            await asyncio.to_thread(browser.go, place)
            await asyncio.to_thread(browser.shows, title)
        assert {place for place in sites.asked if "favicon" not in place} == {"half.test/r/allowed", "notbad.test/"}
        await until(lambda: attempts == ["bad.test", "half.test/r/all", "bad.test"], f"three attempts, not {attempts}")

        let_in = (("bad.test", SystemClock().now() + timedelta(seconds=5)),)
        service.browsers.rules.set(rules(2, "bad.test", let_in=let_in))
        await asyncio.sleep(0.5)
        await asyncio.to_thread(browser.go, "bad.test/pass")
        await asyncio.to_thread(browser.shows, "Page bad.test/pass", 4)
        await asyncio.to_thread(browser.shows, "bad.test can wait", 8)

        service.browsers.rules.set(rules(3, "good.test", mode=ListMode.ALLOW))
        await asyncio.to_thread(browser.go, "good.test/")
        await asyncio.to_thread(browser.shows, "Page good.test/")
        await asyncio.to_thread(browser.go, "elsewhere.test/")
        await asyncio.to_thread(browser.shows, "elsewhere.test can wait")
        assert "elsewhere.test/" not in sites.asked

        service.browsers.rules.set(SiteRules(4))
        await asyncio.to_thread(browser.shows, "The block is over")
        rows = await leak_test(service.browsers, lambda: tmp_path, "linux")
        assert [(row.browser, row.leaks) for row in rows] == [(kind, True)]
        assert "stayed shut, but opens in private windows" in rows[0].detail
        assert not [place for place in sites.asked if "leak-test" in place]


@pytest.mark.parametrize("kind", BROWSERS)
async def test_the_address_in_front_is_recorded_and_nothing_of_private_tabs(
    desktop: DesktopSession, sites: Sites, tmp_path: Path, kind: str
) -> None:
    """First with the extension kept out of private windows, then let in; Chromium gives them no mark of its own."""
    browser = Browser(kind, desktop, sites)
    async with app(tmp_path) as service:
        await paired(browser, service)
        await asyncio.to_thread(browser.go, "good.test/a?q=1#part")
        url = "http://good.test/a?q=1#part"

        def is_recorded() -> bool:
            row = front(service)  # the address may be there a moment before the title
            return row is not None and row.url == url and (row.window_title or "").startswith("Page good.test/a")

        await until(is_recorded, "the address and the title", 15)
        row = front(service)
        assert row is not None
        assert row.site == "good.test"
        await asyncio.sleep(1.2)  # a visit under a second would join its neighbour
        await asyncio.to_thread(browser.open_private_window)
        await asyncio.to_thread(browser.go, "hidden.test/secret-one")
        await asyncio.to_thread(browser.shows, "Page hidden.test/secret-one")
        await asyncio.sleep(1.5)
        row = front(service)
        assert row is not None
        assert row.window_title is row.url is None
        assert row.cause is (None if kind == "chromium" else State.PRIVATE)

        await asyncio.to_thread(browser.end)
        browser.allow_in_private()
        await asyncio.to_thread(browser.start)
        await asyncio.to_thread(browser.open_private_window)
        await asyncio.to_thread(browser.go, "hidden.test/secret-two")
        await asyncio.to_thread(browser.shows, "Page hidden.test/secret-two")
        await until(lambda: (row := front(service)) and row.cause is State.PRIVATE, "private time", 15)
        await until(lambda: any(tab.private for tab in service.browsers.latest()), "the private tab")
        (seen,) = service.browsers.latest()
        assert (seen.private, seen.url, seen.title, seen.is_front) == (True, None, None, True)
        attempts: list[str] = []
        service.browsers.on_attempt = lambda _browser, site: attempts.append(site)
        service.browsers.rules.set(rules(1, "hidden.test"))
        await until(lambda: "secret-two" not in browser.title(), "the private tab to be blocked")
        sites.asked.clear()
        await asyncio.to_thread(browser.go, "hidden.test/secret-three")
        await asyncio.sleep(1.5)
        assert "hidden.test/secret-three" not in sites.asked
        assert attempts == []
        await service.tracking.flush()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"good.test" in kept
    for word in (b"secret", b"hidden.test"):
        assert word not in kept


_BLOCK = """
import asyncio, sys
from datetime import datetime, timedelta
from productify.domain import SiteBlock, SiteRules
from productify.paths import open_data_dir
from productify.service import Service

async def main():
    service = await Service.open(open_data_dir(sys.argv[1]), record=True, probes=[])
    until = datetime.fromisoformat(sys.argv[2])
    blocks = SiteBlock(("worse.test",), until + timedelta(hours=1)), SiteBlock(("bad.test",), until, title="Tests")
    service.browsers.rules.set(SiteRules(1, blocks))
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.parametrize("kind", BROWSERS)
async def test_a_block_ends_on_time_though_the_app_was_killed(
    desktop: DesktopSession, sites: Sites, tmp_path: Path, kind: str
) -> None:
    browser = Browser(kind, desktop, sites)
    async with app(tmp_path) as service:
        await paired(browser, service)
    clock = SystemClock()
    end = clock.now() + timedelta(seconds=17)
    killed = desktop.spawn(sys.executable, "-c", _BLOCK, str(tmp_path), end.isoformat(), env=dict(os.environ))
    await asyncio.to_thread(browser.go, "bad.test/before")
    await asyncio.to_thread(browser.shows, "bad.test can wait", 14)
    desktop.end(killed, signal.SIGKILL)
    await asyncio.to_thread(browser.go, "good.test/")
    await asyncio.to_thread(browser.shows, "Page good.test/")
    await asyncio.to_thread(browser.go, "bad.test/meanwhile")
    await asyncio.to_thread(browser.shows, "bad.test can wait")
    assert clock.now() < end - timedelta(seconds=1), "there was no time left to see it blocked"
    await asyncio.to_thread(browser.shows, "The block is over", (end - clock.now()).total_seconds() + 3)
    assert clock.now() >= end
    await asyncio.to_thread(browser.go, "bad.test/after")
    await asyncio.to_thread(browser.shows, "Page bad.test/after", 5)
    assert {place for place in sites.asked if "bad.test/m" in place} == set()
