"""Corrections of the record: by the running app where there is one, which knows what it records just now."""

import argparse
from collections.abc import Awaitable, Callable
from datetime import date, tzinfo
from typing import Any

from productify.cli.plain import duration
from productify.cli.rooms import Run
from productify.control import ask
from productify.domain import Done, Part
from productify.paths import DataDir

_CORRECTIONS = {
    "change": "a change", "split": "a split", "merge": "a merge", "trim": "a trim", "delete": "a deletion",
    "add": "an entry", "label": "a label", "copy": "a copy", "restore": "a restored day",
    "idle": "another idle timeout",
}  # fmt: skip


async def add(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Enter what a time was."""
    from productify.cli.reading import day_named  # what reads the store takes a third of a second to import
    from productify.cli.session import opened

    entry = " ".join(chosen.entry)
    async with opened(data_dir) as service:
        today = await service.reports.today()
        day = day_named(chosen.day, today) if chosen.day else today
        part = await service.editing.parse(entry, day)
        answer = ask(data_dir.control, "add", entry=entry, day=day.isoformat())
        if answer is None:
            await service.editing.add([part])
        print(_entered(part, service.local_days().zone, today))
    return 0


async def undo(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """Undo the newest correction."""
    return _say("Undone", await _done(data_dir, "undo", lambda editing: editing.undo()))


async def redo(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """Make the correction anew that was undone last."""
    return _say("Redone", await _done(data_dir, "redo", lambda editing: editing.redo()))


async def _done(data_dir: DataDir, command: str, work: Callable[[Any], Awaitable[Done]]) -> dict[str, Any]:
    answer = ask(data_dir.control, command)
    if answer is not None:
        return answer
    from productify.cli.session import opened
    from productify.service.wire import done_dict

    async with opened(data_dir) as service:
        return done_dict(await work(service.editing))


def _entered(part: Part, zone: tzinfo, today: date) -> str:
    """Return what was understood, with the date where it is not today's: a slip shows."""
    start, end = part.start.astimezone(zone), part.end.astimezone(zone)
    when = "" if start.date() == today else f"{start:%Y-%m-%d} "
    length = duration((part.end - part.start).total_seconds())
    return f"Entered {when}{start:%H:%M} - {end:%H:%M} ({length}) {part.name}."


def _say(how: str, done: dict[str, Any]) -> int:
    days = done["days"]
    when = f"{days[0]} to {days[-1]}" if len(days) > 1 else "".join(days)
    rows = "1 activity" if done["count"] == 1 else f"{done['count']} activities"
    stayed = " What was recorded there since has stayed." if done["kept"] else ""
    print(f"{how}: {_CORRECTIONS[done['kind']]}, {rows}, {when}.{stayed}")
    return 0


COMMANDS: dict[str, Run] = {"add": add, "undo": undo, "redo": redo}
