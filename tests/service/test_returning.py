"""Coming back from an absence: when the window is told to ask."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from productify.clock import LocalDays
from productify.domain import Return, State
from productify.service.returning import asks_about
from productify.settings import Settings
from productify.tracker.probe import InputBack, InputStopped, Locked, Unlocked
from service.rig import EDITOR, NOON, recording

BERLIN = LocalDays(ZoneInfo("Europe/Berlin"))
_PLAIN: dict[str, object] = {}


def gap(clock: str, minutes: float, cause: State = State.AWAY) -> Return:
    """Return an absence from a time of day in Berlin."""
    start = datetime.fromisoformat(f"2026-03-10T{clock}").replace(tzinfo=BERLIN.zone).astimezone(UTC)
    return Return(start, start + timedelta(minutes=minutes), cause)


@pytest.mark.parametrize(
    ("absence", "changed", "expected"),
    [
        (gap("10:00", 5), _PLAIN, True),
        (gap("10:00", 4.9), _PLAIN, False),
        (gap("10:00", 240), _PLAIN, True),
        (gap("10:00", 241), _PLAIN, False),
        (gap("10:00", 30, State.LOCKED), _PLAIN, True),
        (gap("10:00", 30, State.ASLEEP), _PLAIN, False),
        (gap("10:00", 30, State.ASLEEP), {"return_after_sleep": True}, True),
        (gap("03:30", 60), _PLAIN, False),
        (gap("10:00", 30), {"return_ask": False}, False),
        (gap("10:00", 30), {"return_shortest": 45}, False),
        (gap("10:00", 100), {"return_longest": 90}, False),
        (gap("11:50", 80), {"return_quiet_from": 720, "return_quiet_until": 840}, False),
        (gap("10:00", 30), {"return_quiet_from": 720, "return_quiet_until": 840}, True),
        (gap("23:30", 20), {"return_quiet_from": 1320, "return_quiet_until": 360}, False),
        (gap("12:00", 20), {"return_quiet_from": 1320, "return_quiet_until": 360}, True),
        (gap("12:00", 20), {"return_quiet_from": 720, "return_quiet_until": 720}, True),
    ],
)
def test_when_it_is_asked(absence, changed, expected):
    settings = Settings()
    for key, value in changed.items():
        settings = settings.with_value(key, value)
    assert asks_about(absence, settings, BERLIN) is expected


async def test_the_window_is_told_once_when_somebody_comes_back(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 60)
        rig.probe.tell(InputStopped(NOON))
        await rig.pass_time(600)
        rig.probe.tell(Locked("x"))
        await rig.pass_time(600)
        assert rig.heard.returned == []
        rig.probe.tell(Unlocked("x"), InputBack(rig.clock.now()))
        await rig.pass_time(60)
        assert rig.heard.returned == [Return(NOON, NOON + timedelta(seconds=1260), State.LOCKED)]


async def test_incognito_asks_nothing(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 60)
        await rig.service.tracking.set_incognito(True)
        rig.probe.tell(InputStopped(NOON))
        await rig.pass_time(900)
        rig.probe.tell(InputBack(rig.clock.now()))
        await rig.pass_time(60)
        assert rig.heard.returned == []
