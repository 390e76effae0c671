"""Whole minutes that add up."""

from collections.abc import Sequence

_MINUTE = 60_000


def to_minutes(milliseconds: int) -> int:
    """Return whole minutes, the nearest."""
    return (milliseconds + _MINUTE // 2) // _MINUTE


def shown_minutes(parts: Sequence[int]) -> list[int]:
    """Return the minutes to show for parts in milliseconds: by largest remainder, so they add up to their total's."""
    minutes = [part // _MINUTE for part in parts]
    missing = to_minutes(sum(parts)) - sum(minutes)
    by_remainder = sorted(range(len(parts)), key=lambda index: (-(parts[index] % _MINUTE), index))
    for index in by_remainder[:missing]:
        minutes[index] += 1
    return minutes
