"""A focus session and the sites of its lists in real browsers: with the extension, and by the overlay without it."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser_stage import BROWSERS, Browser, Sites
from desktop.test_browsers import desktop, paired, sites
from desktop_session import DesktopSession
from productify.domain import Blocked, BlockList, FocusPlan, Target, TargetKind
from productify.paths import open_data_dir
from productify.service import Notices, Service
from service.rig import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["desktop", "sites"]
pytestmark = pytest.mark.desktop


@asynccontextmanager
async def app(folder: Path, told: list[Blocked | None]) -> "AsyncIterator[Service]":
    """Run the app's service on this process's desktop; what the overlay would say is added to `told`."""
    service = await Service.open(open_data_dir(folder), record=True, notices=Notices(blocked=told.append))
    try:
        yield service
    finally:
        await service.close()


async def begin(service: Service, *hosts: str) -> None:
    """Begin a session that blocks some sites."""
    targets = tuple(Target(TargetKind.SITE, host) for host in hosts)
    saved = await service.focus.save_list(BlockList("", "Videos", targets=targets))
    await service.focus.start(FocusPlan(25, "Checkpointing", lists=(saved.id,)))


@pytest.mark.parametrize("kind", BROWSERS)
async def test_a_session_blocks_its_sites_in_a_paired_browser_until_it_ends(
    desktop: DesktopSession, sites: Sites, tmp_path: Path, kind: str
) -> None:
    browser, told = Browser(kind, desktop, sites), list[Blocked | None]()
    async with app(tmp_path, told) as service:
        await service.extension.pair()
        await paired(browser, service)
        await begin(service, "bad.test")
        await asyncio.to_thread(browser.go, "bad.test/one")
        await asyncio.to_thread(browser.shows, "bad.test can wait")
        await asyncio.to_thread(browser.go, "good.test/")
        await asyncio.to_thread(browser.shows, "Page good.test/")
        assert not [place for place in sites.asked if place.startswith("bad.test")]
        await until(lambda: service.focus.now and service.focus.now.attempts == 1, "the attempt to be counted")
        record = await service.focus.end()
        await asyncio.to_thread(browser.go, "bad.test/two")
        await asyncio.to_thread(browser.shows, "Page bad.test/two")
        [attempt] = await service.focus.attempts(record.session_id)
        assert (attempt.name, attempt.is_site, attempt.list_name) == ("bad.test", True, "Videos")
        assert not [each for each in told if each is not None], "the browser's own page says it all"


async def test_a_pass_is_taken_on_the_blocked_page_itself(
    desktop: DesktopSession, sites: Sites, tmp_path: Path
) -> None:
    browser, reason = Browser("firefox", desktop, sites), "the answer is in there"
    async with app(tmp_path, []) as service:
        await service.extension.pair()
        await paired(browser, service)
        await begin(service, "bad.test")
        await asyncio.to_thread(browser.go, "bad.test/one")
        await asyncio.to_thread(browser.shows, "bad.test can wait")
        await asyncio.sleep(1.5)  # the page has its title before it has the keyboard
        for keys in (("key", "Tab"), ("key", "Return"), ("key", "Tab"), ("type", reason), ("key", "Tab")):
            await asyncio.to_thread(desktop.xdotool, *keys)
        await asyncio.to_thread(desktop.xdotool, "keydown", "space")
        try:
            await asyncio.to_thread(browser.shows, "Page bad.test/one")
        finally:
            desktop.xdotool("keyup", "space")
        assert service.focus.passes_left == 2
        record = await service.focus.end()
        [attempt] = await service.focus.attempts(record.session_id)
        assert (attempt.name, attempt.passed, attempt.reason) == ("bad.test", True, reason)


@pytest.mark.parametrize("kind", BROWSERS)
async def test_without_the_extension_the_overlay_comes_over_what_the_title_tells(
    desktop: DesktopSession, sites: Sites, tmp_path: Path, kind: str
) -> None:
    browser, told = Browser(kind, desktop, sites, extension=False), list[Blocked | None]()
    desktop.xterm("work")
    async with app(tmp_path, told) as service:
        await begin(service, "youtube.com")
        await asyncio.to_thread(browser.start)
        await asyncio.to_thread(browser.go, "good.test/")
        await asyncio.to_thread(browser.shows, "Page good.test/")
        assert not any(told)
        await asyncio.to_thread(browser.go, "some.test/?title=Cats%20-%20YouTube")
        await until(lambda: any(told), "the overlay", 15)
        first = next(each for each in told if each is not None)
        assert (first.name, first.is_site, first.list_name, first.can_step_aside) == (
            "youtube.com",
            True,
            "Videos",
            True,
        )
        await until(lambda: not browser.title().startswith("Cats"), "the window as an icon")
        await service.guard.back_to_work()
        await until(lambda: browser.title() == "work", "the window before")
        assert service.guard.now is None
