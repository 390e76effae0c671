"""What a second of the day can be, and how good it was."""

from enum import IntEnum, StrEnum


class State(StrEnum):
    """What a second was when it was not an app that we may name.

    The key is what `activities.cause` and, for such rows, `activities.app_name` hold.
    """

    AWAY = "away"
    """No keyboard or mouse for longer than the idle timeout."""
    LOCKED = "locked"
    ASLEEP = "asleep"
    PAUSED = "paused"
    """The user paused tracking."""
    PRIVATE = "private"
    """Incognito, an excluded app, site or title, or a private browser window: time without detail."""
    SYSTEM = "system"
    """The desktop itself: a shell, a login or lock window."""
    OFF = "off"
    """Nothing ran that could have recorded: computed from gaps, never stored."""


AWAY_STATES = frozenset({State.AWAY, State.LOCKED, State.ASLEEP})
"""States with nobody at the keyboard (`activities.is_afk`)."""

AT_KEYBOARD = frozenset({State.PRIVATE, State.SYSTEM})
"""States that count as active time, and as neutral."""


class Presence(StrEnum):
    """What showed that somebody was there although no key or mouse was used (`activities.presence`)."""

    CALL = "call"
    """A microphone or camera was in use, or a call's window was in front."""
    VIDEO = "video"
    """A full-screen picture played."""
    AUDIO = "audio"
    """Sound played, for as long as its category allows."""
    INHIBITOR = "inhibitor"
    """An app asked the desktop not to become idle."""


class Origin(StrEnum):
    """Where an activity came from that no tracker saw (`activities.origin`)."""

    MANUAL = "manual"
    """The user entered it."""
    LABEL = "label"
    """The user said what a gap was."""
    COPY = "copy"
    """It was copied from another day."""


class Productivity(IntEnum):
    """How much an activity serves what the user wants (`productivity` on rules and activities)."""

    VERY_DISTRACTING = -2
    DISTRACTING = -1
    NEUTRAL = 0
    PRODUCTIVE = 1
    VERY_PRODUCTIVE = 2


class Band(StrEnum):
    """The three verdicts that charts show; unclassified time is drawn with neutral."""

    PRODUCTIVE = "productive"
    NEUTRAL = "neutral"
    DISTRACTING = "distracting"


def band_of(productivity: int | None) -> Band:
    """Return the chart's verdict for a productivity of -2..2, None being unclassified."""
    if not productivity:
        return Band.NEUTRAL
    return Band.PRODUCTIVE if productivity > 0 else Band.DISTRACTING
