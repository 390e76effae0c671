"""The made-up person's focus sessions lie where they worked, and one after the other."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from productify.clock import LocalDays
from productify.demo import person_days, sittings

DAYS = LocalDays(ZoneInfo("Europe/Berlin"))
LAST = datetime(2026, 11, 19, 16, tzinfo=UTC)


def _all():
    for moments in person_days(DAYS, LAST, 14, 8):
        if moments:
            yield moments, list(sittings(DAYS.day_of(moments[0].start), moments, 8))


def test_sessions_lie_in_undisturbed_work_and_do_not_overlap():
    found = [(moments, made) for moments, made in _all() if made]
    assert len(found) >= 7
    for moments, made in found:
        for before, after in pairwise(made):
            assert before.end < after.start
        for sitting in made:
            inside = [each for each in moments if each.start < sitting.end and each.end > sitting.start]
            assert inside
            assert not any(each.cause for each in inside)
            assert sitting.end - sitting.start <= timedelta(minutes=sitting.planned)
            assert all(sitting.start < pull.at < sitting.end for pull in sitting.pulls)


def test_the_same_seed_makes_the_same_sessions():
    assert [made for _, made in _all()] == [made for _, made in _all()]
