"""Days, weeks and months as people page through them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class PeriodKind(StrEnum):
    """How much of the calendar a view shows."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    SPAN = "span"
    """Any range of days, as the command line takes it."""


@dataclass(frozen=True, slots=True)
class Period:
    """The local days from `first` to `last`, both included; weeks begin on Monday (ISO 8601)."""

    kind: PeriodKind
    first: date
    last: date

    @classmethod
    def around(cls, kind: PeriodKind, day: date) -> "Period":
        """Return the day, week, month or year that `day` lies in."""
        match kind:
            case PeriodKind.WEEK:
                first = day - timedelta(days=day.weekday())
                return cls(kind, first, first + timedelta(days=6))
            case PeriodKind.MONTH:
                first = day.replace(day=1)
                return cls(kind, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
            case PeriodKind.YEAR:
                return cls(kind, day.replace(month=1, day=1), day.replace(month=12, day=31))
            case _:
                return cls(kind, day, day)

    @property
    def day_count(self) -> int:
        """How many local days it covers."""
        return (self.last - self.first).days + 1

    def days(self) -> list[date]:
        """Return every local day in it, in order."""
        return [self.first + timedelta(days=n) for n in range(self.day_count)]

    def before(self) -> "Period":
        """Return the period of the same kind just before this one."""
        return self._beside(self.first - timedelta(days=1), -self.day_count)

    def after(self) -> "Period":
        """Return the period of the same kind just after this one."""
        return self._beside(self.last + timedelta(days=1), self.day_count)

    def _beside(self, day: date, shift: int) -> "Period":
        if self.kind is PeriodKind.SPAN:
            return Period(self.kind, self.first + timedelta(days=shift), self.last + timedelta(days=shift))
        return Period.around(self.kind, day)

    def __contains__(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.first <= day <= self.last
