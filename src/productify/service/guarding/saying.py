"""What the overlay says."""

from collections.abc import Callable
from datetime import datetime

from productify.clock import Clock, LocalDays
from productify.domain import Blocked, BlockList, FocusNow, Phase
from productify.focus.guard import Hit
from productify.focus.week import going_on
from productify.settings import Settings


class Saying:
    """Puts together what is known of a block."""

    def __init__(self, clock: Clock, local_days: Callable[[], LocalDays], settings: Callable[[], Settings]) -> None:
        self._clock = clock
        self._local_days = local_days
        self._settings = settings

    def blocked(
        self, hit: Hit, until: datetime, running: FocusNow | None, passes_left: int, back_to: str | None,
        earlier: int,
    ) -> Blocked:  # fmt: skip
        """Return it; `running` is the session, where that is what blocks.

        A site that comes here is kept away by the overlay alone: what an extension blocks shows a page of its own.
        """
        left = max(0.0, (until - self._clock.now()).total_seconds())
        settings = self._settings()
        return Blocked(
            name=hit.name,
            is_site=hit.is_site,
            list_name=hit.block_list.name,
            title=running.plan.title if running is not None else None,
            until=until,
            left=left,
            total=max(left, running.phase_total if running is not None else self._of_list(hit.block_list)),
            back_to=back_to,
            passes_left=passes_left,
            earlier=earlier,
            strict=running is not None and running.plan.strict,
            passes=settings.number("focus_passes"),
            pass_seconds=settings.number("focus_pass_seconds"),
            in_session=running is not None,
            can_step_aside=hit.in_tab,
        )

    def _of_list(self, block_list: BlockList) -> float:
        now, days = self._clock.now(), self._local_days()
        bounds = going_on(block_list.hours, now, days.zone) or days.bounds(days.day_of(now))
        return (bounds[1] - bounds[0]).total_seconds()


def session_that_blocks(running: FocusNow | None, list_id: str, until: datetime, now: datetime) -> FocusNow | None:
    """Return the session, where it is what blocks the list until then: its hours may do so, and for longer."""
    if running is None or list_id not in running.plan.lists or running.phase is not Phase.FOCUS:
        return None
    return running if abs((until - now).total_seconds() - running.phase_left) < 1.0 else None
