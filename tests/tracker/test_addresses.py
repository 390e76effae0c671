"""Addresses arrive beside the record: late, changed, or not at all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from productify.domain import State
from productify.errors import UnavailableError
from productify.settings import Settings
from productify.tracker import urls
from productify.tracker.probe import Window, WindowSeen
from productify.tracker.urls import AddressWatch

from .conftest import Store, until
from .test_tracker import Rig, running

PAGE = Window("Firefox", title="A", wm_class=("Navigator", "firefox"), pid=1, handle=1)
OTHER = Window("Firefox", title="B", wm_class=("Navigator", "firefox"), pid=1, handle=1)


class Reader:
    """Answers what a test wrote down, the last of it for ever."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[str | None] = []
        self.closed = False

    def accepts(self, window: Window) -> bool:
        return window.app_name == "Firefox"

    async def read(self, window: Window) -> str | None:
        self.asked.append(window.title)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, BaseException):
            raise answer
        if answer == "never":
            await asyncio.Event().wait()
        return answer  # type: ignore[return-value]

    async def close(self) -> None:
        self.closed = True

    async def capabilities(self) -> tuple[()]:
        return ()


class Watched:
    """An address watch and what it found."""

    def __init__(self, *answers: object) -> None:
        self.reader = Reader(*answers)
        self.found: list[tuple[str | None, str | None]] = []
        self.watch = AddressWatch([self.reader], lambda window, url: self.found.append((window.title, url)))


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urls, "_TRIES", (0.0, 0.01, 0.02))
    monkeypatch.setattr(urls, "_SECOND_LOOK", 0.02)
    monkeypatch.setattr(urls, "_TIMEOUT", 0.05)


async def test_an_address_is_told_and_confirmed():
    seen = Watched("https://a.example/")
    seen.watch.look(PAGE)
    await until(lambda: len(seen.found) == 2)
    assert seen.found == [("A", "https://a.example/")] * 2
    await seen.watch.close()
    assert seen.reader.closed


async def test_a_page_that_comes_up_after_its_title():
    seen = Watched("https://old.example/", "https://new.example/")
    seen.watch.look(PAGE)
    await until(lambda: len(seen.found) == 2)
    assert [url for _, url in seen.found] == ["https://old.example/", "https://new.example/"]
    await seen.watch.close()


async def test_only_a_site_that_stays_is_told_to_who_must_be_sure():
    seen = Watched(
        "https://news.example/", "https://login.example/", "https://secret.example/1", "https://secret.example/2"
    )
    seen.watch.look(PAGE, sure=True)
    await until(lambda: seen.found)
    assert seen.found == [("A", "https://secret.example/2")]
    await seen.watch.close()


async def test_an_address_that_is_not_confirmed_is_none_to_who_must_be_sure():
    seen = Watched("https://news.example/", None)
    seen.watch.look(PAGE, sure=True)
    await until(lambda: seen.found)
    assert seen.found == [("A", None)]
    await seen.watch.close()


@pytest.mark.parametrize("sure", [False, True])
async def test_another_address_under_the_same_title_is_noticed(sure, monkeypatch):
    monkeypatch.setattr(urls, "_NEXT_LOOK", 0.02)
    one, other = "https://a.example/", "https://b.example/"
    seen = Watched(one, one, one, None, other)
    seen.watch.look(PAGE, sure)
    await until(lambda: ("A", other) in seen.found)
    asked = len(seen.reader.asked)
    await until(lambda: len(seen.reader.asked) > asked + 1)
    assert [url for _, url in seen.found] == ([one, other] if sure else [one, one, other])
    await seen.watch.close()


@pytest.mark.parametrize("answer", [None, UnavailableError("no bus"), "never"], ids=["none", "no bus", "hangs"])
async def test_no_address_is_told_once_after_some_tries(answer):
    seen = Watched(answer)
    seen.watch.look(PAGE)
    await until(lambda: seen.found)
    assert (seen.found, len(seen.reader.asked)) == ([("A", None)], 3)
    await seen.watch.close()


async def test_an_address_once_known_is_not_taken_back_by_silence():
    seen = Watched("https://a.example/", None)
    seen.watch.look(PAGE)
    await until(lambda: len(seen.reader.asked) == 2)
    await asyncio.sleep(0.03)
    assert seen.found == [("A", "https://a.example/")]
    await seen.watch.close()


async def test_another_window_ends_the_reading_of_the_last():
    seen = Watched("never", "https://b.example/")
    seen.watch.look(PAGE)
    await until(lambda: seen.reader.asked)
    seen.watch.look(OTHER)
    await until(lambda: seen.found)
    assert {title for title, _ in seen.found} == {"B"}
    await seen.watch.close()


async def test_what_is_no_browser_is_not_asked():
    seen = Watched("https://a.example/")
    seen.watch.look(Window("XTerm"))
    await asyncio.sleep(0.02)
    assert seen.reader.asked == []
    await seen.watch.close()


@pytest.mark.logs
async def test_a_bug_in_a_reader_is_told_with_its_traceback(caplog):
    seen = Watched(KeyError("bug"))
    seen.watch.look(PAGE)
    await until(lambda: caplog.records)
    assert caplog.records[-1].exc_info is not None
    await seen.watch.close()


NEWS, SECRET = "https://news.example/", "https://secret.example/"


@asynccontextmanager
async def _browsing(
    store: Store, monkeypatch: pytest.MonkeyPatch, *answers: object, excluded: bool = True
) -> AsyncIterator[tuple[Rig, Reader]]:
    """Run a tracker whose only browser answers as the test says."""
    reader = Reader(*answers)
    monkeypatch.setattr("productify.tracker.seeking.readers_for", lambda _environment: [reader])
    settings = Settings().with_value("excluded_sites", ["secret.example"] if excluded else [])
    async with running(store, settings=settings) as rig:
        yield rig, reader


async def test_an_excluded_sites_title_is_never_written(store, monkeypatch):
    """The first answer is still the page before, and is brought to the store at once."""
    monkeypatch.setattr(urls, "_SECOND_LOOK", 0.1)
    async with _browsing(store, monkeypatch, NEWS, SECRET) as (rig, reader):
        rig.probe.tell(WindowSeen(PAGE))
        await until(lambda: reader.asked)
        await rig.pass_time(5)
        (row,) = await store.rows()
        assert (row.app_name, row.window_title, row.url) == ("Firefox", None, None)
        await until(lambda: rig.tracker.running.activity.cause is State.PRIVATE)
        await rig.pass_time(5)
        assert await rig.brief() == [("private", 0, 10)]


async def test_a_confirmed_page_is_named_from_its_start(store, monkeypatch):
    async with _browsing(store, monkeypatch, NEWS) as (rig, _reader):
        rig.probe.tell(WindowSeen(PAGE))
        await rig.pass_time(5)
        await until(lambda: rig.tracker.running.activity.url)
        await rig.pass_time(5)
        (row,) = await store.rows()
        assert (row.window_title, row.url, row.seconds) == ("A", NEWS, 10)


async def test_an_excluded_site_under_the_same_title_takes_the_title_back(store, monkeypatch):
    monkeypatch.setattr(urls, "_NEXT_LOOK", 0.05)
    async with _browsing(store, monkeypatch, NEWS, NEWS, SECRET) as (rig, _reader):
        rig.probe.tell(WindowSeen(PAGE))
        await rig.pass_time(5)
        await until(lambda: rig.tracker.running.activity.cause is State.PRIVATE)
        assert await rig.brief() == [("private", 0, 5)]


async def test_another_page_under_the_same_title_is_another_activity(store, monkeypatch):
    monkeypatch.setattr(urls, "_NEXT_LOOK", 0.05)
    other = "https://other.example/"
    async with _browsing(store, monkeypatch, NEWS, NEWS, other, excluded=False) as (rig, _reader):
        rig.probe.tell(WindowSeen(PAGE))
        await rig.pass_time(5)
        await until(lambda: rig.tracker.running.activity.url == other)
        await rig.pass_time(5)
        assert [(row.url, row.seconds) for row in await store.rows()] == [(NEWS, 5), (other, 5)]
