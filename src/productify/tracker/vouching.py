"""Until when somebody was there although no key or mouse was used. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from productify.domain import Presence


@dataclass(frozen=True, slots=True)
class Vouched:
    """Something else than input shows from now on that somebody is there; `by` None ends it.

    It holds for at most `cap` after the last input.
    """

    by: Presence | None = None
    cap: timedelta = timedelta()


class Signs:
    """The latest sign of somebody, apart from input.

    When what vouched ends, it counts as a last input would: the absence begins there once the idle timeout passed.
    When its cap runs out it is no sign any more, and the absence begins right there. Either way nothing that lay
    before, and was shown as present, is taken back.
    """

    def __init__(self) -> None:
        self.now = Vouched()
        self._seen: datetime | None = None

    def pass_time(self, start: datetime, end: datetime, last_input: datetime | None) -> None:
        """Take note that what vouches did so from `start` to `end`; None while there is input."""
        if self.now.by is None:
            return
        until = end if last_input is None else min(end, last_input + self.now.cap)
        if until > start:
            self._seen = until if self._seen is None else max(self._seen, until)

    def shift(self, by: timedelta) -> None:
        """Move with a clock that was set."""
        if self._seen is not None:
            self._seen += by

    def last(self, last_input: datetime) -> datetime:
        """Return the last moment at which somebody was there."""
        return last_input if self._seen is None else max(last_input, self._seen)

    def absence_at(self, last_input: datetime, timeout: timedelta, now: datetime, *, counts: bool) -> datetime:
        """Return when it will be clear that nobody is there; what vouches is left out unless it `counts`."""
        last = self.last(last_input)
        if self.now.by is not None and counts:
            end = last_input + self.now.cap
            if end > now or last == end:
                return max(end, last_input + timeout)
        return last + timeout
