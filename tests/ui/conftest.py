"""One application off screen, a window over a scripted service, and nothing left behind."""

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from productify.engine import EngineRoom
from productify.paths import DataDir
from productify_ui.app import App
from productify_ui.bridge import Bridge
from productify_ui.icons import Icons
from productify_ui.theme import Theme, load_fonts
from productify_ui.views.context import ViewContext
from productify_ui.views.page import Page
from productify_ui.widgets.look import Look
from productify_ui.window import Window
from productify_ui.window_state import WindowState
from ui.fake import FakeService, World


@pytest.fixture(scope="session", autouse=True)
def _fonts(qapp: QApplication) -> None:
    load_fonts()


@pytest.fixture(autouse=True)
def _no_widget_left(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a window, a running timer or a thread of Qt behind."""
    before = {id(widget) for widget in qapp.topLevelWidgets()}
    gc.freeze()  # what is there by now this test cannot leave behind: no need to look through it
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    left = [widget for widget in qapp.topLevelWidgets() if id(widget) not in before and widget.isVisible()]
    assert not left, f"windows left open: {left}"
    running = [each for each in gc.get_objects() if isinstance(each, QTimer | QThread) and shiboken6.isValid(each)]
    assert not [each for each in running if isinstance(each, QTimer) and each.isActive()]
    assert not [each for each in running if isinstance(each, QThread) and each.isRunning()]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The dark theme, without motion."""
    theme = Theme("dark")
    theme.choose(motion="reduced")
    theme.apply(qapp)
    return theme


@pytest.fixture
def look(theme: Theme) -> Look:
    """What widgets paint with."""
    return Look(theme, Icons())


@pytest.fixture
def qt_run(qapp: QApplication) -> Callable[[Coroutine[Any, Any, None]], None]:
    """Runs a coroutine on Qt's own loop."""

    def run(job: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(qapp)) as runner:
            runner.run(job)

    return run


@dataclass
class Stage:
    """A window over a scripted world, loaded and in view."""

    world: World
    context: ViewContext
    window: Window
    failures: list[BaseException]

    @property
    def page(self) -> Page:
        return self.window.page

    async def settle(self) -> None:
        """Wait until the page shows what it asked for."""
        await until(lambda: self.page.settled)


@pytest.fixture
def run_app(qapp: QApplication, qt_run) -> Callable[..., None]:
    """Runs the real app over a data folder until the play is over."""

    def run(data: DataDir, play: Callable[[App], Awaitable[None]], *, minimized: bool = False) -> None:
        async def both() -> None:
            app = App(qapp, data)
            running = asyncio.create_task(app.run(minimized=minimized))
            try:
                await play(app)
            finally:
                app.quit()
                await running

        qt_run(both())

    return run


Play = Callable[[Stage], Awaitable[None]]


@pytest.fixture
def on_stage(theme: Theme, look: Look, qt_run) -> Callable[..., None]:
    """Runs a play with a window of some size over a world of some kind, and strikes the stage."""

    def perform(play: Play, kind: str = "day", size: tuple[int, int] = (1440, 900)) -> None:
        qt_run(_perform(play, World(kind), look, size))

    return perform


async def _perform(play: Play, world: World, look: Look, size: tuple[int, int]) -> None:
    async def open_service() -> Any:
        return FakeService(world)

    room = EngineRoom(open_service)
    bridge = Bridge(room)
    failures: list[BaseException] = []
    bridge.failed.connect(failures.append)
    world.status_told = bridge.status.emit
    room.start()
    context = ViewContext(bridge, look, world.clock)
    window = Window(context, WindowState())
    stage = Stage(world, context, window, failures)
    try:
        window.resize(*size)
        window.show()
        await context.load()
        await stage.settle()
        await play(stage)
        assert not failures, failures
    finally:
        window.close()
        bridge.close()
        room.stop()
        window.deleteLater()


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until something is so; fail after a while."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for tells no one
            await asyncio.sleep(0.005)
