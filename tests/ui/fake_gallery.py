"""The gallery of the scripted service: the same rows, narrowed, trashed, blurred and counted."""

import asyncio
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from PIL import Image

from productify.domain import (
    Capability,
    Forecast,
    Health,
    KeyPlace,
    Shot,
    ShotCounts,
    ShotFilter,
    ShotHour,
    Skipped,
    Word,
)
from productify.errors import KnownError
from ui.fake_shots import Screenshots

_GIGABYTE = 1_000_000_000


@dataclass
class Gallery(Screenshots):
    """Takes note in `log` of what it was asked to change; `refusal` is what a picture by hand meets."""

    log: list[tuple] = field(default_factory=list)
    trashed: list[Shot] = field(default_factory=list)
    skips: tuple[Skipped, ...] = ()
    place: KeyPlace | None = None
    words: dict[str, tuple[Word, ...]] = field(default_factory=dict)
    refusal: KnownError | None = None
    gone: set[str] = field(default_factory=set)
    """Shots whose files are not there."""
    unblurrable: set[str] = field(default_factory=set)
    """Shots that cannot be written anew, which is told once the others are blurred."""
    is_stopped: bool = False
    """Whether the blurring was asked to end."""
    asked: list[tuple[str, ...]] = field(default_factory=list)
    """The thumbnails that were asked for, by batch."""

    async def thumbnails(self, ids: Sequence[str]) -> dict[str, bytes]:
        self.asked.append(tuple(ids))
        found = await super().thumbnails(ids)
        return {shot_id: data for shot_id, data in found.items() if shot_id not in self.gone}

    async def counts(self, start: datetime, end: datetime) -> ShotCounts:
        shots = await self.between(start, end)
        names = (Counter(shot.app_name for shot in shots), Counter(shot.category for shot in shots),
                 Counter(shot.monitor for shot in shots))  # fmt: skip
        return ShotCounts(
            len(shots), sum(shot.is_blurred for shot in shots), *(tuple(each.most_common()) for each in names)
        )

    async def hours(self, which: ShotFilter) -> tuple[ShotHour, ...]:
        found = Counter(shot.captured_at.replace(minute=0, second=0) for shot in self._matching(which))
        return tuple(ShotHour(hour, found[hour], 42 * 60_000) for hour in sorted(found, reverse=True))

    async def page(self, which: ShotFilter, offset: int, limit: int) -> tuple[Shot, ...]:
        return tuple(self._matching(which)[::-1][offset : offset + limit])

    async def shot(self, shot_id: str) -> Shot | None:
        return next((shot for shot in self.shots if shot.id == shot_id), None)

    async def picture(self, shot_id: str) -> bytes:
        if shot_id in self.gone:
            raise KnownError("This screenshot's file is no longer there.", "It may have been deleted.")
        out = io.BytesIO()
        Image.new("RGB", (1920, 1080), (43, 58, 85)).save(out, "WEBP", quality=50)
        return out.getvalue()

    async def trash(self, ids: Sequence[str]) -> int:
        self.log.append(("trash", *sorted(ids)))
        moved = [shot for shot in self.shots if shot.id in ids]
        self.trashed += moved
        self.shots[:] = [shot for shot in self.shots if shot.id not in ids]
        return len(moved)

    async def restore(self, ids: Sequence[str]) -> int:
        self.log.append(("restore", *sorted(ids)))
        back = [shot for shot in self.trashed if shot.id in ids]
        self.shots[:] = sorted([*self.shots, *back], key=lambda shot: shot.captured_at)
        return len(back)

    async def blur(self, ids: Sequence[str], told: Callable[[int, int], None] | None = None) -> int:
        """Blur them one by one; while `held`, the second one waits."""
        self.log.append(("blur", *sorted(ids)))
        self.is_stopped, count = False, 0
        for number, shot_id in enumerate(ids, start=1):
            if shot_id not in self.unblurrable:
                self.shots[:] = [replace(shot, is_blurred=shot.is_blurred or shot.id == shot_id) for shot in self.shots]
                count += 1
            if told is not None:
                told(number, len(ids))
            while self.held and not self.is_stopped:  # noqa: ASYNC110 - whoever lets go is on another thread
                await asyncio.sleep(0.002)
            if self.is_stopped:
                break
        if self.unblurrable & set(ids):
            raise KnownError("A screenshot could not be written anew.", "It may be damaged.")
        return count

    def stop_blurring(self) -> None:
        self.is_stopped = True

    async def cover(self, shot_id: str, boxes: Sequence[tuple[float, float, float, float]]) -> Shot:
        self.log.append(("cover", shot_id, tuple(boxes)))
        self.shots[:] = [replace(shot, is_blurred=shot.is_blurred or shot.id == shot_id) for shot in self.shots]
        return next(shot for shot in self.shots if shot.id == shot_id)

    async def count_of_app(self, app_name: str) -> int:
        return sum(shot.app_name == app_name for shot in self.shots)

    async def trash_app(self, app_name: str) -> int:
        return await self.trash([shot.id for shot in self.shots if shot.app_name == app_name])

    async def blur_app(self, app_name: str, told: Callable[[int, int], None] | None = None) -> int:
        return await self.blur([shot.id for shot in self.shots if shot.app_name == app_name], told)

    async def forecast(self) -> Forecast:
        used = sum(shot.file_size for shot in self.shots)
        return Forecast(used, 5 * _GIGABYTE, len(self.shots), 1_200_000_000 if self.shots else None, 60, 30)

    async def skipped(self, start: datetime, end: datetime) -> tuple[Skipped, ...]:
        return tuple(each for each in self.skips if each.start < end and each.end > start)

    async def key_place(self) -> KeyPlace | None:
        return self.place

    async def take_now(self) -> int:
        if self.refusal is not None:
            raise self.refusal
        self.log.append(("take_now",))
        return 2

    async def pause(self, until: datetime | None) -> None:
        self.log.append(("pause", until))

    async def resume(self) -> None:
        self.log.append(("resume",))

    def _matching(self, which: ShotFilter) -> list[Shot]:
        return [
            shot
            for shot in self.shots
            if which.start <= shot.captured_at < which.end
            and which.app_name in (None, shot.app_name)
            and which.category in (None, shot.category)
            and which.blurred in (None, shot.is_blurred)
            and which.monitor in (None, shot.monitor)
            and (which.text is None or which.text in f"{shot.window_title} {shot.app_name} {self.said(shot.id)}")
        ]

    def said(self, shot_id: str) -> str:
        """Return the words that were read in a picture."""
        return " ".join(word.text for word in self.words.get(shot_id, ()))


@dataclass
class Words:
    """Whether words can be read, and those that were."""

    gallery: Gallery
    reader: Capability = Capability("words", "Words in screenshots", Health.WORKS, "Tesseract")  # noqa: RUF009

    async def capability(self) -> Capability:
        return self.reader

    async def words_of(self, shot_id: str, typed: str) -> tuple[Word, ...]:
        return tuple(word for word in self.gallery.words.get(shot_id, ()) if word.text.startswith(typed))
