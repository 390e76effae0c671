"""What is told to a person who does not look at the window."""

from dataclasses import dataclass
from enum import IntEnum


class Urgency(IntEnum):
    """How much a notification asks for attention, as the desktops count it."""

    LOW = 0
    NORMAL = 1
    CRITICAL = 2


@dataclass(frozen=True, slots=True)
class Notification:
    """A title, a sentence, and the (key, label) of each button; `default` stands for a click on the text itself.

    One with a `key` takes the place of the one that is still shown with the same. `seconds` is how long it stays,
    None leaves that to the desktop. Without `sound` the desktop is asked to make none.
    """

    title: str
    body: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    urgency: Urgency = Urgency.NORMAL
    key: str = ""
    seconds: float | None = None
    sound: bool = False
