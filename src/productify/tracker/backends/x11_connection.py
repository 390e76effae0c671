"""One connection to an X server on the loop: its events as they come, and its end."""

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import Any

import xcffib
import xcffib.xproto

from productify.errors import UnavailableError
from productify.tracker.probe import Environment


class X11Connection:
    """Passes every event to `hear`. Requests are answered by a local server within a fraction of a millisecond."""

    def __init__(self, environment: Environment, hear: Callable[[Any], None]) -> None:
        try:
            self.raw: Any = xcffib.Connection(display=environment.get("DISPLAY"))  # type: ignore[no-untyped-call]
        except xcffib.XcffibException as error:
            raise UnavailableError(f"no X server at {environment.get('DISPLAY')}: {error!r}") from error
        self._hear = hear
        self._loop = asyncio.get_running_loop()
        self._lost = asyncio.Event()
        self._atoms: dict[str, int] = {}
        self._closed = False
        self._fd = self.raw.get_file_descriptor()

    @property
    def core(self) -> Any:
        """The core protocol's requests."""
        return self.raw.core

    @property
    def root(self) -> int:
        """The root window of the screen that DISPLAY names."""
        return int(self.screen.root)

    @cached_property
    def screen(self) -> Any:
        """The screen that DISPLAY names, as the server described it at first: it is long to read."""
        return self.raw.get_setup().roots[self.raw.pref_screen]

    def listen(self) -> None:
        """Begin to pass events on, with those that have come already."""
        self._loop.add_reader(self._fd, self._read)
        self._loop.call_soon(self._read)

    async def lost(self) -> None:
        """Return when the server is gone."""
        await self._lost.wait()

    def close(self) -> None:
        """End the connection; a second call does nothing."""
        self._loop.remove_reader(self._fd)
        self._lost.set()
        if not self._closed:
            self._closed = True
            self.raw.disconnect()

    def atom(self, name: str) -> int:
        """Return the number that the server has for `name`."""
        if name not in self._atoms:
            reply = self.core.InternAtom(False, len(name), name).reply()
            self._atoms[name] = reply.atom
        return self._atoms[name]

    def _read(self) -> None:
        if self._lost.is_set():
            return
        try:
            # A request that is answered reads whatever events came before the answer, so the queue is emptied
            # again after every event: the descriptor alone would not tell of them.
            while True:
                try:
                    event = self.raw.poll_for_event()
                except xcffib.Error:
                    continue  # a window that is gone, named by a request that needed no answer
                if event is None:
                    break
                self._hear(event)
            self.raw.flush()
        except xcffib.ConnectionException:
            self._loop.remove_reader(self._fd)
            self._lost.set()
