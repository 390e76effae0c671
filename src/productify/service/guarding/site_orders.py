"""What browsers with the extension are told to block, and what they tell of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from productify.bridge_api.holder import SiteRulesHolder
from productify.clock import Clock
from productify.domain import BlockList, FocusNow, SiteRules
from productify.focus.pages import Pages
from productify.focus.site_rules import sites_of

_NEAR = 1.5
"""Seconds that two ends may lie apart and be the same: each is reckoned anew from what is left."""


class SiteOrders:
    """Keeps the rules of all browsers true; one whose app is gone lets go of them when they end."""

    def __init__(self, clock: Clock, holder: Callable[[], SiteRulesHolder]) -> None:
        self._clock = clock
        self._holder = holder

    def give(
        self,
        blocking: Sequence[tuple[BlockList, datetime]],
        pages: Pages,
        running: FocusNow | None,
        let_in: tuple[tuple[str, datetime], ...],
    ) -> None:
        """Let browsers block the sites of these lists, each until its end (UTC); `let_in` pass until theirs."""
        before = self._holder().rules
        found = sites_of([each for each, _ in blocking], pages)
        version = max(before.version + 1, int(self._clock.now().timestamp() * 1000))  # never one of an earlier run
        if found is None:
            wanted = SiteRules(version)
        else:
            mode, sites = found
            until = max(end for _, end in blocking)
            wanted = SiteRules(version, mode, sites, until, running.plan.title if running is not None else None, let_in)
        if not _same(before, wanted):
            self._holder().set(wanted)


def _same(before: SiteRules, wanted: SiteRules) -> bool:
    def fixed(rules: SiteRules) -> tuple[object, ...]:
        return rules.mode, rules.sites, rules.title, [site for site, _ in rules.let_in]

    def ends(rules: SiteRules) -> list[datetime | None]:
        return [rules.until, *(end for _, end in rules.let_in)]

    return fixed(before) == fixed(wanted) and all(
        one == other or (one is not None and other is not None and abs((one - other).total_seconds()) < _NEAR)
        for one, other in zip(ends(before), ends(wanted), strict=True)
    )
