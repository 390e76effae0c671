"""Screenshots of the scripted service: rows and small pictures, none until a test puts some there."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from productify.domain import Shot, Trigger


def shot_at(moment: datetime, name: str = "VS Code", **more) -> Shot:
    """Return a shot of one of two monitors."""
    moment = moment.astimezone(UTC)
    values = {
        "seen_until": moment, "local_day": moment.date(), "monitor": "DP-1", "monitor_number": 1, "monitor_count": 2,
        "screen_width": 2560, "screen_height": 1440, "width": 1920, "height": 1080, "file_size": 184_000,
        "format": "webp", "app_name": name, "window_title": f"{name} at work", "category": "development",
        "productivity": 2, "is_blurred": False, "is_sealed": False, "trigger": Trigger.INTERVAL, **more,
    }  # fmt: skip
    return Shot(f"shot-{moment:%d-%H-%M-%S}", moment, **values)


def shots_every(start: datetime, end: datetime, minutes: int, **more) -> list[Shot]:
    """Return shots from one moment to another."""
    count = int((end - start) / timedelta(minutes=minutes))
    return [shot_at(start + timedelta(minutes=minutes * index), **more) for index in range(count)]


def jpeg(colour: str = "#2B3A55", width: int = 480, height: int = 270) -> bytes:
    """Return a small picture of one colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return bytes(buffer.data().data())


@dataclass
class Screenshots:
    """Answers about `shots`, kept in the order of their moments."""

    shots: list[Shot] = field(default_factory=list)
    colours: dict[str, str] = field(default_factory=dict)
    """Of the thumbnails that have another one than usual."""
    held: bool = False
    """While so, thumbnails are read but not handed out."""

    async def between(self, start: datetime, end: datetime) -> tuple[Shot, ...]:
        return tuple(shot for shot in self.shots if start <= shot.captured_at < end)

    async def thumbnails(self, ids: Sequence[str]) -> dict[str, bytes]:
        known = {shot.id for shot in self.shots}
        found = {shot_id: jpeg(self.colours.get(shot_id, "#2B3A55")) for shot_id in ids if shot_id in known}
        while self.held:  # noqa: ASYNC110 - whoever lets go is on another thread
            await asyncio.sleep(0.002)
        return found
