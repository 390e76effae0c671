"""What corrections take: python -m bench.editing FOLDER, whose record is left as it was."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from productify.clock import SystemClock
from productify.domain import Activity, EditScope, Verdict
from productify.paths import open_data_dir
from productify.service import Service

_ROUNDS = 5
_MANY = 1000
_VERDICT = Verdict("games", -2)


async def measure(folder: Path) -> None:
    """Print a figure a line: what undo, redo and the what-if of a rule take, in milliseconds."""
    service = await Service.open(open_data_dir(folder), record=False, clock=SystemClock())
    try:
        whole = await service.reports.all_time()
        assert whole is not None
        rows = await _newest(service, whole.last)
        editing = service.editing
        one = rows[len(rows) // 2]
        await editing.split(one.id, one.start + (one.end - one.start) / 2)
        _tell("Undo of one edit", await _there_and_back(service), 50)
        await editing.undo()
        ids = [row.id for row in rows[:_MANY]]
        await editing.change(ids, _VERDICT)
        _tell(f"Undo of a change of {len(ids)}", await _there_and_back(service), 300)
        await editing.undo()
        await editing.delete(ids)
        _tell(f"Undo of a deletion of {len(ids)}", await _there_and_back(service), 300)
        await editing.undo()
        for what, row in _examples(rows):
            took = [await _timed(lambda row=row: _preview(service, row)) for _ in range(_ROUNDS)]
            _tell(f"What a rule for {what} would move", median(took), 100)
    finally:
        await service.close()


async def _preview(service: Service, row: Activity) -> None:
    found = await service.editing.preview([row.id], _VERDICT, EditScope.PAST_TOO)
    assert found.milliseconds > 0


async def _newest(service: Service, last: Any) -> list[Activity]:
    rows: list[Activity] = []
    while len(rows) < 2 * _MANY:
        rows = [row for row in await service.reports.activities(last, last) if row.cause is None] + rows
        last -= timedelta(days=1)
    return rows


def _examples(rows: list[Activity]) -> list[tuple[str, Activity]]:
    app = next(row for row in rows if row.site is None)
    site = next(row for row in rows if row.site is not None)
    return [("an app", app), ("a site", site)]


async def _there_and_back(service: Service) -> float:
    """Return the median of undoing; what is undone is made anew each time."""
    took = []
    for _ in range(_ROUNDS):
        took.append(await _timed(service.editing.undo))
        await service.editing.redo()
    return median(took)


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await work()
    return (time.perf_counter() - start) * 1000


def _tell(what: str, milliseconds: float, budget: float) -> None:
    print(f"figure\t{what}\t{milliseconds}\t{budget}\tms\t", flush=True)


if __name__ == "__main__":
    asyncio.run(measure(Path(sys.argv[1])))
