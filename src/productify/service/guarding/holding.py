"""What is kept away now, what the overlay was told of it, and when it is over."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from productify.clock import Clock
from productify.domain import Blocked, FocusNow
from productify.focus.guard import InFront
from productify.service.guarding.counting import NAMELESS, Counting
from productify.service.guarding.judging import Found
from productify.service.guarding.saying import Saying, session_that_blocks
from productify.service.notices import Notices
from productify.tracker.probe import Window

_COVER_PATIENCE = 0.4
"""Seconds until a blocked window is minimised, also where the overlay did not come to the front by then."""

SEEN_PATIENCE = 1.0
"""Seconds in which an allowed window does not end a block whose overlay has not come: it came by itself."""

_SAME_VISIT = 1.0
"""Seconds in which a blocked window that comes back to the front is still the same visit."""


@dataclass(slots=True)
class Held:
    """A window that is kept away: as it was judged, and what has become of it since; moments by the steady clock.

    `gone_at` is since when something else is in front, `iconify_at` when it is to be minimised, None once it was.
    """

    window: Window
    front: InFront
    found: Found
    kept_name: str
    told_at: float
    iconify_at: float | None
    is_covered: bool = False
    gone_at: float | None = None


class Holding:
    """At most one window at a time; whatever changes is told by `notices.blocked`."""

    def __init__(self, clock: Clock, notices: Notices, saying: Saying, counting: Counting) -> None:
        self.held: Held | None = None
        self.said: Blocked | None = None
        self._clock = clock
        self._notices = notices
        self._saying = saying
        self._counting = counting
        self._uncounted = ""

    def hold(
        self, window: Window, front: InFront, found: Found, running: FocusNow | None, passes_left: int,
        back_to: str | None, *, nameless: bool,
    ) -> bool:  # fmt: skip
        """Keep a window away that is in front and blocked; returns whether it has only just come there."""
        now, before, hit = self._clock.steady(), self.held, found[0]
        is_same = before is not None and (before.window.handle, before.found[0].name) == (window.handle, hit.name)
        earlier = self.said.earlier if self.said is not None and is_same else 0
        running = session_that_blocks(running, hit.block_list.id, found[1], self._clock.now())
        said = self._saying.blocked(*found, running, passes_left, back_to, earlier)
        if before is not None and is_same and before.gone_at is None:
            before.found = found
            if self.said is None or _differs(self.said, said):
                self._tell(said)
            return False
        is_visit = before is None or not is_same or now - (before.gone_at or 0.0) >= _SAME_VISIT
        iconify_at = now + (_COVER_PATIENCE if self._notices.has_window else 0.0)
        self.held = Held(window, front, found, NAMELESS if nameless else hit.name, now, iconify_at)
        self._tell(said)
        if is_visit and hit.name != self._uncounted:
            self._count(self.held)
        self._uncounted = ""
        return True

    def refresh(self, found: Found, running: FocusNow | None, passes_left: int) -> None:
        """Hear by what and until when it is blocked now, while something else is in front."""
        if self.held is not None and self.said is not None:
            self.held.found = found
            running = session_that_blocks(running, found[0].block_list.id, found[1], self._clock.now())
            said = self._saying.blocked(*found, running, passes_left, self.said.back_to, self.said.earlier)
            if _differs(self.said, said):
                self._tell(said)

    def lose_sight(self) -> None:
        """Hear that something else is in front."""
        if self.held is not None and self.held.gone_at is None:
            self.held.gone_at = self._clock.steady()

    def cover(self) -> bool:
        """Hear that a window of the app is in front; returns whether that lets the blocked one be minimised."""
        self.lose_sight()
        held = self.held
        if held is None or held.is_covered:
            return False
        held.is_covered = True
        if held.iconify_at is not None:
            held.iconify_at = self._clock.steady()
        return True

    def is_settled(self) -> bool:
        """Return whether an allowed window in front is the user's choice, and not what the desktop put there."""
        held = self.held
        if held is None or held.iconify_at is not None:
            return False
        was_seen = held.is_covered or not self._notices.has_window
        return was_seen or self._clock.steady() - held.told_at >= SEEN_PATIENCE

    def end(self, *, uncounted: str = "") -> None:
        """Take the overlay away; of what is `uncounted` the next visit is a part of this one."""
        self._uncounted = uncounted
        if self.held is not None:
            self.held = None
            self._tell(None)

    def _tell(self, said: Blocked | None) -> None:
        self.said = said
        self._notices.blocked(said)

    def _count(self, held: Held) -> None:
        hit = held.found[0]
        is_site = hit.is_site and held.kept_name != NAMELESS
        self._counting.add(held.kept_name, is_site, hit.block_list.name, self._counted(held))

    def _counted(self, held: Held) -> Callable[[int], None]:
        def counted(earlier: int) -> None:
            if self.held is held and self.said is not None and self.said.earlier != earlier:
                self._tell(replace(self.said, earlier=earlier))

        return counted


def _differs(before: Blocked, said: Blocked) -> bool:
    """Return whether the overlay must say something else; its time goes on by itself."""
    if abs((before.until - said.until).total_seconds()) > 1.0:
        return True
    return replace(before, until=said.until, left=said.left, total=said.total, back_to=said.back_to) != said
