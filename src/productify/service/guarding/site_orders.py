"""What browsers with the extension are told to block, and what they tell of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from productify.bridge_api.holder import SiteRulesHolder
from productify.clock import Clock
from productify.domain import BlockList, FocusNow, SiteBlock, SiteRules
from productify.focus.pages import Pages
from productify.focus.site_rules import sites_of
from productify.service.guarding.saying import session_that_blocks

_NEAR = 1.5
"""Seconds that two ends may lie apart and be the same: each is reckoned anew from what is left."""


class SiteOrders:
    """Keeps the rules of all browsers true; one whose app is gone lets go of each block when it ends."""

    def __init__(self, clock: Clock, holder: Callable[[], SiteRulesHolder]) -> None:
        self._clock = clock
        self._holder = holder

    def give(
        self,
        blocking: Sequence[tuple[BlockList, datetime]],
        pages: Pages,
        running: FocusNow | None,
        let_in: tuple[tuple[str, datetime], ...],
        passes: tuple[int, int],
    ) -> None:
        """Let browsers block the sites of these lists, each until its end (UTC); `let_in` pass until theirs.

        `passes` is how many are left today, and how many seconds one lasts.
        """
        now, before = self._clock.now(), self._holder().given
        version = max(before.version + 1, int(now.timestamp() * 1000))  # never one of an earlier run
        blocks: list[SiteBlock] = []
        for each, until in blocking:
            if (sites := sites_of(each, pages)) is not None:
                session = session_that_blocks(running, each.id, until, now)
                blocks.append(SiteBlock(sites, until, each.mode, session.plan.title if session is not None else None))
        wanted = SiteRules(version, tuple(blocks), let_in, *passes) if blocks else SiteRules(version)
        if not _same(before, wanted):
            self._holder().set(wanted)


def _same(before: SiteRules, wanted: SiteRules) -> bool:
    def fixed(rules: SiteRules) -> tuple[object, ...]:
        blocks = [(each.mode, each.sites, each.title) for each in rules.blocks]
        return blocks, [site for site, _ in rules.let_in], rules.passes_left, rules.pass_seconds

    def ends(rules: SiteRules) -> list[datetime]:
        return [*(each.until for each in rules.blocks), *(end for _, end in rules.let_in)]

    return fixed(before) == fixed(wanted) and all(
        abs((one - other).total_seconds()) < _NEAR for one, other in zip(ends(before), ends(wanted), strict=True)
    )
