"""What is told of breaks."""

from productify.domain import Notification, Urgency
from productify.focus.breaks import EYES_SECONDS, SNOOZE, Plan

START, SNOOZE_IT, SKIP = "break-start", "break-snooze", "break-skip"
_KEY, _EYES_KEY = "break", "break-eyes"
_STAYS = 60.0


def due(sitting: float, plan: Plan, snoozes_left: int, *, sound: bool) -> Notification:
    """Return the reminder of a break."""
    body = f"You have been here for {_length(sitting)}. {_length(plan.length).capitalize()} away would do you good."
    later = ((SNOOZE_IT, f"Snooze {round(SNOOZE / 60)} min"),) if snoozes_left else ()
    actions = ((START, "Start break"), *later, (SKIP, "Skip"))
    return Notification("Time for a break", body, actions, Urgency.NORMAL, _KEY, _STAYS, sound)


def eyes(*, sound: bool) -> Notification:
    """Return the reminder to look away."""
    body = f"Look at something far away for {EYES_SECONDS:.0f} seconds."
    return Notification("Rest your eyes", body, ((SKIP, "Skip"),), Urgency.LOW, _EYES_KEY, EYES_SECONDS, sound)


def over(*, sound: bool) -> Notification:
    """Return the note that a break is over."""
    return Notification("Your break is over", "Welcome back.", (), Urgency.LOW, _KEY, _STAYS, sound)


def _length(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 120:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{minutes // 60} h {minutes % 60} min"
