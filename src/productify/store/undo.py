"""Going back over a step and forward again, without losing what was recorded since.

What a step left need not be what is there now: the running activity grew, an absence or another day start cut it, an
import filled a hole. So a turn never writes an image blindly:

- What grew stays covered: the row that ends where the growing one ended takes its growth over.
- What lies there now and is none of the step's stays, and what comes back is cut around it.
- What is gone for ever stays gone.

Wherever that made a difference, the step is logged anew as what the turn really did, so that the way back is exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Activity, Done
from productify.ids import uuid7
from productify.store import activities, cutting, edits, images
from productify.store.edits import Change
from productify.store.images import ACTIVITIES, RULES, Image
from productify.store.moving import moved
from productify.store.schema import Edit, EditBatch
from productify.store.schema.types import EPOCH, MILLISECOND

_NEAR = 3_600_000
"""Milliseconds between two stretches that are read in one go."""

_GEOMETRY = {"start_time", "end_time", "local_day", "tz_min"}


@dataclass(frozen=True, slots=True)
class Turned:
    """The step that was turned, the stretches (UTC) that have an answer by it, and whether it changed rules."""

    done: Done
    stretches: tuple[tuple[datetime, datetime], ...]
    rules: bool


async def turn(session: AsyncSession, batch: EditBatch, day_start: time, undone_at: datetime | None) -> Turned:
    """Undo a step, or with `undone_at` None redo it."""
    made = await edits.of_batch(session, batch.id)
    way = [change.turned() if undone_at else change for change in made]
    rules = [change for change in way if change.table is RULES]
    took = [change for change in way if change.table is ACTIVITIES]
    await _turn_rules(session, batch.user_id, rules)
    old = await images.stored(session, ACTIVITIES, batch.user_id, [change.row_id for change in took])
    new, kept = await _targets(session, batch.user_id, took, old, day_start)
    await images.store(session, ACTIVITIES, old, new)
    days = await edits.touch(session, batch.user_id, old, new)
    real = edits.changes(ACTIVITIES, old, new)
    if _differ(real, took):
        await _log_anew(session, batch, [change.turned() if undone_at else change for change in real])
    if days:
        batch.days = sorted({*batch.days, *(day.isoformat() for day in days)})
    batch.undone_at = undone_at
    await session.flush()
    stretches = tuple((_moment(row["start_time"]), _moment(row["end_time"])) for row in new.values() if row is not None)
    return Turned(edits.as_done(batch, kept=kept), stretches, bool(rules))


async def _turn_rules(session: AsyncSession, user_id: str, way: Sequence[Change]) -> None:
    old = await images.stored(session, RULES, user_id, [change.row_id for change in way])
    await images.store(session, RULES, old, {change.row_id: _target(change, old.get(change.row_id)) for change in way})


async def _targets(
    session: AsyncSession, user_id: str, way: Sequence[Change], old: Mapping[str, Image], day_start: time
) -> tuple[dict[str, Image | None], bool]:
    """Return what every row that is touched becomes, and whether something in the way stayed."""
    new = {change.row_id: _target(change, old.get(change.row_id)) for change in way}
    _pass_growth_on(way, old, new)
    laid = [image for row_id, image in new.items() if image is not None and _lies_anew(old.get(row_id), image)]
    dated = [piece for image in laid for piece in _on_its_days(image, day_start)]
    others = await _others(session, user_id, dated, new.keys())
    left = [piece for image in dated for piece in _beside(image, others)]
    for image in laid:
        new[image["id"]] = None
    new.update({image["id"]: image for image in left})
    return new, _time(left) < _time(dated)


def _target(change: Change, there: Image | None) -> Image | None:
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


def _beside(image: Image, others: Sequence[tuple[datetime, datetime]]) -> list[Image]:
    """Return what is left of a row beside what lies there."""
    start, end = _moment(image["start_time"]), _moment(image["end_time"])
    if start == end:
        return [image]
    pieces = cutting.without(start, end, others)
    ids = [image["id"], *(uuid7(_milliseconds(begin)) for begin, _ in pieces[1:])]
    return [_piece(image, row_id, *piece, image["local_day"]) for row_id, piece in zip(ids, pieces, strict=False)]


async def _others(
    session: AsyncSession, user_id: str, laid: Sequence[Image], own: Any
) -> list[tuple[datetime, datetime]]:
    """Return the stretches of activities that are none of the step's, where something is to lie, in order."""
    found: dict[str, tuple[datetime, datetime]] = {}
    for start, end in _neighbourhoods(laid):
        for row in await activities.between(session, user_id, start, end, limit=None):
            if row.id not in own:
                found[row.id] = (row.start, row.end)
    return sorted(found.values())


def _neighbourhoods(laid: Sequence[Image]) -> list[tuple[datetime, datetime]]:
    """Return few stretches that cover all of `laid` without reading much between them."""
    whole: list[tuple[int, int]] = []
    for image in sorted(laid, key=lambda image: image["start_time"]):
        start, end = image["start_time"], image["end_time"]
        if whole and start - whole[-1][1] <= _NEAR:
            start, end = whole[-1][0], max(end, whole.pop()[1])
        whole.append((start, end))
    return [(_moment(start), _moment(end)) for start, end in whole]


async def _log_anew(session: AsyncSession, batch: EditBatch, made: Sequence[Change]) -> None:
    await session.execute(delete(Edit).where(Edit.batch == batch.id, Edit.table_name == ACTIVITIES.name))
    await edits.keep(session, batch, made)


def _differ(made: Sequence[Change], logged: Sequence[Change]) -> bool:
    one, other = ({change.row_id: (change.before, change.after) for change in side} for side in (made, logged))
    return one != other


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
