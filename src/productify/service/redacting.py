"""Blurring and covering pictures that are stored, for good: the old pixels are nowhere afterwards."""

import asyncio
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from productify.capture.album import SEALED, Album, Kept, Seal
from productify.domain import Rect
from productify.errors import KnownError
from productify.service.sealing import Sealing
from productify.store import screenshots, shot_keeping, shot_texts
from productify.store.database import Database
from productify.store.overwriting import overwriting
from productify.store.screenshots import Files

Told = Callable[[int, int], None]
"""Hears how many pictures are done, and how many there are."""

Box = tuple[float, float, float, float]
"""Left, top, width and height, as fractions of a picture."""

_QUALITY = "high"
"""As it was, in pixels and looks: what is written anew must not get worse each time."""

_MOST_FAILURES = 2


@dataclass(frozen=True, slots=True)
class _Redrawn:
    """A picture in its new files."""

    kept: Kept
    width: int
    height: int


@dataclass(slots=True)
class Redacting:
    """Writes pictures anew: first the new file, then the row, and the old file goes last.

    So a kill never loses a picture; the file that nothing names then is deleted at the next start.
    """

    db: Database
    user_id: str
    album: Album
    sealing: Sealing
    _stopped: bool = field(default=False, init=False)
    _words_went: bool = field(default=False, init=False)
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def stop(self) -> None:
        """Stop the blurring that is going on after the picture it is at; what is blurred stays so."""
        self._stopped = True

    async def blur(self, ids: Sequence[str], told: Told | None = None) -> int:
        """Blur pictures one by one, and return how many there were; what is gone already is left out."""
        return await self._redraw(ids, None, told)

    async def cover(self, shot_id: str, boxes: Sequence[Box]) -> None:
        """Paint over parts of a picture; raises KnownError where no box covers any of it, or it is gone."""
        if not any(map(_has_area, boxes)):
            raise KnownError("Nothing is covered by these boxes.", "Draw one over what shall not be seen.")
        if not await self._redraw([shot_id], boxes, None):
            raise KnownError("This screenshot is no longer there.")

    async def _redraw(self, ids: Sequence[str], boxes: Sequence[Box] | None, told: Told | None) -> int:
        async with self._alone:
            self._stopped = False
            async with self.db.read() as session:
                wanted = await screenshots.files(session, self.user_id, ids)
            try:
                return await self._each(wanted, boxes, told)
            finally:
                await self._forget_words()

    async def _each(self, wanted: Sequence[Files], boxes: Sequence[Box] | None, told: Told | None) -> int:
        """Write the pictures anew; one that cannot be read does not keep the others from it, but is told of."""
        seal = await self.sealing.for_new() or await self.sealing.for_paths(each.file_path for each in wanted)
        count, failed = 0, list[KnownError]()
        for number, each in enumerate(wanted, start=1):
            try:
                count += await self._one(each, boxes, seal)
            except KnownError as error:
                failed.append(error)
            if told is not None:
                told(number, len(wanted))
            if self._stopped or len(failed) > _MOST_FAILURES:
                break
        if failed:
            raise failed[0]
        return count

    async def _one(self, old: Files, boxes: Sequence[Box] | None, seal: Seal | None) -> bool:
        """Write one anew and return whether it was there; what fails after the new files leaves those to the mend."""
        try:
            new = await asyncio.to_thread(self._redrawn, old, boxes, seal)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise KnownError(
                f"A screenshot could not be written anew: {error.strerror or error}.",
                "It may be damaged, or the disk full.",
            ) from error
        async with self.db.write() as session, overwriting(session):
            blurred = await shot_keeping.blur(session, self.user_id, old.id, old.file_path, _columns(new))
        if blurred is not None:
            self._words_went |= blurred.words_went
        unwanted = old.paths if blurred is not None else [new.kept.file_path, new.kept.thumbnail_path]
        await asyncio.to_thread(self.album.delete, unwanted)
        return blurred is not None

    def _redrawn(self, old: Files, boxes: Sequence[Box] | None, seal: Seal | None) -> _Redrawn:
        """Write the new files and return what they are; blocks."""
        from productify.capture import picture  # Pillow takes its time, and 10 MB

        seen = picture.decoded(self.album.read(old.file_path, seal))
        if boxes is None:
            drawn = picture.blurred(seen)
        else:
            drawn = picture.covered(seen, _rects(boxes, seen.width, seen.height))
        made = picture.encoded(drawn, old.format, _QUALITY)
        sealed_with = seal if old.is_sealed or self.sealing.is_wanted else None
        kept = self.album.replace(old.file_path, made.data, picture.thumbnail(drawn), old.format, sealed_with)
        return _Redrawn(kept, made.width, made.height)

    async def _forget_words(self) -> None:
        """Let nothing of what was read in the old pictures stay in the database's file."""
        if not self._words_went:
            return
        async with self.db.write() as session, overwriting(session):
            await shot_texts.repack(session)
        self._words_went = False
        await self.db.checkpoint(emptying=True)


def _columns(new: _Redrawn) -> dict[str, object]:
    return {
        "file_path": new.kept.file_path,
        "thumbnail_url": new.kept.thumbnail_path,
        "file_size": new.kept.file_size,
        "thumbnail_size": new.kept.thumbnail_size,
        "width": new.width,
        "height": new.height,
        "is_sealed": new.kept.file_path.endswith(SEALED),
    }


def _has_area(box: Box) -> bool:
    left, top, width, height = box
    return width > 0 and height > 0 and left < 1 and top < 1 and left + width > 0 and top + height > 0


def _rects(boxes: Iterable[Box], width: int, height: int) -> list[Rect]:
    """Return the boxes in whole pixels, rather a pixel too large than too small."""
    found = []
    for left, top, wide, high in filter(_has_area, boxes):
        first, upper = max(0, math.floor(left * width)), max(0, math.floor(top * height))
        last, lower = min(width, math.ceil((left + wide) * width)), min(height, math.ceil((top + high) * height))
        found.append(Rect(first, upper, last - first, lower - upper))
    return found
