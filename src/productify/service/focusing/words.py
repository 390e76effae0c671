"""What is told of a session to a person who does not look at the window."""

from productify.domain import FocusPlan, FocusRecord, FocusSchedule, Notification, Phase, Urgency
from productify.focus.session import Standing

KEY = "focus"
EXTEND, END, BREAK, SKIP = "extend", "end", "break", "skip"
_MORE = (EXTEND, "+5 min")
_STOP = (END, "End session")


def of_phase(now: Standing, plan: FocusPlan, *, can_end: bool, with_break: bool, quiet: bool) -> Notification:
    """Return what is told when a phase begins; `quiet` while somebody is in a call."""
    stop = (_STOP,) if can_end else ()
    minutes = round(now.phase_left / 60)
    if now.phase is Phase.OVERTIME:
        actions = (((BREAK, "Take a break"),) if with_break else ()) + (_MORE, _STOP)
        body = "Nothing is blocked any more. What you go on with counts as overtime."
        return _told(f"{_length(plan.minutes)} of focus done", body, actions, quiet=quiet)
    if now.phase is Phase.FOCUS:
        of = f", {now.cycle} of {plan.pomodoro.cycles}" if plan.pomodoro is not None else ""
        return _told(f"Focus again{of}", f"For {_length(minutes)}.", stop, quiet=quiet)
    name = "A long break" if now.phase is Phase.LONG_BREAK else "A break"
    more = () if plan.strict and now.phase is Phase.BREAK else (_MORE,)
    return _told(name, f"For {_length(minutes)}; nothing is blocked until then.", (*more, *stop), quiet=quiet)


def of_end(record: FocusRecord, *, quiet: bool) -> Notification:
    """Return what is told of a session that ended by itself."""
    blocked = "" if not record.attempts else f" {_times(record.attempts)} something was blocked."
    return _told("Focus session ended", f"{_length(record.seconds // 60)} of focus.{blocked}", (), quiet=quiet)


def of_schedule(schedule: FocusSchedule) -> Notification:
    """Return what is told a minute before a session begins by itself."""
    title = schedule.title or "A focus session"
    body = f"{_length(schedule.minutes)}, by your schedule." + (" Strict mode." if schedule.strict else "")
    return Notification(f"{title} begins in a minute", body, ((SKIP, "Skip today"),), key=f"{KEY}-schedule")


def _told(title: str, body: str, actions: tuple[tuple[str, str], ...], *, quiet: bool) -> Notification:
    urgency = Urgency.LOW if quiet else Urgency.NORMAL
    return Notification(title, body, () if quiet else actions, urgency, KEY)


def _length(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _times(count: int) -> str:
    return "Once" if count == 1 else f"{count} times"
