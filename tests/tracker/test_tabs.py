"""What browsers say of their tabs becomes addresses, private time and sound; scripted windows, a real store."""

from dataclasses import replace

from productify.clock import SettableClock
from productify.domain import Presence, State, TabSeen
from productify.settings import Settings
from productify.tracker.probe import InputStopped, Window, WindowSeen
from productify.tracker.tabs import Tabs

from .test_tracker import EDITOR, running
from .world import NOON

PAGE = Window("Chromium", "chromium", "News - Chromium", wm_class=("chromium", "Chromium"), handle=7)
SECRET = replace(PAGE, title="Secret - Chromium", handle=8)
NEWS = TabSeen("p", "chromium", "https://news.example/a", "News", False, False, True)
BEHIND = TabSeen("p", "chromium", None, None, False, False, False)
PRIVATE = TabSeen("p", "chromium", None, None, False, True, True)


async def test_the_tab_in_front_gives_its_address_to_the_window_from_its_start(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(PAGE))
        await rig.pass_time(2)
        rig.tracker.tab_seen(NEWS)
        await rig.pass_time(3)
        (row,) = await store.rows()
        assert (row.window_title, row.url, row.site, row.seconds) == (
            "News - Chromium", "https://news.example/a", "news.example", 5,
        )  # fmt: skip


async def test_another_address_under_the_same_title_is_another_activity(store):
    async with running(store) as rig:
        rig.tracker.tab_seen(NEWS)
        rig.probe.tell(WindowSeen(PAGE))
        await rig.pass_time(5)
        rig.tracker.tab_seen(replace(NEWS, url="https://news.example/b"))
        await rig.pass_time(5)
        assert [(row.url, row.seconds) for row in await store.rows()] == [
            ("https://news.example/a", 5), ("https://news.example/b", 5),
        ]  # fmt: skip


async def test_a_private_tab_takes_its_time_from_the_switch_on_and_leaves_no_word(store):
    async with running(store) as rig:
        rig.tracker.tab_seen(NEWS)
        rig.probe.tell(WindowSeen(PAGE))
        await rig.pass_time(5)
        rig.probe.tell(WindowSeen(SECRET))
        await rig.pass_time(1)
        assert {row.window_title for row in await store.rows()} == {"News - Chromium", None}
        rig.tracker.tab_seen(PRIVATE)
        await rig.pass_time(5)
        rig.probe.tell(WindowSeen(PAGE))
        rig.tracker.tab_seen(NEWS)
        await rig.pass_time(5)
        assert await rig.brief() == [("Chromium", 0, 5), ("private", 5, 11), ("Chromium", 11, 16)]


async def test_a_window_that_its_browser_knows_nothing_of_has_no_title(store):
    """It is a private one that the extension is kept out of, as far as anybody can tell."""
    async with running(store) as rig:
        rig.tracker.tab_seen(BEHIND)
        rig.probe.tell(WindowSeen(SECRET))
        await rig.pass_time(5)
        assert [(row.app_name, row.window_title, row.url) for row in await store.rows()] == [("Chromium", None, None)]
        await rig.tracker.apply(Settings().with_value("exclude_private_windows", False), ())
        rig.probe.tell(WindowSeen(SECRET))
        await rig.pass_time(5)
        assert (await store.rows())[-1].window_title == "Secret - Chromium"


async def test_a_browser_that_is_left_keeps_the_page_that_was_known(store):
    async with running(store) as rig:
        rig.tracker.tab_seen(NEWS)
        rig.probe.tell(WindowSeen(PAGE))
        await rig.pass_time(5)
        rig.tracker.tab_seen(BEHIND)
        await rig.pass_time(1)
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(5)
        assert [(row.app_name, row.window_title, row.seconds) for row in await store.rows()] == [
            ("Chromium", "News - Chromium", 6), ("Editor", "a.py", 5),
        ]  # fmt: skip


async def test_an_excluded_site_counts_as_private(store):
    settings = Settings().with_value("excluded_sites", ["news.example"])
    async with running(store, settings=settings) as rig:
        rig.tracker.tab_seen(NEWS)
        rig.probe.tell(WindowSeen(PAGE))
        await rig.pass_time(5)
        assert await rig.brief() == [("private", 0, 5)]


async def test_sound_of_the_tab_in_front_shows_somebody_without_input(store):
    loud = replace(NEWS, url="https://www.youtube.com/watch?v=1", audible=True)
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(PAGE))
        rig.tracker.tab_seen(loud)
        rig.probe.tell(InputStopped(NOON))
        for _ in range(20):
            await rig.pass_time(24)
            rig.tracker.tab_seen(loud)
        assert rig.tracker.running.activity.presence is Presence.AUDIO
        for _ in range(20):
            await rig.pass_time(24)
            rig.tracker.tab_seen(replace(loud, audible=False))
        assert rig.tracker.running.activity.cause is State.AWAY


async def test_a_sound_that_only_tells_of_something_shows_nobody(store):
    loud = replace(NEWS, url="https://www.youtube.com/watch?v=1", audible=True)
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(PAGE))
        rig.probe.tell(InputStopped(NOON))
        for _ in range(20):
            rig.tracker.tab_seen(loud)
            await rig.pass_time(2)
            rig.tracker.tab_seen(replace(loud, audible=False))
            await rig.pass_time(22)
        assert rig.tracker.running.activity.cause is State.AWAY


def test_what_was_said_holds_for_a_minute_and_a_half() -> None:
    clock = SettableClock(NOON)
    tabs = Tabs(clock)
    tabs.hear(PRIVATE)
    clock.advance(89)
    told = tabs.told(PAGE, guarded=True)
    assert told is not None
    assert told.private
    clock.advance(1)
    assert tabs.told(PAGE, guarded=True) is None


def test_each_browser_speaks_for_its_own_windows() -> None:
    tabs = Tabs(SettableClock(NOON))
    firefox = Window("Firefox", "firefox", "News — Mozilla Firefox", wm_class=("Navigator", "firefox-esr"), handle=9)
    tabs.hear(replace(NEWS, browser="firefox"))
    assert tabs.told(PAGE, guarded=True) is None
    assert tabs.told(EDITOR, guarded=True) is None
    told = tabs.told(firefox, guarded=True)
    assert told is not None
    assert told.url == NEWS.url
    assert tabs.told(replace(firefox, title="Other — Mozilla Firefox"), guarded=True) is None, "AT-SPI may know it"


def test_private_tabs_make_windows_private_as_far_as_that_is_wanted() -> None:
    tabs = Tabs(SettableClock(NOON))
    tabs.hear(PRIVATE)
    told = tabs.told(SECRET, guarded=True)
    assert told == replace(SECRET, private=True)
    assert tabs.told(SECRET, guarded=False) is None
