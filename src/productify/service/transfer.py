"""Exports of everything recorded, and imports that never overlap what is there."""

import asyncio
import json
import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from productify.clock import Clock, LocalDays
from productify.domain import Activity, State
from productify.errors import KnownError
from productify.exchange import EXPORTERS, native, watch
from productify.exchange.format import Exporter, Names
from productify.ids import uuid7
from productify.service.wire import category_names
from productify.settings import Settings
from productify.store import activities, rules
from productify.store.database import Database
from productify.store.moving import moved
from productify.tracker.cuts import pieces
from productify.tracker.face import Face
from productify.tracker.perception import Perception
from productify.tracker.probe import Window

_log = logging.getLogger(__name__)
_PAGE = 2000
_LONGEST_NAME = 255
_STILL_RECORDING = timedelta(minutes=1)
"""Where the store holds something so young, a tracker, here or in another process, is still at it."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Whole files in and out."""

    db: Database
    user_id: str
    clock: Clock
    settings: Callable[[], Settings]
    local_days: Callable[[], LocalDays]

    async def export(self, form: str, target: Path) -> int:
        """Write every activity to `target` in the format `form` of EXPORTERS, whole or not at all; return how many.

        Raises KnownError where the file cannot be written.
        """
        async with self.db.read() as session:
            names = category_names(await rules.categories(session))
        with _whole_file(target) as file:
            return await self._write(file, EXPORTERS[form](file, Names(names, _host(), self.local_days().zone)))

    async def read(self, source: Path) -> int:
        """Add what an export of this app or of ActivityWatch holds; return how many activities were new.

        Where something is recorded already, that stays and the rest of a stretch is added around it. What is to come,
        and while something is being recorded the last minute, is left to the tracker. All or nothing.
        Raises KnownError where the file cannot be read or is neither.
        """
        document = await asyncio.to_thread(_load, source)
        if document.get("format") == native.FORMAT:
            given = _on_their_days(await asyncio.to_thread(native.read, document), self.local_days())
        elif "buckets" in document:
            given = await self._classified(await asyncio.to_thread(watch.read, document))
        else:
            raise KnownError(f"{source} is neither an export of Productify Pro nor of ActivityWatch.")
        return await self._add(given)

    async def _write(self, file: TextIO, exporter: Exporter) -> int:
        exporter.begin()
        count, after = 0, None
        while True:
            async with self.db.read() as session:
                page = await activities.page_forward(session, self.user_id, after=after, limit=_PAGE)
            await asyncio.to_thread(exporter.write, page)
            count += len(page)
            if len(page) < _PAGE:
                break
            after = (page[-1].start, page[-1].id)
        await asyncio.to_thread(exporter.end)
        await asyncio.to_thread(file.flush)
        return count

    async def _classified(self, seen: list[watch.Seen]) -> list[Activity]:
        async with self.db.read() as session:
            user_rules = await rules.user_rules(session, self.user_id)
        # Incognito is about what is on the screen now, not about what was recorded elsewhere before.
        perception = Perception(self.settings().with_value("incognito_mode", False), user_rules)
        days = self.local_days()
        return [
            _activity(replace(stretch, start=start, end=end), perception, days)
            for stretch in seen
            for start, end in pieces(days, stretch.start, stretch.end)
        ]

    async def _add(self, given: list[Activity]) -> int:
        if not given:
            return 0
        given.sort(key=lambda activity: activity.start)
        async with self.db.write() as session:
            now = self.clock.now()
            young = now - _STILL_RECORDING
            there = await activities.between(session, self.user_id, min(given[0].start, young), now, limit=None)
            given = _ended_by(young if any(row.end > young for row in there) else now, given)
            new = _beside(given, [watch.Seen(activity.start, activity.end, None) for activity in there])
            new = _with_free_ids(new, await activities.known(session, [activity.id for activity in new]))
            await activities.record(session, self.user_id, new)
        return len(new)


def _ended_by(end: datetime, given: list[Activity]) -> list[Activity]:
    """Return what of `given` lies before `end`."""
    return [replace(activity, end=min(activity.end, end)) for activity in given if activity.start < end]


def _on_their_days(given: list[Activity], days: LocalDays) -> list[Activity]:
    """Cut what another app recorded, whose days may begin at another hour, by the days of this one."""
    return [piece for activity in given for piece in moved(activity, days.day_start) or [activity]]


def _beside(given: list[Activity], taken: list[watch.Seen]) -> list[Activity]:
    """Return what is left of `given` beside the stretches `taken` and one another; both are in order."""
    new: list[Activity] = []
    reached = datetime.min.replace(tzinfo=UTC)
    for activity in given:
        whole = watch.Seen(max(activity.start, reached), activity.end, None)
        for piece in watch.without(whole, taken):
            if (piece.start, piece.end) == (activity.start, activity.end):
                new.append(activity)
            else:
                new.append(_with_new_id(replace(activity, start=piece.start, end=piece.end)))
        reached = max(reached, activity.end)
    return new


def _with_free_ids(given: list[Activity], taken: set[str]) -> list[Activity]:
    new: list[Activity] = []
    for activity in given:
        new.append(_with_new_id(activity) if activity.id in taken else activity)
        taken.add(activity.id)
    return new


def _with_new_id(activity: Activity) -> Activity:
    return replace(activity, id=uuid7(_milliseconds(activity.start)))


def _activity(seen: watch.Seen, perception: Perception, days: LocalDays) -> Activity:
    face = _face(seen, perception)
    return Activity(
        id=uuid7(_milliseconds(seen.start)),
        app_name=face.app_name,
        start=seen.start,
        end=seen.end,
        local_day=days.day_of(seen.start),
        tz_min=days.offset_minutes(seen.start),
        app_id=face.app_id,
        window_title=face.title,
        url=face.url,
        site=face.site,
        category=face.category,
        productivity=face.productivity,
        classified_by=face.classified_by,
        cause=face.cause,
    )


def _face(seen: watch.Seen, perception: Perception) -> Face:
    """Return what may be kept of `seen`, as if it were on the screen; its app's name is all that tells a browser."""
    if seen.app is None:
        return Face.of_state(State.AWAY)
    return perception.face(Window(seen.app, seen.app[:_LONGEST_NAME], seen.title, seen.url))


@contextmanager
def _whole_file(target: Path) -> Iterator[TextIO]:
    """Give a file that becomes `target` once all is written, and is gone otherwise; KnownError where it cannot."""
    draft = target.with_name(target.name + ".part")
    try:
        if target.exists() and not target.is_file():
            raise KnownError(f"{target} could not be written: it is no file.", "Name another place.")
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        os.replace(draft, target)
    except OSError as error:
        raise KnownError(f"{target} could not be written: {error.strerror}.", "Name another place.") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _load(source: Path) -> dict[str, Any]:
    try:
        document = json.loads(source.read_text("utf-8"))
    except OSError as error:
        raise KnownError(f"{source} cannot be read: {error.strerror}.", "Name another file.") from error
    except (ValueError, RecursionError) as error:
        raise KnownError(f"{source} is not a JSON file: {error}.", "Name another file.") from error
    return document if isinstance(document, dict) else {}


def _host() -> str:
    return socket.gethostname() or "this-computer"


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
