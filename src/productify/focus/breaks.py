"""When a break is due and may be said, as a pure state machine.

Moments are seconds on an axis that goes on while the machine sleeps, and never jumps. Whoever was away for some
minutes had a break, whether or not it was due; what nobody saw counts as that too, never as sitting.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto

from productify.domain import BreakHold
from productify.errors import KnownError

PAUSE = 300.0
"""Seconds away that are a break by themselves."""

SNOOZE = 300.0
SNOOZES = 2
TYPING_PAUSE = 5.0
PATIENCE = 180.0
"""Seconds that a reminder waits for a pause in the typing before it is said all the same."""

EYES_EVERY = 1200.0
EYES_SECONDS = 20.0
APART = 300.0
"""Seconds between looking away and a reminder of a break, at least."""

_TYPING_LOOK, _HELD_LOOK, _BREAK_LOOK = 1.0, 5.0, 5.0


class Said(Enum):
    """What is to be told."""

    BREAK = auto()
    EYES = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True)
class Plan:
    """What the settings ask for: a break of `length` after `after` seconds, and with `eyes` looking away meanwhile."""

    on: bool = True
    after: float = 3000.0
    length: float = 300.0
    eyes: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known at `at`: since when nobody is there, None while somebody is; what keeps reminders back; and
    `idle`, the seconds since the last key or mouse, None where nobody can tell.
    """

    at: float
    away_from: float | None = None
    hold: BreakHold | None = None
    idle: float | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting, from `since` on, None while nobody is there; each verb returns it as it is afterwards.

    The time to a reminder counts from `counted`, that to looking away from `eyes_from`. `told_at` is when the reminder
    was said that nobody has answered; `ready_at` since when only typing keeps one back; `away_from` since when nobody
    is there, too short as yet to be a break.
    """

    since: float | None = None
    counted: float = 0.0
    eyes_from: float = 0.0
    away_from: float | None = None
    told_at: float | None = None
    ready_at: float | None = None
    snoozed_until: float | None = None
    snoozes: int = 0
    break_from: float | None = None

    def see(self, now: Moment, plan: Plan) -> tuple["Sitting", Said | None]:
        """Return it as it is after `now`, and what is to be told."""
        if self.break_from is not None:
            return self._in_break(now, plan)
        away_from = now.away_from if self.away_from is None else self.away_from
        is_over = self.since is None or (away_from is not None and now.at - away_from >= PAUSE)
        if now.away_from is not None:
            return (Sitting() if is_over else replace(self, away_from=away_from, ready_at=None)), None
        if is_over:
            return Sitting(now.at, now.at, now.at), None
        return replace(self, away_from=None)._speak(now, plan)

    def start(self, at: float) -> "Sitting":
        """Return it with a break that begins; KnownError in a break."""
        if self.break_from is not None:
            raise KnownError("A break runs already.", "End it with: productify break skip")
        return Sitting(self.since, self.counted, self.eyes_from, break_from=at)

    def snooze(self, at: float, plan: Plan) -> "Sitting":
        """Return it with the reminder put off; KnownError where none is due, or it was put off twice."""
        if not self.is_due(at, plan):
            raise KnownError("No break is due.", "See: productify break status")
        if self.snoozes >= SNOOZES:
            raise KnownError("This break was put off twice.", "Take it, or skip it.")
        return replace(self, told_at=None, ready_at=None, snoozed_until=at + SNOOZE, snoozes=self.snoozes + 1)

    def skip(self, at: float) -> "Sitting":
        """Return it without this break, or back from it."""
        if self.break_from is not None:
            return Sitting(at, at, at)
        return Sitting(self.since, at, at, self.away_from)

    def is_due(self, at: float, plan: Plan) -> bool:
        """Return whether it is time for a break that nobody answered for."""
        return self.due_in(at, plan) == 0

    def due_in(self, at: float, plan: Plan) -> float | None:
        """Return the seconds until a break is due, 0 where it is; None where none will be."""
        if not plan.on or self.since is None or self.break_from is not None:
            return None
        due = self.counted + plan.after
        return max(0.0, due - at, (self.snoozed_until or due) - at)

    def snoozes_left(self) -> int:
        """Return how often this break may still be put off."""
        return SNOOZES - self.snoozes

    def rested_at(self, now: Moment, plan: Plan) -> float | None:
        """Return when the break is over if nobody touches anything from now on; None outside a break."""
        return None if self.break_from is None else self._rest_from(now) + plan.length

    def asks_for_input(self, now: Moment, plan: Plan) -> bool:
        """Return whether `see` makes another answer of `now` once it knows its `idle`."""
        if self.break_from is not None:
            return True
        is_there = self.since is not None and now.away_from is None
        return is_there and now.hold is None and self._wanted(now.at, plan) is not None

    def next_look(self, now: Moment, plan: Plan) -> float | None:
        """Return the seconds after which `see` may have something else to say; None where nothing will by itself."""
        if self.break_from is not None:
            return _BREAK_LOOK
        if self.since is None:
            return None
        if self.away_from is not None:
            return max(0.0, self.away_from + PAUSE - now.at)
        if self._wanted(now.at, plan) is not None:
            return _HELD_LOOK if now.hold is not None else _TYPING_LOOK
        comes = [at for at in (self._break_at(plan), self._eyes_at(plan)) if at is not None and at > now.at]
        return min(comes) - now.at if comes else None

    def _speak(self, now: Moment, plan: Plan) -> tuple["Sitting", Said | None]:
        wanted = self._wanted(now.at, plan)
        if wanted is None or now.hold is not None:
            return replace(self, ready_at=None), None
        ready_at = now.at if self.ready_at is None else self.ready_at
        is_typing = now.idle is not None and now.idle < TYPING_PAUSE
        if is_typing and now.at - ready_at < PATIENCE:
            return replace(self, ready_at=ready_at), None
        return self._told(wanted, now.at), wanted

    def _in_break(self, now: Moment, plan: Plan) -> tuple["Sitting", Said | None]:
        assert self.break_from is not None
        if now.at - self._rest_from(now) >= plan.length:
            return Sitting(), Said.OVER
        if now.at - self.break_from >= 2 * plan.length:  # nobody took it
            return Sitting(now.at if self.since is None else self.since, now.at, now.at, now.away_from), None
        return self, None

    def _rest_from(self, now: Moment) -> float:
        """Return since when nobody has touched anything in this break, its begin where nobody can tell."""
        assert self.break_from is not None
        if now.away_from is not None:
            return max(self.break_from, now.away_from)
        return self.break_from if now.idle is None else max(self.break_from, now.at - now.idle)

    def _wanted(self, at: float, plan: Plan) -> Said | None:
        comes, eyes = self._break_at(plan), self._eyes_at(plan)
        if comes is not None and at >= comes:
            return Said.BREAK
        is_close = comes is not None and at > comes - APART
        return Said.EYES if eyes is not None and at >= eyes and not is_close else None

    def _break_at(self, plan: Plan) -> float | None:
        """Return when the reminder is to be said; one that nobody answers comes again after another sitting."""
        if not plan.on:
            return None
        if self.told_at is not None:
            return self.told_at + plan.after
        return max(self.counted + plan.after, self.snoozed_until or 0.0)

    def _eyes_at(self, plan: Plan) -> float | None:
        """Return when it is time to look away."""
        return self.eyes_from + EYES_EVERY if plan.eyes else None

    def _told(self, what: Said, at: float) -> "Sitting":
        """Return it with `what` said; a reminder of a break stands for looking away too."""
        if what is Said.EYES:
            return replace(self, eyes_from=at, ready_at=None)
        snoozes = 0 if self.told_at is not None else self.snoozes
        return replace(self, eyes_from=at, told_at=at, ready_at=None, snoozed_until=None, snoozes=snoozes)
