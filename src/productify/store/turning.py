"""The way from what the record is to what a step says it was, without losing what was recorded since.

What a step left need not be what is there now: the running activity grew, an absence or another day start cut it, an
import filled a hole. So images are never written blindly:

- What grew stays covered: the row that ends where the growing one ended takes its growth over.
- What lies there now and is none of the step's stays, and what comes back is cut around it.
- What is gone for ever stays gone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Activity
from productify.ids import uuid7
from productify.store import activities, cutting, edits, images
from productify.store.cutting import Stretch
from productify.store.edits import Change
from productify.store.images import ACTIVITIES, Image
from productify.store.moving import moved
from productify.store.schema.types import EPOCH, MILLISECOND

_NEAR = 3_600_000
"""Milliseconds between two stretches that are read in one go."""

_GEOMETRY = {"start_time", "end_time", "local_day", "tz_min"}


@dataclass(frozen=True, slots=True)
class Turn:
    """What activities are and what they become; `kept` tells that something in the way stayed."""

    old: dict[str, Image]
    new: dict[str, Image | None]
    kept: bool

    @classmethod
    async def of(cls, session: AsyncSession, user_id: str, way: Sequence[Change], day_start: time) -> "Turn":
        """Return what has to be done to go `way` from what is there now."""
        old = await images.stored(session, ACTIVITIES, user_id, [change.row_id for change in way])
        new, kept = await _targets(session, user_id, way, old, day_start)
        return cls(old, new, kept)

    @property
    def made(self) -> list[Change]:
        """What differs."""
        return edits.changes(ACTIVITIES, self.old, self.new)

    @property
    def stretches(self) -> list[Stretch]:
        """The time that has an answer by it, UTC."""
        there = [image for image in self.new.values() if image is not None]
        return [(_moment(image["start_time"]), _moment(image["end_time"])) for image in there]

    async def write(self, session: AsyncSession, user_id: str) -> list[date]:
        """Do it, and return the local days that it touched."""
        await images.store(session, ACTIVITIES, self.old, self.new)
        return await edits.touch(session, user_id, self.old, self.new)


async def _targets(
    session: AsyncSession, user_id: str, way: Sequence[Change], old: Mapping[str, Image], day_start: time
) -> tuple[dict[str, Image | None], bool]:
    """Return what every row that is touched becomes, and whether something in the way stayed."""
    new = {change.row_id: target(change, old.get(change.row_id)) for change in way}
    _pass_growth_on(way, old, new)
    laid = [image for row_id, image in new.items() if image is not None and _lies_anew(old.get(row_id), image)]
    dated = [piece for image in laid for piece in _on_its_days(image, day_start)]
    others = await _others(session, user_id, dated, new.keys())
    left = [piece for image in dated for piece in _beside(image, others)]
    for image in laid:
        new[image["id"]] = None
    new.update({image["id"]: image for image in left})
    return new, _time(left) < _time(dated)


def target(change: Change, there: Image | None) -> Image | None:
    """Return what a row becomes; one that is gone cannot be changed any more."""
    if change.after is None or (there is None and change.before is not None):
        return None
    return {**(there or {}), **change.after}


def _pass_growth_on(way: Sequence[Change], old: Mapping[str, Image], new: dict[str, Image | None]) -> None:
    """Keep covered what a row of the step has covered since."""
    for change in way:
        there = old.get(change.row_id)
        known = (change.before or {}).get("end_time")
        if there is None or known is None or there["end_time"] <= known:
            continue
        heir = next((image for image in new.values() if image is not None and image["end_time"] == known), None)
        if heir is None:
            heir = {**there, "id": uuid7(known), "start_time": known}
        new[heir["id"]] = _timed(heir, heir["start_time"], there["end_time"])


def _lies_anew(was: Image | None, image: Image) -> bool:
    return was is None or any(was[name] != image[name] for name in _GEOMETRY)


def _on_its_days(image: Image, day_start: time) -> list[Image]:
    """Return what comes back cut by the day start of now, which may have been another one then."""
    pieces = moved(_activity(image), day_start)
    return [_piece(image, piece.id, piece.start, piece.end, piece.local_day.isoformat()) for piece in pieces] or [image]


def _beside(image: Image, others: Sequence[Stretch]) -> list[Image]:
    """Return what is left of a row beside what lies there."""
    start, end = _moment(image["start_time"]), _moment(image["end_time"])
    if start == end:
        return [image]
    pieces = cutting.without(start, end, others)
    ids = [image["id"], *(uuid7(_milliseconds(begin)) for begin, _ in pieces[1:])]
    return [_piece(image, row_id, *piece, image["local_day"]) for row_id, piece in zip(ids, pieces, strict=False)]


async def _others(session: AsyncSession, user_id: str, laid: Sequence[Image], own: Collection[str]) -> list[Stretch]:
    """Return the stretches of activities that are none of the step's, where something is to lie, in order."""
    found: dict[str, Stretch] = {}
    for start, end in _neighbourhoods(laid):
        for row in await activities.between(session, user_id, start, end, limit=None):
            if row.id not in own:
                found[row.id] = (row.start, row.end)
    return sorted(found.values())


def _neighbourhoods(laid: Sequence[Image]) -> list[Stretch]:
    """Return few stretches that cover all of `laid` without reading much between them."""
    whole: list[tuple[int, int]] = []
    for image in sorted(laid, key=lambda image: image["start_time"]):
        start, end = image["start_time"], image["end_time"]
        if whole and start - whole[-1][1] <= _NEAR:
            start, end = whole[-1][0], max(end, whole.pop()[1])
        whole.append((start, end))
    return [(_moment(start), _moment(end)) for start, end in whole]


def _activity(image: Image) -> Activity:
    """Return a row's time and place alone."""
    return Activity(
        id=image["id"],
        app_name=image["app_name"],
        start=_moment(image["start_time"]),
        end=_moment(image["end_time"]),
        local_day=date.fromisoformat(image["local_day"]),
        tz_min=image["tz_min"],
    )


def _piece(image: Image, row_id: str, start: datetime, end: datetime, local_day: str) -> Image:
    return {**_timed(image, _milliseconds(start), _milliseconds(end)), "id": row_id, "local_day": local_day}


def _timed(image: Image, start: int, end: int) -> Image:
    return {**image, "start_time": start, "end_time": end, "duration": (end - start + 500) // 1000}


def _time(laid: Sequence[Image]) -> int:
    return sum(image["end_time"] - image["start_time"] for image in laid)


def _moment(milliseconds: int) -> datetime:
    return EPOCH + milliseconds * MILLISECOND


def _milliseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MILLISECOND
