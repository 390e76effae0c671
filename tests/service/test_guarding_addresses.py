"""Pages blocked by the address that is read in the browser, also where nobody may record it; the reader is scripted."""

from pathlib import Path

import pytest

from productify.domain import Capability, Target
from productify.service.guarding.counting import NAMELESS
from productify.tracker.probe import Window
from service.guard_stage import SITE, firefox, guarded
from service.rig import until

ADDRESS = "https://www.youtube.com/watch?v=secret"
PAGE = firefox("A song — Mozilla Firefox")


class Reader:
    """Firefox, which shows one page."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []

    def accepts(self, window: Window) -> bool:
        return window.app_name == "Firefox"

    async def read(self, window: Window) -> str | None:
        self.asked.append(window.title)
        return ADDRESS

    async def close(self) -> None:
        pass

    async def capabilities(self) -> tuple[Capability, ...]:
        return ()


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    reader = Reader()
    monkeypatch.setattr("productify.tracker.seeking.readers_for", lambda _environment: [reader])
    return reader


@pytest.mark.parametrize("how", ["recorded", "incognito", "no addresses", "off"])
async def test_a_page_is_blocked_by_its_address(tmp_path: Path, reader: Reader, how: str) -> None:
    async with guarded(tmp_path) as stage:
        service = stage.rig.service
        if how == "incognito":
            await service.tracking.set_incognito(True)
        elif how != "recorded":
            await service.preferences.save("track_urls" if how == "no addresses" else "tracking_enabled", False)
        stage.show(PAGE)
        await stage.focus_on(Target(SITE, "youtube.com"))
        await until(lambda: stage.guard.now, "the block of what was in front already")
        named = how in ("recorded", "no addresses")
        assert await stage.attempts() == [("youtube.com", True, "Mine") if named else (NAMELESS, False, "Mine")]
        await stage.rig.pass_time(10)
        assert [row.url for row in await stage.rig.rows() if row.url] == ([ADDRESS] if how == "recorded" else [])
    held = b"".join(path.read_bytes() for path in tmp_path.glob("productify.db*"))
    assert (b"v=secret" in held) is (how == "recorded"), "nor is it anywhere else in the file"


async def test_no_address_is_read_in_a_private_window_nor_without_need(tmp_path: Path, reader: Reader) -> None:
    async with guarded(tmp_path) as stage:
        await stage.rig.service.preferences.save("track_urls", False)
        stage.show(PAGE)
        await stage.rig.pass_time(5)
        assert reader.asked == []
        stage.show(firefox("A song — Mozilla Firefox Private Browsing"))
        await stage.focus_on(Target(SITE, "youtube.com"))
        await stage.rig.pass_time(5)
        assert (reader.asked, stage.told) == ([], [])
        stage.show(PAGE)
        await until(lambda: reader.asked, "now somebody needs it")
