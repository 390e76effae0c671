"""The made-up person's pictures: the same for the same seed, at times when a camera would have taken them."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from productify.clock import LocalDays
from productify.demo import Moment, Picture, person_days, pictured
from productify.demo.screens import HEIGHT, WIDTH, Screen, draw, screen_of
from productify.domain import ShotFilter, Skip, Skipped
from service.rig import NOON, reading

EVENING = datetime(2026, 11, 20, 22, tzinfo=UTC)  # a Friday


def _days(count: int = 20) -> list[list[Moment]]:
    return [day for day in person_days(LocalDays(ZoneInfo("Europe/Berlin")), EVENING, count, 1) if day]


def test_the_same_seed_is_pictured_the_same() -> None:
    day = _days(1)[0]
    assert list(pictured(day, 1)) == list(pictured(day, 1))
    assert list(pictured(day, 1)) != list(pictured(day, 2))
    assert list(pictured([], 1)) == []


def test_pictures_are_of_what_was_in_front_and_minutes_apart() -> None:
    for day in _days():
        found = [each for each in pictured(day, 1) if isinstance(each, Picture)]
        for each in found:
            assert each.moment in day
            assert each.moment.start <= each.at < each.moment.end
            assert each.at <= each.seen_until <= max(each.at, each.moment.end)
            assert each.moment.cause is None
            assert each.moment.app_name != "Zoom"
        moments = sorted({each.at for each in found})
        assert all(after - before >= timedelta(minutes=6.99) for before, after in pairwise(moments))
        assert len({(each.at, each.monitor) for each in found}) == len(found)
        assert {each.monitor_count for each in found} <= {1, 2}


def test_weeks_show_monitors_blurs_and_reasons() -> None:
    made = [each for day in _days(40) for each in pictured(day, 1)]
    found = [each for each in made if isinstance(each, Picture)]
    assert {each.monitor.name for each in found} == {"DP-1", "HDMI-1"}
    assert {each.monitor_count for each in found} == {1, 2}
    blurred = Counter(each.moment.app_name for each in found if each.is_blurred)
    assert set(blurred) <= {"Slack", "Thunderbird"}
    assert 0 < blurred.total() < len(found) / 4
    reasons = {each.reason for each in made if isinstance(each, Skipped)}
    assert {Skip.AWAY, Skip.CALL, Skip.PASSWORD_MANAGER} <= reasons
    assert any(each.seen_until > each.at for each in found)


@pytest.mark.parametrize("screen", list(Screen))
def test_a_screen_is_drawn_the_same_and_unlike_others(screen: Screen) -> None:
    image = draw(screen, "1")
    assert image.size == (WIDTH, HEIGHT)
    assert image.tobytes() == draw(screen, "1").tobytes()
    assert image.tobytes() != draw(screen, "2").tobytes()
    assert len(image.resize((96, 54), Image.Resampling.BOX).getcolors(96 * 54) or ()) > 40


def test_what_a_window_looks_like_is_told_by_address_and_app() -> None:
    assert screen_of("VS Code", None) is Screen.EDITOR
    assert screen_of("Firefox", "https://www.youtube.com/watch") is Screen.VIDEO
    assert screen_of("Firefox", "https://en.wikipedia.org/wiki/Time") is Screen.ARTICLE


async def test_a_demo_has_pictures_that_open(tmp_path: Path) -> None:
    async with reading(tmp_path) as service:
        await service.demonstration.fill(4, 1, 100, lambda _done, _of: None, 1)
        shots = service.screenshots
        found = await shots.page(ShotFilter(NOON - timedelta(days=9), NOON + timedelta(days=1)), 0, 500)
        assert len(found) > 5
        assert len({shot.local_day for shot in found}) == 1
        for shot in found[:5]:
            data = await shots.picture(shot.id)
            assert (len(data), shot.format) == (shot.file_size, "webp")
        assert len(await shots.thumbnails([shot.id for shot in found])) == len(found)
        assert {shot.category is None for shot in found} == {False}
        assert all(shot.seen_until >= shot.captured_at for shot in found)
        assert await shots.skipped(NOON - timedelta(days=9), NOON)
        assert await service.upkeep.check() == []
