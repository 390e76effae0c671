"""The engine room: one background thread with one asyncio loop, where everything that works, works."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # imported in the thread itself: it takes half a second that the first window does not have
    from productify.service import Service

T = TypeVar("T")
_log = logging.getLogger(__name__)
_STOP_SECONDS = 8.0


class EngineRoom:
    """Runs a Service on its own loop in its own thread, and work on that Service from any other thread.

    `open_service` is awaited on the loop and makes the Service; what it raises is raised by every `submit`, until
    `reopen` has made one after all.
    """

    def __init__(self, open_service: "Callable[[], Awaitable[Service]]") -> None:
        self._open_service = open_service
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(_report)
        self._service: asyncio.Future[Service] | None = None
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="engine-room", daemon=True)

    def start(self) -> None:
        """Start the thread; returns at once, the Service opens behind."""
        self._thread.start()
        self._started.wait()

    def submit(self, work: "Callable[[Service], Coroutine[Any, Any, T]]") -> Future[T]:
        """Run `work(service)` on the loop as soon as the Service is open; the future may be awaited elsewhere."""
        return asyncio.run_coroutine_threadsafe(self._with_service(work), self._loop)

    def reopen(self, repair: Callable[[], object] | None = None) -> None:
        """Open the Service anew where it could not be opened; work that is submitted from here on waits for it.

        `repair` runs before, in a thread of its own; what it raises stands in for what opening would raise.
        """
        self._loop.call_soon_threadsafe(self._open, repair)

    def stop(self, timeout: float = _STOP_SECONDS) -> None:
        """Close the Service, stop the loop and join the thread; a second call does nothing.

        `timeout` in seconds bounds the wait: a hanging disk must not keep the app from quitting.
        """
        if self._thread.ident is None:
            self._loop.close()
        if not self._thread.is_alive():
            return
        closing = asyncio.run_coroutine_threadsafe(self._close(), self._loop)
        try:
            closing.result(timeout)
        except Exception:
            _log.exception("closing the service failed")
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout)

    async def _with_service(self, work: "Callable[[Service], Coroutine[Any, Any, T]]") -> T:
        assert self._service is not None
        return await work(await asyncio.shield(self._service))

    async def _close(self) -> None:
        assert self._service is not None
        await asyncio.wait([self._service])  # not cancelled: an upgrade is better done than begun
        if not _failed(self._service):
            await self._service.result().close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._open(None)
        self._loop.call_soon(self._started.set)
        try:
            self._loop.run_forever()
        finally:
            self._finish_tasks()
            self._loop.close()

    def _open(self, repair: Callable[[], object] | None) -> None:
        if self._service is not None and not _failed(self._service):
            return
        self._service = self._loop.create_task(self._opened(repair))
        self._service.add_done_callback(_look_at)

    async def _opened(self, repair: Callable[[], object] | None) -> "Service":
        if repair is not None:
            await asyncio.to_thread(repair)
        return await self._open_service()

    def _finish_tasks(self) -> None:
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())


def _failed(opening: "asyncio.Future[Service]") -> bool:
    return opening.done() and (opening.cancelled() or opening.exception() is not None)


def _look_at(opening: "asyncio.Future[Service]") -> None:
    """Take note of a failure to open, which whoever submits work will hear of too."""
    if not opening.cancelled() and (error := opening.exception()) is not None:
        _log.info("the service did not open: %s", error)


def _report(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    _log.error("in the engine room: %s", context.get("message"), exc_info=context.get("exception"))
