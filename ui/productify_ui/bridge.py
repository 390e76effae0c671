"""The one door between the window and the engine room."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from productify.engine import EngineRoom

if TYPE_CHECKING:
    from productify.service import Service

T = TypeVar("T")
_log = logging.getLogger(__name__)
_PATIENCE = 3.0


class Bridge(QObject):
    """Awaits work in the engine room, and passes its notices on as Qt signals.

    `changed` carries the names of the tables that commits touched; `status` the recorder's Status whenever the
    running activity or the mode changed. `returned` carries an absence to ask about (a Return), `notified` what the
    desktop could not show as a notification, `blocked` what the overlay says (a Blocked, or None to take it away).
    `failed` carries what a started task raised. All arrive on the Qt thread.
    """

    changed = Signal(frozenset)
    status = Signal(object)
    returned = Signal(object)
    notified = Signal(object)
    blocked = Signal(object)
    failed = Signal(object)

    def __init__(self, room: EngineRoom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._tasks: set[asyncio.Task[Any]] = set()
        self._calls: set[Future[Any]] = set()

    async def call(self, work: "Callable[[Service], Coroutine[Any, Any, T]]") -> T:
        """Run `work(service)` in the engine room and return its result here; only frozen values may pass."""
        future: Future[T] = self._room.submit(work)
        self._calls.add(future)
        future.add_done_callback(self._calls.discard)
        # Shielded: work that was cut off in the middle of a transaction would leave its connection unusable.
        return await asyncio.shield(asyncio.wrap_future(future))

    def start(self, job: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run `job` on the Qt loop from a plain slot; what it raises is told by `failed`."""
        task = asyncio.get_running_loop().create_task(job)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def close(self) -> None:
        """Cancel what still runs on the Qt loop, and give what it asked for in the engine room time to finish."""
        for task in self._tasks:
            task.cancel()
        _done, hanging = wait(set(self._calls), _PATIENCE)
        for _call in hanging:
            _log.warning("a question did not end within %s s", _PATIENCE)

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.failed.emit(error)
