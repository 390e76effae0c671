"""Addresses arrive beside the record: late, changed, or not at all."""

import asyncio

import pytest

from productify.tracker import urls
from productify.tracker.probe import ProbeUnavailableError, Window
from productify.tracker.urls import AddressWatch

from .conftest import until

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
    assert seen.watch.is_reading
    await until(lambda: len(seen.found) == 2)
    assert seen.found == [("A", "https://a.example/")] * 2
    assert not seen.watch.is_reading
    await seen.watch.close()
    assert seen.reader.closed


async def test_a_page_that_comes_up_after_its_title():
    seen = Watched("https://old.example/", "https://new.example/")
    seen.watch.look(PAGE)
    await until(lambda: len(seen.found) == 2)
    assert [url for _, url in seen.found] == ["https://old.example/", "https://new.example/"]
    await seen.watch.close()


@pytest.mark.parametrize("answer", [None, ProbeUnavailableError("no bus"), "never"], ids=["none", "no bus", "hangs"])
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
    assert not seen.watch.is_reading
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
