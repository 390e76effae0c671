"""Words of stored screenshots, read by the real Tesseract: when, of which, and what is kept of them."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from capture.saying import picture_saying
from productify.capture.words import engine
from productify.domain import Health, Monitor, Rect, ShotFilter, Trigger
from productify.service import Service
from productify.store import shooting
from productify.store.shooting import Taken
from service.rig import NOON, reading

MONITOR = Monitor(1, "DP-1", Rect(0, 0, 1000, 500))


@dataclass
class Power:
    """What decides whether words may be read."""

    mains: bool = True
    away: bool = False


@asynccontextmanager
async def finding(tmp_path: Path, power: Power):
    """Run the reader over an empty folder, and yield the service."""
    async with reading(tmp_path) as service:
        service.words = replace(service.words, is_away=lambda: power.away, powered=lambda: power.mains)
        running = asyncio.create_task(service.words.run())
        try:
            yield service
        finally:
            running.cancel()
            await asyncio.wait([running])


async def _keep(service: Service, content: bytes, minute: int = 0, **more: object) -> str:
    at = NOON + timedelta(minutes=minute)
    kept = service.screenshots.album.write(at.date(), content, b"", "webp", None)
    taken = Taken(
        captured_at=at, local_day=at.date(), monitor=MONITOR, monitor_count=1, width=1000, height=500, format="webp",
        app_name="Editor", window_title="a.py", is_blurred=False, is_sealed=False, trigger=Trigger.INTERVAL,
        **{name: getattr(kept, name) for name in kept.__slots__},
    )  # fmt: skip
    async with service._db.write() as session:
        (shot_id,) = await shooting.add(session, service._user_id, [replace(taken, **more)])
    return shot_id


async def _found(service: Service, text: str) -> list[str]:
    which = ShotFilter(NOON - timedelta(days=1), NOON + timedelta(days=1), text=text)
    return [shot.id for shot in await service.screenshots.page(which, 0, 10)]


async def _becomes(service: Service, text: str, ids: list[str]) -> None:
    async with asyncio.timeout(30):
        while await _found(service, text) != ids:  # noqa: ASYNC110 - what is waited for tells no one
            await asyncio.sleep(0.05)


async def test_pictures_are_found_by_what_they_say(tmp_path):
    async with finding(tmp_path, Power()) as service:
        said = await _keep(service, picture_saying("quarterly figures"))
        await _keep(service, picture_saying("another thing"), 1)
        await _keep(service, picture_saying("quarterly secret"), 2, is_blurred=True)
        assert await _found(service, "quarterly") == []
        await service.preferences.save("screenshot_text", True)
        await _becomes(service, "quarterly", [said])
        (word,) = await service.words.words_of(said, "figur")
        assert word.text == "figures"
        assert 0.2 < word.left < 0.5


async def test_on_battery_it_waits_until_nobody_is_there(tmp_path):
    power = Power(mains=False)
    async with finding(tmp_path, power) as service:
        said = await _keep(service, picture_saying("quarterly figures"))
        await service.preferences.save("screenshot_text", True)
        await asyncio.sleep(0.3)
        assert await _found(service, "quarterly") == []
        power.away = True
        service.words.wake()
        await _becomes(service, "quarterly", [said])


async def test_a_damaged_picture_does_not_keep_others_from_being_read(tmp_path):
    async with finding(tmp_path, Power()) as service:
        said = await _keep(service, picture_saying("quarterly figures"))
        await _keep(service, b"no picture", 1)
        await service.preferences.save("screenshot_text", True)
        await asyncio.sleep(0.5)
        service.words.wake()
        await _becomes(service, "quarterly", [said])


async def test_nothing_is_read_without_the_binding(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine, "_BINDING", "no_such_binding")
    async with finding(tmp_path, Power()) as service:
        await _keep(service, picture_saying("quarterly figures"))
        await service.preferences.save("screenshot_text", True)
        await asyncio.sleep(0.3)
        assert await _found(service, "quarterly") == []
        assert (await service.words.capability()).health is Health.MISSING
