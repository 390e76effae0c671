"""A piece of news for the user, for whoever has some; the toast that shows it is a matter of the window."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class News:
    """What to tell: `tone` colours its icon, `act` runs when its button is pressed."""

    title: str
    hint: str = ""
    tone: str = "accent"
    icon: str = "info"
    action: str = ""
    act: Callable[[], None] | None = None
