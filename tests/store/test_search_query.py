"""What a typed line asks for; today is a Thursday."""

from datetime import date

import pytest

from productify.domain import Question
from productify.store.search.query import named_days, parsed

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("today", "2026-11-19", "2026-11-19"),
        ("Yesterday", "2026-11-18", "2026-11-18"),
        ("3 days ago", "2026-11-16", "2026-11-16"),
        ("tuesday", "2026-11-17", "2026-11-17"),
        ("thursday", "2026-11-19", "2026-11-19"),
        ("last thursday", "2026-11-12", "2026-11-12"),
        ("last tue", "2026-11-17", "2026-11-17"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-02-03", "2026-02-03", "2026-02-03"),
        ("12 nov", "2026-11-12", "2026-11-12"),
        ("nov 20", "2025-11-20", "2025-11-20"),
        ("12 december 2024", "2024-12-12", "2024-12-12"),
        ("february", "2026-02-01", "2026-02-28"),
        ("december", "2025-12-01", "2025-12-31"),
        ("sept 2025", "2025-09-01", "2025-09-30"),
    ],
)
def test_days_by_their_names(typed: str, first: str, last: str) -> None:
    assert named_days(typed, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "typed", ["sun", "may", "mar", "mon", "2026-13-01", "31 feb", "99999 days ago", "week", "12", "last", "june bug"]
)
def test_words_that_name_no_day(typed: str) -> None:
    assert named_days(typed, TODAY) is None


def test_everything_together() -> None:
    assert parsed('invoice app:fire category:"social net" "wal mode" last week https://x.org/a?b', TODAY) == Question(
        words=("invoice", "https://x.org/a?b"),
        phrases=("wal mode",),
        apps=("fire",),
        categories=("social net",),
        first=date(2026, 11, 9),
        last=date(2026, 11, 15),
    )


@pytest.mark.parametrize("typed", ["", "   ", "app:", '""', 'app:""'])
def test_nothing_asked(typed: str) -> None:
    assert parsed(typed, TODAY).is_empty


def test_what_looks_like_syntax_is_a_word() -> None:
    assert parsed("NOT foo* (bar) x:y 'z' \"open", TODAY).words == ("NOT", "foo*", "(bar)", "x:y", "'z'")
    assert parsed('"open', TODAY).phrases == ("open",)
