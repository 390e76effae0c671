"""The gallery over a hundred thousand screenshots, off screen: python -m bench.gallery FOLDER."""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from qasync import QEventLoop

from bench.shots import COUNT, DAYS, made
from productify.clock import SettableClock
from productify.domain import ShotFilter
from productify.engine import EngineRoom
from productify.paths import open_data_dir
from productify.service import Service
from productify_ui.app import make_application
from productify_ui.bridge import Bridge
from productify_ui.housekeeping import GarbageTimer
from productify_ui.icons import Icons
from productify_ui.theme import Theme
from productify_ui.views.context import ViewContext
from productify_ui.views.gallery import GalleryPage
from productify_ui.views.gallery.canvas import ShotCanvas
from productify_ui.widgets.look import Look
from productify_ui.window import Window
from productify_ui.window_state import WindowState

_NOW = datetime(2026, 11, 19, 18, tzinfo=UTC)
_FRAMES = 500
_FRAME = 1 / 60


def main(folder: Path) -> None:
    """Make the screenshots if need be, and print the figures."""
    made(folder, _NOW)
    qt = make_application(["bench"])
    with asyncio.Runner(loop_factory=lambda: QEventLoop(qt)) as runner:
        runner.run(_measure(qt, folder))


async def _measure(qt, folder: Path) -> None:
    async def opened() -> Service:
        return await Service.open(open_data_dir(folder), record=False, clock=SettableClock(_NOW))

    room = EngineRoom(opened)
    bridge = Bridge(room)
    theme = Theme("dark")
    theme.apply(qt)
    theme.bring_fonts()
    context = ViewContext(bridge, Look(theme, Icons(), bridge), SettableClock(_NOW), bridge)
    room.start()
    await context.load()
    garbage = GarbageTimer(bridge, settling=200)
    garbage.start()
    window = Window(context, WindowState(theme="dark", page="screenshots"))
    window.resize(1440, 900)
    window.show()
    page = window.page
    assert isinstance(page, GalleryPage)
    await _until(lambda: page.settled)
    await _scroll_all(page.canvas, bridge)
    await _open_one(page)
    garbage.stop()
    window.close()
    bridge.close()
    room.stop()


async def _scroll_all(canvas: ShotCanvas, bridge: Bridge) -> None:
    """Scroll by the wheel through some days and by leaps through all of them, as fast as frames can come."""
    whole = ShotFilter(_NOW - timedelta(days=DAYS + 1), _NOW + timedelta(seconds=1))
    canvas.show_hours(await bridge.call(lambda service: service.screenshots.hours(whole)), whole)
    await _until(lambda: canvas.settled)
    bar = canvas.verticalScrollBar()
    count = canvas.grid.count
    assert count == COUNT, count
    before = _memory()
    wheel = await _frames(canvas, lambda: bar.setValue(bar.value() + 3 * bar.singleStep()))
    leap = bar.maximum() // _FRAMES
    bar.setValue(0)
    pages = await _frames(canvas, lambda: bar.setValue(bar.value() + leap))
    await _until(lambda: canvas.settled)
    grown = (_memory() - before) / 1e6
    detail = f"{count:,} screenshots"
    _figure("Gallery, wheel, p99 of a frame", wheel, 16, "ms", detail)
    _figure("Gallery, from end to end, p99 of a frame", pages, 16, "ms", detail)
    _figure("Gallery, memory that scrolling all of it adds", grown, 120, "MB", detail)


async def _frames(canvas: ShotCanvas, scroll: Callable[[], None]) -> float:
    """Return the p99 in milliseconds of a frame: from when it is due, 60 times a second, until it is painted.

    What else the loop has to do meanwhile, such as decoding, is in it as far as it keeps a frame waiting.
    """
    times = []
    due = time.perf_counter()
    for _ in range(_FRAMES):
        due = max(due + _FRAME, time.perf_counter())
        await asyncio.sleep(due - time.perf_counter())
        scroll()
        canvas.viewport().repaint()
        times.append(time.perf_counter() - due)
    return 1000 * statistics.quantiles(times, n=100)[-1]


@contextmanager
def _longest() -> Iterator[list[float]]:
    """Collect how long the loop did not turn."""
    gaps: list[float] = []

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            gaps.append(time.perf_counter() - before - 0.001)

    task = asyncio.get_running_loop().create_task(watch())
    try:
        yield gaps
    finally:
        task.cancel()


async def _open_one(page: GalleryPage) -> None:
    """Measure the longest block of the loop while pictures are opened one after the other."""
    shots = page.canvas.rows.known()[:20]
    with _longest() as gaps:
        for shot in shots:
            page.open_shot(shot)
            box = page.lightbox
            assert box is not None
            await _until(lambda box=box: box.stage.image is not None and box.settled)
    assert page.lightbox is not None
    page.lightbox.close_box()
    _figure("Lightbox, longest block while opening pictures", 1000 * max(gaps), 50, "ms", f"{len(shots)} pictures")


def _memory() -> int:
    """Return the resident bytes of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - a page tells no one when it is done
            await asyncio.sleep(0.005)


def _figure(what: str, measured: float, budget: float, unit: str, detail: str = "") -> None:
    print(f"figure\t{what}\t{measured:.1f}\t{budget}\t{unit}\t{detail}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
