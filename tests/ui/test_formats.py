from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from productify.domain import Period, PeriodKind
from productify_ui.text import formats

MINUTE = 60_000


@pytest.fixture(autouse=True)
def _english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (None, "—"),
        (0, "0m"),
        (1, "<1m"),
        (29_999, "<1m"),
        (MINUTE, "1m"),
        (42 * MINUTE, "42m"),
        (65 * MINUTE, "1h 05m"),
        (7690 * MINUTE, "128h 10m"),
    ],
)
def test_durations(milliseconds, text):
    assert formats.duration(milliseconds) == text


@given(st.lists(st.integers(0, 30 * 3_600_000), max_size=40))
def test_shown_parts_add_up_to_the_shown_total(parts):
    shown = formats.shown_minutes(parts)
    assert sum(shown) == formats.to_minutes(sum(parts))
    assert all(abs(minutes * MINUTE - part) <= MINUTE for minutes, part in zip(shown, parts, strict=True))


def test_the_largest_remainder_is_rounded_up():
    assert formats.shown_minutes([59_000, 31_000, 30_000]) == [1, 1, 0]


@pytest.mark.parametrize(("seconds", "text"), [(-3, "00:00"), (848, "14:08"), (3849, "1:04:09")])
def test_ticking(seconds, text):
    assert formats.ticking(seconds) == text


def test_spoken_durations():
    assert formats.spoken_duration(61 * MINUTE) == "1 hour 1 minute"
    assert formats.spoken_duration(0) == "0 minutes"
    assert formats.spoken_duration(120 * MINUTE) == "2 hours"


def test_figures_part_digits_from_units():
    assert formats.figure(359) == (("5", "h"), ("59", "m"))
    assert formats.figure(0) == (("0", "m"),)
    assert formats.figure(0, 5) == (("<1", "m"),)
    assert formats.figure(None) == (("—", ""),)


def test_clocks_follow_the_locale():
    zone = timezone(timedelta(hours=2))
    moment = datetime(2026, 11, 19, 15, 5, tzinfo=UTC)
    assert formats.clock(moment, zone) == "17:05"
    assert formats.clock_range(moment, moment + timedelta(minutes=29), zone) == "17:05 – 17:34"
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    assert formats.clock(moment, zone) == "5:05 PM"
    assert formats.hour(moment, zone) == "5p"


@pytest.mark.parametrize(
    ("kind", "day", "name", "detail"),
    [
        (PeriodKind.DAY, date(2026, 11, 19), "Today", "Thu 19 Nov"),
        (PeriodKind.DAY, date(2026, 11, 18), "Yesterday", "Wed 18 Nov"),
        (PeriodKind.DAY, date(2026, 11, 10), "Tue", "10 Nov 2026"),
        (PeriodKind.WEEK, date(2026, 11, 19), "This week", "16 – 22 Nov"),
        (PeriodKind.WEEK, date(2026, 11, 12), "Week 46", "9 – 15 Nov"),
        (PeriodKind.WEEK, date(2026, 11, 1), "Week 44", "26 Oct – 1 Nov"),
        (PeriodKind.MONTH, date(2026, 11, 1), "This month", "November 2026"),
        (PeriodKind.MONTH, date(2026, 9, 1), "September 2026", ""),
    ],
)
def test_periods_are_called_as_people_call_them(kind, day, name, detail):
    period, today = Period.around(kind, day), date(2026, 11, 19)
    assert (formats.period_name(period, today), formats.period_detail(period, today)) == (name, detail)
