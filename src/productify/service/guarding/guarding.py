"""Keeps what is blocked away from the front."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from productify.clock import Clock, LocalDays
from productify.domain import Blocked, PairedBrowser
from productify.errors import KnownError
from productify.focus.guard import Hit, InFront
from productify.focus.spared import is_vital
from productify.service.browsers import Browsers
from productify.service.focusing import Focusing
from productify.service.focusing.visits import UncountedError
from productify.service.guarding.counting import NAMELESS, Counting
from productify.service.guarding.holding import SEEN_PATIENCE, Held, Holding
from productify.service.guarding.judging import Judging
from productify.service.guarding.leave import Leave
from productify.service.guarding.moving import Moving
from productify.service.guarding.saying import Saying
from productify.service.guarding.seeing import in_front, is_own
from productify.service.guarding.site_orders import SiteOrders
from productify.service.guarding.spending import Spending
from productify.service.notices import Notices
from productify.settings import Settings
from productify.tracker.front import Fronted
from productify.tracker.probe import Window
from productify.tracker.tracker import Tracker

_BROWSER_PATIENCE = 2.0
"""Seconds that a browser with the extension has for blocking a page itself."""


class Guarding:
    """Judges every window that comes to the front; what is blocked is told by `notices.blocked` before all else."""

    def __init__(
        self,
        clock: Clock,
        local_days: Callable[[], LocalDays],
        settings: Callable[[], Settings],
        focus: Focusing,
        browsers: Browsers,
        notices: Notices,
    ) -> None:
        self.moving = Moving()
        self._clock = clock
        self._focus = focus
        self._settings = settings
        self._browsers = browsers
        self._judging = Judging(focus)
        self._counting = Counting(focus.attempted)
        self._holding = Holding(clock, notices, Saying(clock, local_days, settings), self._counting)
        self._leave = Leave(clock)
        self._orders = SiteOrders(clock, lambda: browsers.rules)
        self._spending = Spending(focus.allowances, clock)
        self._tracker: Tracker | None = None
        self._waiting: tuple[int, str, float] | None = None
        self._wants_addresses = self._must_weigh = False
        self._news = asyncio.Event()

    @property
    def now(self) -> Blocked | None:
        """What the overlay says, None where nothing is blocked in front."""
        return self._holding.said

    def begin(self, tracker: Tracker) -> None:
        """Hear of everything that `tracker` sees in front, and of everything that begins or ends to be blocked."""
        self._tracker = tracker
        tracker.front_listeners.append(self.look)
        tracker.addresses.is_wanted = lambda: self._wants_addresses
        self._browsers.on_attempt = self._blocked_by_browser
        self._browsers.on_pass = self._pass_in_browser
        self._focus.on_blocking = self._blocking_changed
        self._blocking_changed()

    async def run(self) -> None:
        """Put away what is blocked, and let it in and out by time, until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._counting.run(), name="count blocked visits")
                tasks.create_task(self._follow(), name="guard the front")
        finally:
            await self.moving.close()

    def look(self) -> None:
        """Judge what is in front now."""
        tracker = self._tracker
        if tracker is None:
            return
        if tracker.is_locked:
            self._holding.end()
        self._look_at_held()
        fronted = None if tracker.is_locked else tracker.fronted()
        if fronted is None or is_own(fronted.window):
            self._weigh(None)
            if fronted is None:
                self._holding.lose_sight()
            elif self._holding.cover():
                self._news.set()
        else:
            self._judge(fronted)

    async def back_to_work(self) -> None:
        """Bring the last allowed window to the front; where that cannot be done the overlay just goes."""
        held = self._holding.held
        if held is not None and held.iconify_at is not None:
            await self.moving.put_away(held)
        if self._tracker is not None:
            await self.moving.go_back(self._tracker)
        if self._holding.held is held:
            self._holding.end()

    async def take_pass(self, reason: str) -> datetime:
        """Let what is blocked pass for a written reason, and return until when (UTC); KnownError where it cannot."""
        held = self._held()
        await self._counting.settled()
        until = await self._focus.pass_taken(held.kept_name, reason)
        self._leave.give(held.found[0], until)
        self._give_orders()
        await self._let_back(held)
        return until

    async def step_aside(self) -> datetime:
        """Let a blocked page be in front for ten seconds, so that its tab can be closed; returns until when (UTC).

        KnownError where that was done within the last minute, or something else than a page is blocked.
        """
        held = self._held()
        if not held.found[0].in_tab:
            raise KnownError("Only a site has a tab to close.")
        until = self._leave.step_aside(held.window.handle)
        await self._let_back(held, uncounted=held.found[0].name)
        return until

    def _look_at_held(self) -> None:
        """End what is not blocked any more, and tell what is blocked by something else."""
        held = self._holding.held
        if held is None:
            return
        found = self._judging.found(held.front)
        if found is None or self._leave.lets(found[0], held.window.handle):
            self._holding.end()
            self._news.set()
        else:
            self._holding.refresh(found, self._focus.now, self._focus.passes_left)

    def _judge(self, fronted: Fronted) -> None:
        front, window = in_front(fronted), fronted.window
        found = self._judging.found(front)
        if found is None or self._leave.lets(found[0], window.handle):
            self._waiting = None
            if found is None and not is_vital(front.names, front.category):
                self.moving.remember(window)
            self._weigh(front, is_recorded=not fronted.is_nameless)
            self._holding.lose_sight()
            if self._holding.is_settled():
                self._holding.end()
        elif not self._waits_for_browser(fronted, found[0]):
            self.moving.forget(window)
            self._weigh(None)
            if self._holding.hold(
                window, front, found, self._focus.now, self._focus.passes_left, self.moving.back_to,
                nameless=fronted.is_nameless,
            ):  # fmt: skip
                self._news.set()

    def _waits_for_browser(self, fronted: Fronted, hit: Hit) -> bool:
        """Return whether a browser that has the extension may still block the page itself."""
        if not (hit.is_site and fronted.is_told):
            return False
        key, now = (fronted.window.handle, hit.name), self._clock.steady()
        if self._waiting is None or self._waiting[:2] != key:
            self._waiting = (*key, now + _BROWSER_PATIENCE)
            self._news.set()
        return now < self._waiting[2]

    def _weigh(self, front: InFront | None, *, is_recorded: bool = True) -> None:
        if self._spending.look(front, is_recorded=is_recorded):
            self._must_weigh = True
            self._news.set()

    def _blocking_changed(self) -> None:
        blocking, running = self._judging.blocking(), self._focus.now
        if running is not None and running.plan.strict:
            self._leave.take_back()
        if bool(blocking) is not self._wants_addresses:
            self._wants_addresses = bool(blocking)
            if self._tracker is not None:
                self._tracker.look_for_address()
        self.look()
        self._give_orders()

    def _give_orders(self) -> None:
        blocking, focus = self._judging.blocking(), self._focus
        passes = focus.passes_left, self._settings().number("focus_pass_seconds")
        self._orders.give(blocking, self._judging.pages, focus.now, self._leave.let_in(), passes)

    def _blocked_by_browser(self, _browser: PairedBrowser, site: str) -> None:
        hit = self._judging.of_site(site)
        if hit is not None:
            name = self._kept_name(site, hit)
            self._counting.add(name, name != NAMELESS, hit.block_list.name, lambda _earlier: None)

    async def _pass_in_browser(self, site: str, reason: str) -> datetime:
        """Let a page pass that a browser blocked by itself."""
        hit = self._judging.of_site(site)
        if hit is None:
            raise KnownError(f"{site} is not blocked now.")
        name = self._kept_name(site, hit)
        await self._counting.settled()
        try:
            until = await self._focus.pass_taken(name, reason)
        except UncountedError:  # it was blocked while it was open, or while nobody could be told
            await self._focus.attempted(name, name != NAMELESS, hit.block_list.name)
            until = await self._focus.pass_taken(name, reason)
        self._leave.give(hit, until)
        self._give_orders()
        self._news.set()
        return until

    def _kept_name(self, site: str, hit: Hit) -> str:
        is_nameless = self._tracker is None or self._tracker.is_nameless(Window("", url=f"https://{site}"))
        return NAMELESS if is_nameless else hit.name

    async def _follow(self) -> None:
        """Do what time brings."""
        while True:
            self._news.clear()
            held, now = self._holding.held, self._clock.steady()
            if held is not None and held.iconify_at is not None and held.iconify_at <= now:
                await self.moving.put_away(held)
            if self._must_weigh or (self._spending.due is not None and self._spending.due <= now):
                self._must_weigh = False
                await self._spending.weigh()
            self.look()
            self._give_orders()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience()):
                    await self._news.wait()

    def _patience(self) -> float | None:
        held, now = self._holding.held, self._clock.steady()
        ends = [self._leave.next_end(), self._waiting and self._waiting[2], self._spending.due]
        if held is not None:
            ends += [held.iconify_at, held.told_at + SEEN_PATIENCE]
        return min((end - now for end in ends if end is not None and end > now), default=None)

    async def _let_back(self, held: Held, *, uncounted: str = "") -> None:
        await self.moving.bring(held)
        if self._holding.held in (held, None):  # and nothing else is kept away meanwhile
            self._holding.end(uncounted=uncounted)
        self._news.set()

    def _held(self) -> Held:
        if self._holding.held is None:
            raise KnownError("Nothing is blocked in front now.")
        return self._holding.held
