"""What the service tells without being asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from productify.domain import Status


def _nobody(*_told: Any) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Notices:
    """Whom to tell, on the engine room's thread: plain functions that return at once.

    `changed` gets the tables of each commit, `status` the recorder's state when it changed; `show` and `quit` are
    called when another process asks for the window or for the end. `has_window` tells whether `show` can.
    """

    changed: Callable[[frozenset[str]], None] = _nobody
    status: Callable[[Status], None] = _nobody
    show: Callable[[], None] = _nobody
    quit: Callable[[], None] = _nobody
    has_window: bool = False
