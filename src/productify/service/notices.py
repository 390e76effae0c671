"""What the service tells without being asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from productify.domain import Blocked, Notification, Return, Status


def _nobody(*_told: Any) -> None:
    """Nobody listens."""


def _nobody_looks() -> bool:
    """There is no window, so nobody sees it."""
    return False


@dataclass(frozen=True, slots=True)
class Notices:
    """Whom to tell, on the engine room's thread: plain functions that return at once.

    `changed` gets the tables of each commit, `status` the recorder's state when it changed; `show` and `quit` are
    called when another process asks for the window or for the end. `has_window` tells whether `show` can, `is_seen`
    whether it is in view now. `returned` gets an absence to ask about, once, when somebody comes back; `notified`
    what the desktop could not show as a notification. `blocked` gets what the overlay is to say over what is in front,
    None when it is to go.
    """

    changed: Callable[[frozenset[str]], None] = _nobody
    status: Callable[[Status], None] = _nobody
    show: Callable[[], None] = _nobody
    quit: Callable[[], None] = _nobody
    has_window: bool = False
    is_seen: Callable[[], bool] = _nobody_looks
    returned: Callable[[Return], None] = _nobody
    notified: Callable[[Notification], None] = _nobody
    blocked: Callable[[Blocked | None], None] = _nobody
