from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from productify.domain import Period, PeriodKind

DAYS = some.dates(date(1990, 1, 1), date(2090, 1, 1))
KINDS = some.sampled_from([PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.YEAR])


@given(kind=KINDS, day=DAYS)
def test_neighbours_touch_and_lead_back(kind: PeriodKind, day: date) -> None:
    period = Period.around(kind, day)
    assert day in period
    assert period.before().last + timedelta(days=1) == period.first
    assert period.after().first - timedelta(days=1) == period.last
    assert period.after().before() == period == period.before().after()


def test_weeks_begin_on_monday() -> None:
    week = Period.around(PeriodKind.WEEK, date(2026, 11, 22))
    assert (week.first, week.last) == (date(2026, 11, 16), date(2026, 11, 22))


def test_a_span_pages_by_its_own_length() -> None:
    span = Period(PeriodKind.SPAN, date(2026, 11, 10), date(2026, 11, 12))
    assert span.before().days() == [date(2026, 11, 7), date(2026, 11, 8), date(2026, 11, 9)]
