"""What the tests of stored screenshots share: a gallery over real files, and pictures for it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from productify.capture import picture
from productify.clock import SettableClock
from productify.domain import Monitor, Rect, ShotFilter, Trigger
from productify.keys import Keys
from productify.service import Service
from productify.store import shooting
from productify.store.schema import Screenshot
from productify.store.shooting import Taken
from service.rig import NOON, reading

RED, GREEN = (250, 10, 20), (20, 240, 10)
MONITOR = Monitor(1, "DP-1", Rect(0, 0, 320, 180))
DAY = ShotFilter(NOON - timedelta(hours=12), NOON + timedelta(hours=12))


def screen() -> Image.Image:
    """Return a dark screen with red and green stripes in its middle, which blurring makes one colour of."""
    whole = Image.new("RGB", (320, 180), (20, 20, 24))
    whole.paste(GREEN, (112, 64, 208, 112))
    for left in range(112, 208, 16):
        whole.paste(RED, (left, 64, left + 8, 112))
    return whole


def near(image: Image.Image, colour: tuple[int, int, int]) -> int:
    """Return how many pixels are nearly of a colour."""
    pixels = image.convert("RGB").get_flattened_data()
    return sum(all(abs(a - b) < 60 for a, b in zip(pixel, colour, strict=True)) for pixel in pixels)


@dataclass
class Gallery:
    """A service with pictures in it."""

    service: Service
    clock: SettableClock

    async def keep(self, at: datetime, app: str | None = "Editor", kind: str = "webp", **more: Any) -> str:
        """Store a picture as the camera does, and return its id."""
        shots = self.service.screenshots
        made = picture.encoded(screen(), kind, "medium")
        seal = await shots.sealing.for_new()
        day = self.service.local_days().day_of(at)
        kept = shots.album.write(day, made.data, picture.thumbnail(screen()), kind, seal)
        taken = Taken(
            captured_at=at, local_day=day, monitor=MONITOR, monitor_count=1, width=made.width, height=made.height,
            format=kind, app_name=app, window_title="a.py", is_blurred=False, is_sealed=seal is not None,
            trigger=Trigger.INTERVAL, **{**{name: getattr(kept, name) for name in kept.__slots__}, **more},
        )  # fmt: skip
        async with self.service._db.write() as session:
            (shot_id,) = await shooting.add(session, self.service._user_id, [taken])
        return shot_id

    async def ids(self) -> list[str]:
        """Return all that are not in the trash, the oldest first."""
        query = select(Screenshot.id).where(Screenshot.trashed_at.is_(None)).order_by(Screenshot.captured_at)
        async with self.service._db.read() as session:
            return list(await session.scalars(query))

    async def rows(self) -> int:
        async with self.service._db.read() as session:
            return await session.scalar(select(func.count()).select_from(Screenshot)) or 0

    def files(self) -> list[Path]:
        return sorted(path for path in self.service.data_dir.screenshots.rglob("*") if path.is_file())

    def held(self) -> bytes:
        """Return all that the database's files hold, what was deleted and not overwritten too."""
        return b"".join(path.read_bytes() for path in sorted(self.service.data_dir.root.glob("productify.db*")))

    async def image(self, shot_id: str) -> Image.Image:
        return picture.decoded(await self.service.screenshots.picture(shot_id))

    async def thumbnail(self, shot_id: str) -> Image.Image:
        return picture.decoded((await self.service.screenshots.thumbnails([shot_id]))[shot_id])


@pytest.fixture
async def gallery(tmp_path: Path) -> AsyncIterator[Gallery]:
    """A service over an empty folder, without a keyring."""
    clock = SettableClock(NOON)
    async with reading(tmp_path, clock) as service:
        service.screenshots.sealing.keys = Keys(tmp_path, lambda: iter(()))
        yield Gallery(service, clock)
