"""What browsers block now, and who waits to hear of it."""

import asyncio
from contextlib import suppress

from productify.domain import SiteRules


class SiteRulesHolder:
    """The newest rules; whoever waits is woken at once when others come."""

    def __init__(self) -> None:
        self._rules = SiteRules(version=0)
        self._news = asyncio.Event()

    @property
    def rules(self) -> SiteRules:
        """What is blocked now."""
        return self._rules

    def set(self, rules: SiteRules) -> None:
        """Let browsers block this from now on; `rules.version` must be another than before."""
        self._rules = rules
        self.wake()

    def wake(self) -> None:
        """Let whoever waits look again."""
        self._news.set()
        self._news = asyncio.Event()

    async def news(self, until: float) -> bool:
        """Return True at the next change, False at `until` of the loop's clock."""
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                return await self._news.wait()
        return False
