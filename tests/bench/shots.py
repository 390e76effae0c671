"""A hundred thousand screenshots for the gallery: python -m bench.shots FOLDER makes them, and measures their pages."""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from productify.capture import picture
from productify.capture.album import Album, Kept
from productify.clock import SettableClock
from productify.demo import MONITORS
from productify.demo.screens import Screen, draw
from productify.domain import ShotFilter, Trigger
from productify.paths import open_data_dir
from productify.service import Service
from productify.store import shooting
from productify.store.shooting import Taken

COUNT, DAYS = 100_000, 90
_VARIANTS = 6
_ROWS_AT_ONCE = 2000
_APPS = {
    Screen.EDITOR: "VS Code", Screen.TERMINAL: "Terminal", Screen.ARTICLE: "Firefox", Screen.DESIGN: "Inkscape",
    Screen.CHAT: "Slack", Screen.SHEET: "Files", Screen.SLIDES: "Zoom", Screen.VIDEO: "Steam",
}  # fmt: skip
Real = tuple[str, Kept]
"""An app, and a picture that the files of its screenshots are hard links of."""


def made(folder: Path, now: datetime, count: int = COUNT, days: int = DAYS) -> Path:
    """Return the data folder `folder` with `count` screenshots of the `days` before `now`, made if it is not there.

    Rows are true but for the files, which are links of some dozens: names, not room, is what there are many of.
    """
    if not (folder / "complete").exists():
        asyncio.run(_make(folder, now, count, days))
        (folder / "complete").touch()
    return folder


async def _make(folder: Path, now: datetime, count: int, days: int) -> None:
    service = await Service.open(open_data_dir(folder), record=False, clock=SettableClock(now))
    try:
        await service.demonstration.fill(days + 1, 3, 300, lambda _done, _of: None)
        album, local = service.screenshots.album, service.local_days()
        real = _drawn(album, local.day_of(now))
        every = timedelta(days=days) / count
        for begin in range(0, count, _ROWS_AT_ONCE):
            moments = [now - number * every for number in range(begin, min(count, begin + _ROWS_AT_ONCE))]
            taken = [_linked(folder, real[_mixed(at) % len(real)], at, local.day_of(at)) for at in moments]
            async with service._db.write() as session:
                await shooting.add(session, service._user_id, taken)
    finally:
        await service.close()


def _drawn(album: Album, day: date) -> list[Real]:
    found = []
    for screen, app in _APPS.items():
        for variant in range(_VARIANTS):
            image = draw(screen, str(variant))
            encoded = picture.encoded(image, "webp", "medium")
            found.append((app, album.write(day, encoded.data, picture.thumbnail(image), "webp", None)))
    return found


def _mixed(at: datetime) -> int:
    return int(at.timestamp()) // 77 * 31


def _linked(folder: Path, real: Real, at: datetime, day: date) -> Taken:
    app, kept = real
    name = f"screenshots/{day}/{int(at.timestamp() * 1000):032x}"
    (folder / name).parent.mkdir(exist_ok=True, mode=0o700)
    os.link(folder / kept.file_path, folder / f"{name}.webp")
    os.link(folder / kept.thumbnail_path, folder / f"{name}.thumb.jpg")
    return Taken(
        captured_at=at, local_day=day, monitor=MONITORS[0], monitor_count=1, width=1920, height=1080, format="webp",
        file_path=f"{name}.webp", thumbnail_path=f"{name}.thumb.jpg", file_size=kept.file_size,
        thumbnail_size=kept.thumbnail_size, app_name=app, window_title=f"{app} at {at:%H:%M}",
        is_blurred=at.second % 20 == 0, is_sealed=False, trigger=Trigger.INTERVAL,
    )  # fmt: skip


async def _measure(folder: Path, now: datetime) -> None:
    service = await Service.open(open_data_dir(folder), record=False, clock=SettableClock(now))
    shots = service.screenshots
    month = ShotFilter(now - timedelta(days=30), now + timedelta(seconds=1))
    whole = ShotFilter(now - timedelta(days=DAYS + 1), now + timedelta(seconds=1))
    try:
        page = await shots.page(whole, 0, 60)
        await shots.hours(whole)  # sums that are behind are made once
        await _figure("Screenshots, first page of 200", 20, lambda: shots.page(whole, 0, 200))
        await _figure("Screenshots, last page of 200", 100, lambda: shots.page(whole, COUNT - 200, 200))
        await _figure("Screenshots, hours of a month", 60, lambda: shots.hours(month))
        await _figure("Screenshots, counts of a month", 100, lambda: shots.counts(month.start, month.end))
        await _figure("Screenshots, 60 thumbnails", 20, lambda: shots.thumbnails([shot.id for shot in page]))
        await _figure("Screenshots, forecast", 150, shots.forecast)
    finally:
        await service.close()


async def _figure(what: str, budget: float, ask: Callable[[], Awaitable[object]]) -> None:
    lengths = []
    for _ in range(5):
        began = time.perf_counter()
        await ask()
        lengths.append((time.perf_counter() - began) * 1000)
    print("figure", what, f"{sorted(lengths)[2]:.1f}", budget, "ms", f"{COUNT:,} screenshots", sep="\t", flush=True)


def main(folder: Path) -> None:
    """Make them and print the figures."""
    now = datetime(2026, 11, 19, 18, tzinfo=UTC)
    began = time.monotonic()
    made(folder, now)
    print(f"made in {time.monotonic() - began:.1f} s", flush=True)
    asyncio.run(_measure(folder, now))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
