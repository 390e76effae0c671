"""The threads that take and encode pictures, below everything else that the machine does."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_THREADS = 2
_NICENESS = 10
_WINDOWS_LOWEST = -2


class Darkroom:
    """Two threads at low priority, started with the first piece of work and ended by `close`."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` there and return what it returns; a cancellation waits until it has ended."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_THREADS, "darkroom", _step_back)
        done = asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **kwargs))
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            if not done.done():
                await asyncio.wait([done])
            if not done.cancelled():
                done.exception()  # looked at, so that nobody tells of it once more
            raise

    async def close(self) -> None:
        """End the threads, once what runs there has ended."""
        threads, self._threads = self._threads, None
        if threads is not None:
            await asyncio.to_thread(threads.shutdown)


def _step_back() -> None:
    """Let this thread wait for all others; where the system does not allow it nothing else changes."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
    elif sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.SetThreadPriority(kernel.GetCurrentThread(), _WINDOWS_LOWEST)
