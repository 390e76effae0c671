"""Keeps what is blocked away from the front."""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from productify.clock import Clock, LocalDays
from productify.domain import Blocked, BlockList, Capability
from productify.errors import KnownError
from productify.focus.guard import Hit, InFront, judged
from productify.focus.pages import Pages, shipped_pages
from productify.focus.spared import is_vital
from productify.service.focusing import Focusing
from productify.service.guarding.counting import NAMELESS, Counting
from productify.service.guarding.leave import Leave
from productify.service.guarding.saying import Saying, session_that_blocks
from productify.service.guarding.seeing import in_front, is_own
from productify.service.notices import Notices
from productify.settings import Settings
from productify.tracker.front import Fronted
from productify.tracker.hands import WindowControl, hands_for
from productify.tracker.probe import Window
from productify.tracker.tracker import Tracker

_COVER_PATIENCE = 0.4
"""Seconds until a blocked window is minimised, also where the overlay did not come to the front by then."""

_SEEN_PATIENCE = 1.0
"""Seconds in which an allowed window does not end a block whose overlay has not come: it came by itself."""

_SAME_VISIT = 1.0
"""Seconds in which a blocked window that comes back to the front is still the same visit."""

_BROWSER_PATIENCE = 2.0
"""Seconds that a browser with the extension has for blocking a page itself."""

_BACK_PATIENCE = 0.3
_REMEMBERED = 8


@dataclass(slots=True)
class _Held:
    """What is kept away: as it was judged, and what has become of it since it was told, `told_at` by steady clock."""

    window: Window
    front: InFront
    hit: Hit
    kept_name: str
    told_at: float
    iconify_at: float | None
    is_covered: bool = False
    is_away: bool = True
    gone_at: float | None = None


class Guarding:
    """Judges every window that comes to the front; whatever it does is told by `notices.blocked` first.

    `now` is what the overlay says, None where nothing is blocked in front. `hands` replaces what moves windows.
    """

    def __init__(
        self,
        clock: Clock,
        local_days: Callable[[], LocalDays],
        settings: Callable[[], Settings],
        focus: Focusing,
        notices: Notices,
        hands: WindowControl | None = None,
    ) -> None:
        self.now: Blocked | None = None
        self._clock = clock
        self._focus = focus
        self._notices = notices
        self.hands = hands
        self._saying = Saying(clock, local_days, settings)
        self._counting = Counting(focus.attempted)
        self._leave = Leave(clock)
        self._tracker: Tracker | None = None
        self._held: _Held | None = None
        self._waiting: tuple[int, str, float] | None = None
        self._uncounted = ""
        self._allowed: list[Window] = []
        self._pages: tuple[tuple[BlockList, ...], Pages] = ((), Pages())
        self._news = asyncio.Event()

    def begin(self, tracker: Tracker) -> None:
        """Hear of everything that `tracker` sees in front, and of everything that begins or ends to be blocked."""
        self._tracker = tracker
        tracker.front_listeners.append(self.look)
        tracker.wants_addresses = lambda: bool(self._focus.blocking())
        self._focus.on_blocking = self.look

    def capability(self) -> Capability:
        """Return how well blocked windows can be put away here."""
        return self._moving().capability()

    async def run(self) -> None:
        """Put away what is blocked, and let it in and out by time, until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._counting.run(), name="count blocked visits")
                tasks.create_task(self._follow(), name="guard the front")
        finally:
            if self.hands is not None:
                await self.hands.close()

    def look(self) -> None:
        """Judge what is in front now."""
        tracker = self._tracker
        if tracker is None:
            return
        if self._held is not None and (tracker.is_locked or not self._is_blocked(self._held)):
            self._end()
        fronted = None if tracker.is_locked else tracker.fronted()
        if fronted is None:
            self._lose_sight()
        elif is_own(fronted.window):
            self._cover()
        else:
            self._judge(fronted)

    async def back_to_work(self) -> None:
        """Bring the last allowed window to the front; where that cannot be done the overlay just goes."""
        held = self._held
        if held is not None and held.iconify_at is not None:
            await self._put_away(held)
        for window in reversed(self._allowed):
            if await self._moving().activate(window.handle):
                await self._until_front(window.handle)
                break
        self._end()

    async def take_pass(self, reason: str) -> datetime:
        """Let what is blocked pass for a written reason, and return until when (UTC); KnownError where it cannot."""
        held = self._held_now()
        await self._counting.settled()
        until = await self._focus.pass_taken(held.kept_name, reason)
        self._leave.give(held.hit, until)
        await self._let_back(held)
        return until

    async def step_aside(self) -> datetime:
        """Let a blocked page be in front for ten seconds, so that its tab can be closed; returns until when (UTC).

        KnownError where that was done within the last minute, or something else than a site is blocked.
        """
        held = self._held_now()
        if not held.hit.is_site:
            raise KnownError("Only a site has a tab to close.")
        until = self._leave.step_aside(held.window.handle)
        self._uncounted = held.hit.name
        await self._let_back(held)
        return until

    def _judge(self, fronted: Fronted) -> None:
        front = in_front(fronted)
        found = self._found(front)
        if found is None:
            self._waiting = None
            self._remember(fronted.window, front)
            self._let_be()
        elif self._leave.lets(found[0], fronted.window.handle):
            self._let_be()
        elif not self._waits_for_browser(fronted, found[0]):
            self._keep_away(fronted, front, *found)

    def _is_blocked(self, held: _Held) -> bool:
        """Return whether what is kept away still is to be."""
        found = self._found(held.front)
        return found is not None and not self._leave.lets(found[0], held.window.handle)

    def _found(self, front: InFront) -> tuple[Hit, datetime] | None:
        """Return what is blocked and until when (UTC), by the list that blocks it longest."""
        ends = [(each, self._focus.blocked_until(each.id)) for each in self._focus.blocking()]
        longest = sorted(((each, end) for each, end in ends if end is not None), key=lambda pair: pair[1], reverse=True)
        lists = tuple(each for each, _ in longest)
        hit = judged(lists, front, self._pages_of(lists)) if lists else None
        if hit is None:
            return None
        return hit, next(end for each, end in longest if each is hit.block_list)

    def _waits_for_browser(self, fronted: Fronted, hit: Hit) -> bool:
        """Return whether a browser that has the extension may still block the page itself."""
        if not (hit.is_site and fronted.is_told):
            return False
        key, now = (fronted.window.handle, hit.name), self._clock.steady()
        if self._waiting is None or self._waiting[:2] != key:
            self._waiting = (*key, now + _BROWSER_PATIENCE)
            self._news.set()
        return now < self._waiting[2]

    def _keep_away(self, fronted: Fronted, front: InFront, hit: Hit, until: datetime) -> None:
        now, held = self._clock.steady(), self._held
        is_same = held is not None and (held.window.handle, held.hit.name) == (fronted.window.handle, hit.name)
        if held is not None and is_same and held.gone_at is None:
            self._tell(held, hit, until)
            return
        is_visit = held is None or not is_same or now - (held.gone_at or 0.0) >= _SAME_VISIT
        kept_name = NAMELESS if fronted.is_nameless else hit.name
        self._held = _Held(fronted.window, front, hit, kept_name, now, now + self._patience_for_cover())
        earlier = self.now.earlier if self.now is not None and is_same else 0
        self._tell(self._held, hit, until, earlier, anew=True)
        if is_visit and hit.name != self._uncounted:
            self._count(self._held)
        self._uncounted = ""
        self._news.set()

    def _tell(self, held: _Held, hit: Hit, until: datetime, earlier: int | None = None, *, anew: bool = False) -> None:
        """Tell what the overlay says, where that differs from what it was told."""
        held.hit, running = hit, self._focus.now
        session = session_that_blocks(running, hit.block_list.id, until, self._clock.now())
        before = self.now
        said = self._saying.blocked(
            hit, until, session, self._focus.passes_left, self._allowed[-1].app_name if self._allowed else None,
            before.earlier if earlier is None and before is not None else earlier or 0,
            can_step_aside=hit.is_site,
        )  # fmt: skip
        if anew or before is None or _differs(before, said):
            self.now = said
            self._notices.blocked(said)

    def _count(self, held: _Held) -> None:
        def counted(earlier: int) -> None:
            if self._held is held and self.now is not None and self.now.earlier != earlier:
                self.now = replace(self.now, earlier=earlier)
                self._notices.blocked(self.now)

        is_site = held.hit.is_site and held.kept_name != NAMELESS
        self._counting.add(held.kept_name, is_site, held.hit.block_list.name, counted)

    def _remember(self, window: Window, front: InFront) -> None:
        """Remember it as something to go back to."""
        if not is_vital(front.names, front.category):
            others = [each for each in self._allowed if each.handle != window.handle]
            self._allowed = [*others, window][-_REMEMBERED:]

    def _let_be(self) -> None:
        """Hear that something allowed is in front: that ends a block whose overlay was seen."""
        self._lose_sight()
        if self._held is not None and self._is_settled(self._held):
            self._end()

    def _is_settled(self, held: _Held) -> bool:
        if held.iconify_at is not None:
            return False
        was_seen = held.is_covered or not self._notices.has_window
        return was_seen or self._clock.steady() - held.told_at >= _SEEN_PATIENCE

    def _lose_sight(self) -> None:
        if self._held is not None and self._held.gone_at is None:
            self._held.gone_at = self._clock.steady()

    def _cover(self) -> None:
        """Hear that a window of the app came to the front."""
        self._lose_sight()
        held = self._held
        if held is not None and not held.is_covered:
            held.is_covered = True
            if held.iconify_at is not None:
                held.iconify_at = self._clock.steady()
            self._news.set()

    def _end(self) -> None:
        if self._held is not None:
            self._held = self.now = None
            self._notices.blocked(None)
            self._news.set()

    async def _follow(self) -> None:
        """Do what time brings."""
        while True:
            self._news.clear()
            held = self._held
            if held is not None and held.iconify_at is not None and held.iconify_at <= self._clock.steady():
                await self._put_away(held)
            self.look()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience()):
                    await self._news.wait()

    def _patience(self) -> float | None:
        held, now = self._held, self._clock.steady()
        ends = [self._leave.next_end(), self._waiting[2] if self._waiting is not None else None]
        if held is not None:
            ends += [held.iconify_at, held.told_at + _SEEN_PATIENCE]
        return min((max(0.0, end - now) for end in ends if end is not None and end > now), default=None)

    def _patience_for_cover(self) -> float:
        return _COVER_PATIENCE if self._notices.has_window else 0.0

    async def _put_away(self, held: _Held) -> None:
        held.iconify_at = None
        await self._moving().iconify(held.window.handle)

    async def _let_back(self, held: _Held) -> None:
        held.iconify_at = None
        await self._moving().activate(held.window.handle)
        if self._held is held:
            self._end()

    async def _until_front(self, handle: int) -> None:
        """Wait a little for a window to be in front, so that nothing else is seen in between."""
        tracker, end = self._tracker, self._clock.steady() + _BACK_PATIENCE
        for _ in range(int(_BACK_PATIENCE / 0.02)):
            front = tracker.fronted() if tracker is not None else None
            if (front is not None and front.window.handle == handle) or self._clock.steady() > end:
                return
            await asyncio.sleep(0.02)

    def _held_now(self) -> _Held:
        if self._held is None:
            raise KnownError("Nothing is blocked in front now.")
        return self._held

    def _moving(self) -> WindowControl:
        if self.hands is None:
            self.hands = hands_for(os.environ)
        return self.hands

    def _pages_of(self, lists: tuple[BlockList, ...]) -> Pages:
        if self._pages[0] != lists:
            self._pages = (lists, shipped_pages().with_lists(lists))
        return self._pages[1]


def _differs(before: Blocked, said: Blocked) -> bool:
    """Return whether the overlay must say something else; its time goes on by itself."""
    if abs((before.until - said.until).total_seconds()) > 1.0:
        return True
    return replace(before, until=said.until, left=said.left, total=said.total) != said
