"""A window over the real service and a made-up person's record, for what must hold through all layers."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from productify.clock import SettableClock
from productify.engine import EngineRoom
from productify.paths import DataDir, open_data_dir
from productify.service import Notices, Service
from productify_ui.bridge import Bridge
from productify_ui.views.context import ViewContext
from productify_ui.widgets.look import Look
from productify_ui.window import Window
from productify_ui.window_state import WindowState
from ui.conftest import until

NOW = datetime(2026, 11, 19, 15, 42, tzinfo=UTC)
_DAYS = 12


@dataclass
class RealStage:
    """A loaded window, and the service behind it, to be asked through the bridge."""

    window: Window
    context: ViewContext

    async def settle(self) -> None:
        """Wait until the page shows what it asked for."""
        await until(lambda: self.window.page.settled)

    async def ask(self, work: Callable[[Service], Any]) -> Any:
        """Ask the service what it holds."""
        return await self.context.bridge.call(work)


RealPlay = Callable[[RealStage], Awaitable[None]]


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve days of a made-up person, written once; copy it before writing to it."""
    folder = tmp_path_factory.mktemp("demo")

    async def fill() -> None:
        service = await Service.open(open_data_dir(folder), record=False, clock=SettableClock(NOW))
        try:
            await service.demonstration.fill(_DAYS, 8, 300, lambda _done, _all: None)
            await service.search.prepare()
        finally:
            await service.close()

    asyncio.run(fill())
    return folder


@pytest.fixture
def on_real_stage(
    demo_record: Path, tmp_path: Path, look: Look, qt_run: Callable[..., None], qapp: QApplication
) -> Callable[..., None]:
    """Runs a play with a window of some size over a copy of the demo record, and strikes the stage."""
    folder = tmp_path / "data"
    shutil.copytree(demo_record, folder)

    def perform(play: RealPlay, size: tuple[int, int] = (1440, 900), page: str = "dashboard") -> None:
        qt_run(_perform(play, open_data_dir(folder), look, size, page))

    return perform


async def _perform(play: RealPlay, data_dir: DataDir, look: Look, size: tuple[int, int], page: str) -> None:
    clock = SettableClock(NOW)

    async def open_service() -> Service:
        notices = Notices(changed=bridge.changed.emit, status=bridge.status.emit)
        return await Service.open(data_dir, record=False, notices=notices, clock=clock)

    room = EngineRoom(open_service)
    bridge = Bridge(room)
    failures: list[BaseException] = []
    bridge.failed.connect(failures.append)
    room.start()
    context = ViewContext(bridge, look, clock)
    window = Window(context, WindowState(page=page))
    try:
        await context.load()
        window.resize(*size)
        window.show()
        stage = RealStage(window, context)
        await stage.settle()
        await play(stage)
        assert not failures, failures
    finally:
        window.close()
        bridge.close()
        room.stop()
        window.deleteLater()
