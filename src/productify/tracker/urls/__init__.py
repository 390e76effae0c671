"""Addresses of the page in front, read from the browser beside the record: the window switch never waits for it."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Protocol, Self

from productify.domain import Capability
from productify.errors import UnavailableError
from productify.tracker.probe import Environment, Window
from productify.tracker.sites import site_of

_log = logging.getLogger(__name__)
_READERS = (("productify.tracker.urls.atspi", "FirefoxAddresses"),)
_TRIES = (0.0, 0.3, 1.0, 2.5)
"""Seconds before each look: a page may not have come up when its title does."""

_SECOND_LOOK = 1.5
_NEXT_LOOK = 30.0
"""Seconds between later looks: a page can change its address and keep its title."""

_TIMEOUT = 2.0


class UrlReader(Protocol):
    """Knows how to ask one family of browsers for the address of the page in front."""

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return how well it fits the desktop: 0 not at all."""
        ...

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return a reader for the desktop that `environment` names."""
        ...

    def accepts(self, window: Window) -> bool:
        """Return whether `window` is one of its browsers."""
        ...

    async def read(self, window: Window) -> str | None:
        """Return the address in `window`, None where it shows none; raises UnavailableError."""
        ...

    async def close(self) -> None:
        """Let go of everything."""
        ...

    async def capabilities(self) -> tuple[Capability, ...]:
        """Return how well it can read here, found by trying the ways to it."""
        ...


def readers_for(environment: Environment) -> list[UrlReader]:
    """Return the readers that fit the desktop, the best first."""
    scored: list[tuple[int, UrlReader]] = []
    for module_name, class_name in _READERS:
        try:
            reader_class: type[UrlReader] = getattr(import_module(module_name), class_name)
        except ImportError as error:
            _log.info("%s is left out: %s", class_name, error)
            continue
        if (score := reader_class.score(environment)) > 0:
            scored.append((score, reader_class.create(environment)))
    return [reader for _, reader in sorted(scored, key=lambda pair: -pair[0])]


async def address_capabilities(environment: Environment) -> tuple[Capability, ...]:
    """Return how well addresses can be read on this desktop."""
    seen: list[Capability] = []
    for reader in readers_for(environment):
        seen += await reader.capabilities()
        await reader.close()
    return tuple(seen)


class AddressWatch:
    """Reads the address of one window at a time and tells `found`; None is told when there is none to be had."""

    def __init__(self, readers: Sequence[UrlReader], found: Callable[[Window, str | None], None]) -> None:
        self._readers = readers
        self._found = found
        self._task: asyncio.Task[None] | None = None
        self._capabilities: tuple[Capability, ...] = ()

    def capabilities(self) -> tuple[Capability, ...]:
        """Return how well addresses could be read when that was last tried."""
        return self._capabilities

    async def survey(self) -> None:
        """Find out how well addresses can be read here."""
        seen: list[Capability] = []
        for reader in self._readers:
            seen += await reader.capabilities()
        self._capabilities = tuple(seen)

    def look(self, window: Window, sure: bool = False) -> None:
        """Begin to read the address in `window`, if it is a browser that somebody can read.

        With `sure` only a site that two looks agree on is told: the first answer may be the page before.
        """
        self.leave()
        reader = next((reader for reader in self._readers if reader.accepts(window)), None)
        if reader is not None:
            self._task = asyncio.create_task(self._read(reader, window, sure), name="address")
            self._task.add_done_callback(_log_failure)

    async def read(self, window: Window) -> str | None:
        """Return the address in `window` as it is right now, None where nobody can tell it."""
        reader = next((reader for reader in self._readers if reader.accepts(window)), None)
        return None if reader is None else await _read_once(reader, window)

    def leave(self) -> None:
        """Stop reading."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def close(self) -> None:
        """Stop reading and let go of the browsers."""
        task = self._task
        self.leave()
        if task is not None:
            await asyncio.wait([task])
        for reader in self._readers:
            await reader.close()

    async def _read(self, reader: UrlReader, window: Window, sure: bool) -> None:
        told = await _first_answer(reader, window)
        if told is None or not sure:
            self._found(window, told)
        if told is not None:
            again = await _confirmed(reader, window, told, sure)
            if again is not None or sure:
                told = again
                self._found(window, told)
        while True:
            await asyncio.sleep(_NEXT_LOOK)
            url = await _read_once(reader, window)
            if sure and url not in (None, told):
                url = await _confirmed(reader, window, url, sure)
            if url not in (None, told):
                told = url
                self._found(window, url)


async def _first_answer(reader: UrlReader, window: Window) -> str | None:
    for wait in _TRIES:
        await asyncio.sleep(wait)
        if (url := await _read_once(reader, window)) is not None:
            return url
    return None


async def _confirmed(reader: UrlReader, window: Window, url: str | None, sure: bool) -> str | None:
    """Return what a later look finds: a tab's title may be there before its page; with `sure`, look until it stays."""
    while True:
        await asyncio.sleep(_SECOND_LOOK)
        again = await _read_once(reader, window)
        if not sure or again is None or _place(again) == _place(url):
            return again
        url = again


def _place(url: str | None) -> str | None:
    """Return what must stay for an address to be the same place: its site, for pages may count in the rest."""
    return site_of(url) or url


async def _read_once(reader: UrlReader, window: Window) -> str | None:
    try:
        async with asyncio.timeout(_TIMEOUT):
            return await reader.read(window)
    except (UnavailableError, TimeoutError) as error:
        _log.debug("no address: %r", error)
        return None


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("reading an address failed", exc_info=error)
