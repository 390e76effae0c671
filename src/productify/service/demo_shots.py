"""Pictures of the made-up person's screens, written as the camera writes real ones."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from productify.capture.album import Album
from productify.clock import LocalDays
from productify.demo import Moment, Picture, pictured
from productify.domain import Skipped
from productify.errors import KnownError
from productify.store import shooting
from productify.store.database import Database
from productify.store.shooting import Taken

_KIND, _QUALITY = "webp", "medium"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A picture ready to be written; many screens of a day look the same."""

    data: bytes
    thumbnail: bytes
    width: int
    height: int


@dataclass(slots=True)
class DemoShots:
    """Writes pictures and what was skipped, a day at a time."""

    db: Database
    user_id: str
    album: Album
    local_days: Callable[[], LocalDays]
    _drawn: dict[tuple[str, int, bool], _Drawn] = field(default_factory=dict, init=False)

    async def write(self, moments: Sequence[Moment], seed: int) -> int:
        """Write what was pictured of a day and return how many pictures there are."""
        made = list(pictured(moments, seed))
        pictures = [each for each in made if isinstance(each, Picture)]
        try:
            taken = await asyncio.to_thread(self._kept, pictures, self.local_days())
        except OSError as error:
            raise KnownError(f"The screenshots could not be written: {error.strerror}.", "Free some space.") from error
        async with self.db.write() as session:
            if taken:
                ids = await shooting.add(session, self.user_id, taken)
                for shot_id, each in zip(ids, pictures, strict=True):
                    await shooting.extend_seen(session, shot_id, each.seen_until)
            for skip in made:
                if isinstance(skip, Skipped):
                    row = await shooting.add_skip(session, self.user_id, skip.reason, skip.monitor, skip.start)
                    for _more in range(1, skip.count):
                        await shooting.extend_skip(session, row, skip.end)
        return len(taken)

    def _kept(self, pictures: Sequence[Picture], days: LocalDays) -> list[Taken]:
        return [self._keep(each, days) for each in pictures]

    def _keep(self, picture: Picture, days: LocalDays) -> Taken:
        drawn, day = self._draw(picture), days.day_of(picture.at)
        kept = self.album.write(day, drawn.data, drawn.thumbnail, _KIND, None)
        return Taken(
            captured_at=picture.at,
            local_day=day,
            monitor=picture.monitor,
            monitor_count=picture.monitor_count,
            width=drawn.width,
            height=drawn.height,
            format=_KIND,
            file_path=kept.file_path,
            thumbnail_path=kept.thumbnail_path,
            file_size=kept.file_size,
            thumbnail_size=kept.thumbnail_size,
            app_name=picture.moment.app_name,
            window_title=picture.moment.title,
            is_blurred=picture.is_blurred,
            is_sealed=False,
            trigger=picture.trigger,
        )

    def _draw(self, picture: Picture) -> _Drawn:
        from productify.capture import picture as pixels  # Pillow is loaded where something is drawn, and not before
        from productify.demo import screens

        moment = picture.moment
        if picture.is_beside:
            screen = screens.screen_beside(picture.variant)
        else:
            screen = screens.screen_of(moment.app_name, moment.url)
        key = (str(screen), picture.variant, picture.is_blurred)
        if key not in self._drawn:
            image = screens.draw(screen, str(picture.variant))
            if picture.is_blurred:
                image = pixels.blurred(image)
            made = pixels.encoded(image, _KIND, _QUALITY)
            self._drawn[key] = _Drawn(made.data, pixels.thumbnail(image), made.width, made.height)
        return self._drawn[key]
