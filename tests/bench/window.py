"""The window over much data, off screen: python -m bench.window FOLDER."""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from qasync import QEventLoop

from productify.clock import SystemClock
from productify.domain import PeriodKind
from productify.engine import EngineRoom
from productify.paths import DataDir
from productify.service import Service
from productify_ui.app import make_application
from productify_ui.bridge import Bridge
from productify_ui.icons import Icons
from productify_ui.theme import Theme
from productify_ui.views.context import ViewContext
from productify_ui.views.dashboard.page import DashboardPage, read
from productify_ui.views.timeline.page import TimelinePage
from productify_ui.widgets.look import Look
from productify_ui.window import Window
from productify_ui.window_state import WindowState

_LOOKS = 15
_FRAMES = 400
_BUDGETS = {PeriodKind.DAY: 20, PeriodKind.MONTH: 30, PeriodKind.YEAR: 60}


def main(data: Path) -> None:
    """Print the figures."""
    qt = make_application(["bench"])
    with asyncio.Runner(loop_factory=lambda: QEventLoop(qt)) as runner:
        runner.run(_measure(qt, DataDir(data)))


async def _measure(qt, data: DataDir) -> None:
    async with _window(qt, data) as window:
        today = await window.context.bridge.call(lambda service: service.reports.today())
        for kind, budget in _BUDGETS.items():
            _figure(f"Dashboard, {kind.value}, to painted values", await _dashboard(window, kind, today), budget, "ms")
        blocks, frame = await _timeline(window, today)
        _figure("Timeline, pan and zoom, p99 of a frame", frame, 16, "ms", f"{blocks} blocks")
        _figure("Longest block of the Qt loop in use", await _longest_block(window, today), 50, "ms")


@asynccontextmanager
async def _window(qt, data: DataDir) -> AsyncIterator[Window]:
    async def opened() -> Service:
        return await Service.open(data, record=False)

    room = EngineRoom(opened)
    bridge = Bridge(room)
    theme = Theme("dark")
    theme.apply(qt)
    theme.changed.connect(lambda: theme.dress(qt))
    context = ViewContext(bridge, Look(theme, Icons(), bridge), SystemClock(), bridge)
    room.start()
    await context.load()
    window = Window(context, WindowState(theme="dark", page="dashboard"))
    window.resize(1440, 900)
    window.show()
    await asyncio.sleep(0.5)
    yield window
    window.close()
    bridge.close()
    room.stop()


async def _dashboard(window: Window, kind: PeriodKind, today: date) -> float:
    """Return the median milliseconds from asking for a period never seen before to its painted values."""
    window.open_page("dashboard")
    page = window.page
    assert isinstance(page, DashboardPage)
    step = {PeriodKind.DAY: 1, PeriodKind.MONTH: 31, PeriodKind.YEAR: 90}[kind]
    times = []
    for look in range(1, _LOOKS + 1):
        day = today - timedelta(days=look * step)
        start = time.perf_counter()
        page.show_snapshot(await page.context.bridge.call(lambda service, day=day: read(service, kind, day)))
        page.repaint()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


async def _timeline(window: Window, today: date) -> tuple[int, float]:
    """Return how many blocks the busiest of the last days has, and the p99 of panning and zooming through it."""
    window.open_page("timeline")
    page = window.page
    assert isinstance(page, TimelinePage)
    days = [
        await page.context.bridge.call(lambda service, back=back: service.reports.timeline(today - timedelta(back)))
        for back in range(1, 8)
    ]
    day = max(days, key=lambda each: len(each.blocks))
    page.show_day(day)
    page.fit_day()
    times = []
    for frame in range(_FRAMES):
        axis = page.canvas.axis
        start = time.perf_counter()
        zooming = frame % 40 < 20
        axis = axis.zoomed(1.15 if frame % 80 < 40 else 1 / 1.15, axis.width / 3) if zooming else axis.panned(25)
        page._show_axis(axis)
        page.canvas.repaint()
        page.overview.repaint()
        times.append(time.perf_counter() - start)
    return len(day.blocks), 1000 * statistics.quantiles(times, n=100)[-1]


async def _longest_block(window: Window, today: date) -> float:
    """Return the longest time that the loop did not turn while a person pages, zooms, switches and resizes."""
    gaps = [0.0]

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.002)
            gaps.append(time.perf_counter() - before - 0.002)

    task = asyncio.create_task(watch())
    for act in _day_of_use(window, today):
        gap = len(gaps)
        done = act()
        if done is not None:
            await done
        await asyncio.sleep(0.2)
        print(f"{1000 * max(gaps[gap:], default=0):7.1f} ms  {act.__name__}", file=sys.stderr)
    task.cancel()
    return 1000 * max(gaps)


def _day_of_use(window: Window, today: date) -> list[Callable[[], Awaitable[None] | None]]:
    def dashboard() -> None:
        window.open_page("dashboard")

    def timeline() -> None:
        window.open_page("timeline")

    def settings() -> None:
        window.open_page("settings")

    def week() -> None:
        window.page.period.show_kind(PeriodKind.WEEK)

    def month() -> None:
        window.page.period.show_kind(PeriodKind.MONTH)

    def day() -> None:
        window.page.period.show_kind(PeriodKind.DAY)

    def back() -> None:
        window.page.period.go_back()

    def zoom() -> None:
        window.page.toolbar.stepped.emit(1)

    def select() -> None:
        blocks = window.page.list.model.blocks
        if blocks:
            window.page.select(blocks[len(blocks) // 2].id)

    def small() -> None:
        window.resize(1024, 700)

    def large() -> None:
        window.resize(1440, 900)

    def light() -> None:
        window.theme.choose("light")

    def dark() -> None:
        window.theme.choose("dark")

    return [
        settings, dashboard, week, month, day, back, back, timeline, back, zoom, zoom, select, back, small, large,
        dashboard, small, large, light, dark, timeline, light, dark, settings, light, dark,
    ]  # fmt: skip


def _figure(what: str, measured: float, budget: float, unit: str, detail: str = "") -> None:
    print(f"figure\t{what}\t{measured}\t{budget}\t{unit}\t{detail}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
