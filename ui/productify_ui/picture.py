"""`productify picture`: a view of a data folder, rendered off screen through the real service."""

import asyncio
import os
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from productify.cli.parser import parser
from productify.clock import Clock, SettableClock, SystemClock
from productify.engine import EngineRoom
from productify.errors import KnownError, UsageError
from productify.paths import DataDir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from productify.service import Service
    from productify_ui.window import Window

_PATIENCE = 30.0
_LOOK_EVERY = 0.02


def take_picture(data_dir: DataDir, arguments: Sequence[str]) -> int:
    """Render what the arguments of `productify picture` ask for; raises KnownError where it cannot be done."""
    try:
        chosen = parser().parse_args(arguments)
    except SystemExit as ended:  # argparse has said what is wrong
        return ended.code if isinstance(ended.code, int) else 2
    size = _size(chosen.size)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from qasync import QEventLoop

    from productify_ui.app import make_application

    qt = make_application(["productify"])
    with asyncio.Runner(loop_factory=lambda: QEventLoop(qt)) as runner:
        runner.run(_render(qt, data_dir, chosen.view, chosen.theme, size, chosen.now, chosen.select, chosen.out))
    return 0


async def _render(
    qt: "QApplication",
    data_dir: DataDir,
    view: str,
    theme_name: str,
    size: tuple[int, int],
    now: datetime | None,
    selected: time | None,
    out: Path,
) -> None:
    from productify_ui.bridge import Bridge
    from productify_ui.icons import Icons
    from productify_ui.pages import PAGES
    from productify_ui.theme import Theme
    from productify_ui.views.context import ViewContext
    from productify_ui.widgets.look import Look
    from productify_ui.window import Window
    from productify_ui.window_state import WindowState

    if view not in (known := [view for page in PAGES for view in page.views]):
        raise UsageError(f"There is no view named {view}.", f"It may be {', '.join(known)}.")
    clock: Clock = SettableClock(now) if now else SystemClock()
    room = EngineRoom(lambda: _open(data_dir, clock))
    bridge = Bridge(room)
    theme = Theme(theme_name)
    theme.choose(motion="reduced")
    theme.apply(qt)
    theme.bring_fonts()
    context = ViewContext(bridge, Look(theme, Icons(), bridge), clock, bridge)
    room.start()
    try:
        await context.load()
        window = Window(context, WindowState(theme=theme_name, page=view.partition("/")[0]))
        try:
            await _show(window, view, size, selected)
            if not window.grab().save(str(out)):
                raise KnownError(f"The picture could not be written to {out}.", "Name a place that can be written.")
        finally:
            window.close()
            window.deleteLater()
    finally:
        bridge.close()
        room.stop()


async def _show(window: "Window", view: str, size: tuple[int, int], selected: time | None) -> None:
    """Show a view with all that it asks for, and what was in front at a time of the day selected."""
    window.resize(*size)
    window.show()
    await _settle(window)
    window.open_page(view)
    await _settle(window)
    if selected is not None:
        _select(window, selected)
        await _settle(window)


async def _settle(window: "Window") -> None:
    async with asyncio.timeout(_PATIENCE):
        while not window.page.settled:  # noqa: ASYNC110 - a page tells no one when it is done
            await asyncio.sleep(_LOOK_EVERY)
    await asyncio.sleep(_LOOK_EVERY)


def _select(window: "Window", clock: time) -> None:
    """Select what was in front at a time of the day in view, or open the picture taken then.

    Raises UsageError where nothing can be selected.
    """
    from productify_ui.views.gallery import GalleryPage
    from productify_ui.views.timeline import TimelinePage

    page = window.page
    if not isinstance(page, TimelinePage | GalleryPage):
        raise UsageError(
            "Only the timeline and the screenshots show what is selected.",
            "Leave out --select, or name the view timeline or screenshots.",
        )
    if not page.select_at(clock):
        raise UsageError(f"Nothing is recorded at {clock:%H:%M}.", "Name another time of the day that is shown.")


async def _open(data_dir: DataDir, clock: Clock) -> "Service":
    from productify.service import Service

    return await Service.open(data_dir, record=False, clock=clock)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= int(width) <= 8000 and 200 <= int(height) <= 8000):
        raise UsageError(f"{text} is no size.", "Write it as 1440x900.")
    return int(width), int(height)
