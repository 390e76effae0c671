"""What browsers block now, and who waits to hear of it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from productify.domain import SiteBlock, SiteRules

_APART = 2**32
"""How far the version of the rules during a trial is from any other."""


class SiteRulesHolder:
    """The newest rules; whoever waits is woken at once when others come."""

    def __init__(self) -> None:
        self._given = SiteRules(version=0)
        self._trials: tuple[SiteBlock, ...] = ()
        self._news = asyncio.Event()

    @property
    def rules(self) -> SiteRules:
        """What is blocked now, with what is tried."""
        if not self._trials:
            return self._given
        version = self._given.version + _APART * len(self._trials)
        return replace(self._given, version=version, blocks=(*self._given.blocks, *self._trials))

    @property
    def given(self) -> SiteRules:
        """What is blocked now, without what is tried."""
        return self._given

    def set(self, rules: SiteRules) -> None:
        """Let browsers block this from now on; `rules.version` must be another than before."""
        self._given = rules
        self.wake()

    @contextmanager
    def trying(self, trial: SiteBlock) -> Iterator[None]:
        """Let browsers block `trial` as well until the context ends, whatever else they are told meanwhile."""
        self._trials = (*self._trials, trial)
        self.wake()
        try:
            yield
        finally:
            at = self._trials.index(trial)
            self._trials = (*self._trials[:at], *self._trials[at + 1 :])
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
