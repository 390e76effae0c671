"""The address of the page in front: read for as long as somebody needs it."""

from collections.abc import Callable
from dataclasses import replace

from productify.domain import Capability
from productify.tracker.front import Front, same_page
from productify.tracker.perception import Perception
from productify.tracker.probe import Environment, Window
from productify.tracker.urls import AddressWatch, readers_for


class Seeking:
    """Follows `front`; `found` is called once an address is in it, with whether it is the first one of that page.

    `is_wanted` tells whether somebody needs addresses that nobody records.
    """

    def __init__(self, environment: Environment, front: Front, found: Callable[[bool], None]) -> None:
        self.is_wanted: Callable[[], bool] = lambda: False
        self._front = front
        self._found = found
        self._watch = AddressWatch(readers_for(environment), self._fill_in)

    def capabilities(self) -> tuple[Capability, ...]:
        """Return how well addresses could be read when that was last tried."""
        return self._watch.capabilities()

    async def survey(self) -> None:
        """Find out how well addresses can be read here."""
        await self._watch.survey()

    def look(self, perception: Perception, *, records: bool) -> None:
        """Read what is in front, as far as somebody needs it."""
        window = self._front.window
        if window is not None and not self._front.is_told and self._needs(window, perception, records):
            self._watch.look(window, sure=perception.judges_addresses)
        else:
            self._watch.leave()

    def leave(self) -> None:
        """Stop reading."""
        self._watch.leave()

    async def sure(self, perception: Perception) -> Window | None:
        """Return the window in front with the address that it has right now, or with none where that is not sure."""
        window = self._front.window
        if window is None or window.url is None or self._front.is_told or not perception.judges_addresses:
            return window
        # A page may have changed under the same title since the address was last read.
        window = replace(window, url=await self._watch.read(window))
        now = self._front.window
        return window if now is not None and same_page(now, window) else now and replace(now, url=None)

    async def close(self) -> None:
        """Stop reading and let go of the browsers."""
        await self._watch.close()

    def _needs(self, window: Window, perception: Perception, records: bool) -> bool:
        if records and perception.wants_address(window):
            return True
        return self.is_wanted() and not perception.is_browsing_privately(window)

    def _fill_in(self, window: Window, url: str | None) -> None:
        """Fill in the address that was read in `window`, if that is still what is in front."""
        now = self._front.window
        if now is not None and same_page(now, window):
            self._front.locate(url)
            self._found(now.url is None)
