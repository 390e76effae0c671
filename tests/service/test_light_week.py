"""Nine days of a traveller, against an answer for every second that is worked out without the code under test.

From Berlin, whose night to 29 March 2026 lacks an hour, by New York and Tokyo to Sydney, whose night to 5 April has one
more. Days begin at four at first and at six later on.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
import tzlocal

from commands import productify
from productify.clock import SettableClock
from productify.domain import Activity, FigureSet, Period, PeriodKind, Totals
from productify.service import Service
from productify.tracker.probe import (
    InputBack,
    InputStopped,
    Locked,
    Slept,
    Unlocked,
    Window,
    WindowSeen,
    Woke,
)
from service.rig import EDITOR, TERMINAL, Rig, everything, recording, until

BROWSER = Window("Browser", "browser", "news", wm_class=("browser", "Browser"), handle=3)
NEWS_ON_THE_OTHER_MONITOR = Window("Browser", "browser", "mail", wm_class=("browser", "Browser"), handle=4)
WINDOWS = (EDITOR, TERMINAL, BROWSER, NEWS_ON_THE_OTHER_MONITOR)
MINUTE, HOUR = 60, 3600
IDLE = 300
_STOPPED = 60
"""Seconds without input after which a desktop says so."""

_AT_KEYBOARD = ("Editor", "XTerm", "Browser", "private")
_NOBODY = ("away", "locked", "asleep")


@dataclass
class Diary:
    """What every second of the wall was, by its number since 1970: a name, and minutes east of UTC."""

    now: int
    zone: ZoneInfo
    seconds: dict[int, tuple[str, int]] = field(default_factory=dict)

    def write(self, name: str, seconds: int) -> None:
        """Let `seconds` pass that were `name`; what has its answer already, as the clock went back, keeps it."""
        for second in range(self.now, self.now + seconds):
            offset = datetime.fromtimestamp(second, self.zone).utcoffset()
            assert offset is not None
            self.seconds.setdefault(second, (name, round(offset.total_seconds() / 60)))
        self.now += seconds

    def skip(self, seconds: int) -> None:
        """Let the wall go on, or back, with nothing in it."""
        self.now += seconds

    def dated(self, day_start: int) -> dict[int, tuple[str, int, date]]:
        """Return every second with its local day, for days that begin at that hour."""
        dated = {}
        for second, (name, offset) in self.seconds.items():
            wall = datetime.fromtimestamp(second + offset * 60, UTC)
            dated[second] = (name, offset, (wall - timedelta(hours=day_start)).date())
        return dated


class Traveller:
    """Lives the same life before the tracker and in the diary."""

    def __init__(self, folder: Path, start: datetime, machine: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._random = Random(5)
        self._machine = machine
        self._clock = SettableClock(start)
        self._runs = AsyncExitStack()
        self._window = EDITOR
        self._machine.setenv("TZ", str(start.tzinfo))
        self.diary = Diary(round(start.timestamp()), ZoneInfo(str(start.tzinfo)))
        self.rig: Rig

    async def switch_on(self) -> None:
        """Start the recorder, with the last window in front."""
        self.rig = await self._runs.enter_async_context(recording(self._folder, self._clock))
        self.rig.probe.tell(WindowSeen(self._window))

    async def switch_off(self, seconds: int = 0) -> None:
        """End the recorder for some time."""
        await self._runs.aclose()
        self._clock.jump(seconds)
        self.diary.skip(seconds)

    async def show(self, window: Window, seconds: int) -> None:
        """Have `window` in front."""
        self._window = window
        self.rig.probe.tell(WindowSeen(window))
        await self._pass(window.app_name, seconds)

    async def work(self, seconds: int) -> None:
        """Go from window to window, on both monitors, with breaks of thought that are no absence."""
        while seconds > 0:
            visit = min(seconds, self._random.choice((1, 2, 5, 40, 240, 900, 2400)))
            seconds -= visit
            if visit == 240 and self._random.random() < 0.5:
                await self._without_input(self._window.app_name, visit)
            else:
                await self.show(self._random.choice([each for each in WINDOWS if each != self._window]), visit)

    async def leave(self, seconds: int) -> None:
        """Touch nothing for longer than the idle timeout."""
        assert seconds > IDLE
        await self._without_input("away", seconds)

    async def lock(self, seconds: int) -> None:
        """Lock the screen for a while."""
        self.rig.probe.tell(Locked("screen saver"))
        await self._pass("locked", seconds)
        self.rig.probe.tell(Unlocked("screen saver"))

    async def pause(self, seconds: int) -> None:
        """Pause for a while."""
        await self.rig.service.tracking.pause(None)
        await self._pass("paused", seconds)
        await self.rig.service.tracking.resume()

    async def hide(self, seconds: int) -> None:
        """Be incognito for a while."""
        await self.rig.service.tracking.set_incognito(True)
        await self._pass("private", seconds)
        await self.rig.service.tracking.set_incognito(False)

    async def sleep(self, seconds: int, zone: str | None = None) -> None:
        """Close the lid, and open it in `zone`."""
        self.rig.probe.tell(Slept())
        self._clock.jump(seconds)
        self.diary.write("asleep", seconds)
        if zone:
            self._arrive(zone)
        self.rig.probe.tell(Woke())
        await self._pass(self._window.app_name, MINUTE)

    async def set_zone(self, zone: str) -> None:
        """Set another zone while work goes on: it counts from when the tracker looks, which is once a minute."""
        await self.show(EDITOR, MINUTE)
        self._machine.setenv("TZ", zone)
        await self.show(EDITOR, MINUTE)
        self._arrive(zone)
        await self.show(EDITOR, MINUTE)

    async def set_clock(self, seconds: int) -> None:
        """Set the wall clock forward or back."""
        self._clock.jump(seconds)
        self.diary.skip(seconds)
        await self._flush()
        spans = self.rig.service.tracking.tracker._spans
        await until(lambda: spans.asks_since is None, "what the store holds there")

    async def _without_input(self, name: str, seconds: int) -> None:
        last = self._clock.now()
        await self._pass(name, _STOPPED)
        self.rig.probe.tell(InputStopped(last))
        await self._pass(name, seconds - _STOPPED)
        self.rig.probe.tell(InputBack(self._clock.now()))

    async def _pass(self, name: str, seconds: int) -> None:
        self.diary.write(name, seconds)
        first = self._random.randint(0, seconds)
        for part in (first, seconds - first):
            self._clock.advance(part)
            await self._flush()

    async def _flush(self) -> None:
        assert self.rig.service.tracking.tracker is not None
        await self.rig.service.tracking.tracker.flush()

    def _arrive(self, zone: str) -> None:
        self._machine.setenv("TZ", zone)
        self.diary.zone = ZoneInfo(zone)


async def _berlin(life: Traveller) -> None:
    """Saturday to Monday: the short night, thirty-six hours of one run, and the clock set."""
    await life.switch_on()
    await life.work(7 * HOUR)
    await life.leave(2 * HOUR)
    await life.work(9 * HOUR)  # over the missing hour and, at four, into Sunday
    await life.sleep(5 * HOUR)
    await life.work(6 * HOUR)
    await life.lock(45 * MINUTE)
    await life.work(6 * HOUR)
    await life.sleep(7 * HOUR)
    await life.work(8 * HOUR)
    await life.switch_off(10)
    await life.switch_on()
    await life.work(20 * MINUTE)
    await life.set_clock(-40 * MINUTE)  # to where the run before was recording
    await life.work(50 * MINUTE)
    await life.set_clock(3 * HOUR)
    await life.work(20 * MINUTE)
    await life.set_clock(-3 * HOUR)
    await life.work(4 * HOUR)


async def _new_york(life: Traveller) -> None:
    """Tuesday and Wednesday, six hours back; here the user moves the beginning of the day."""
    await life.sleep(9 * HOUR, "America/New_York")
    await life.work(3 * HOUR)
    await life.pause(90 * MINUTE)
    await life.work(4 * HOUR)
    await life.hide(30 * MINUTE)
    await life.sleep(8 * HOUR)
    await life.work(2 * HOUR)
    await life.rig.service.preferences.save("day_start", 6 * 60)
    await life.work(10 * HOUR)
    await life.switch_off(6 * HOUR)


async def _tokyo_and_sydney(life: Traveller) -> None:
    """Thursday to Sunday: ahead by half a day, then the long night."""
    await life.switch_on()
    await life.work(HOUR)
    await life.set_zone("Asia/Tokyo")
    await life.work(12 * HOUR)
    await life.leave(9 * HOUR)
    await life.work(8 * HOUR)
    await life.sleep(10 * HOUR, "Australia/Sydney")
    await life.work(20 * HOUR)
    await life.sleep(3 * HOUR)
    await life.work(12 * HOUR)


@pytest.fixture
def machine() -> Iterator[pytest.MonkeyPatch]:
    """What sets the machine's zone, which is as it was after the test."""
    with pytest.MonkeyPatch.context() as machine:
        yield machine
    tzlocal.reload_localzone()


async def test_the_record_is_the_diary(tmp_path: Path, machine: pytest.MonkeyPatch) -> None:
    start = datetime(2026, 3, 28, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    life = Traveller(tmp_path, start, machine)
    await _berlin(life)
    assert await _bars(life.rig.service, date(2026, 3, 28)) == 23
    _compare(await everything(life.rig.service), life.diary.dated(4))
    await _new_york(life)
    await _tokyo_and_sydney(life)
    service, dated = life.rig.service, life.diary.dated(6)
    await until(lambda: _is_moved(service, dated), "the past to move to its new days")
    _compare(await everything(service), dated)
    await _compare_sums(service, dated)
    assert await _bars(service, date(2026, 4, 4)) == 25
    assert await service.upkeep.check() == []
    await life.switch_off()
    assert productify("check", data=tmp_path).stdout.strip() == "The database is sound."


async def _is_moved(service: Service, dated: dict[int, tuple[str, int, date]]) -> bool:
    return all(dated[round(row.start.timestamp())][2] == row.local_day for row in await everything(service))


def _compare(rows: list[Activity], dated: dict[int, tuple[str, int, date]]) -> None:
    """Fail unless the rows say of every second what the diary says, and of no other."""
    recorded: dict[int, tuple[str, int, date]] = {}
    for row in rows:
        first, end = row.start.timestamp(), row.end.timestamp()
        assert first == int(first) < end == int(end), row
        for second in range(int(first), int(end)):
            assert second not in recorded, row
            recorded[second] = (row.app_name, row.tz_min, row.local_day)
    wrong = [second for second in sorted(recorded.keys() | dated.keys()) if recorded.get(second) != dated.get(second)]
    assert not wrong, [(datetime.fromtimestamp(s, UTC), recorded.get(s), dated.get(s)) for s in wrong[:5]]


async def _compare_sums(service: Service, dated: dict[int, tuple[str, int, date]]) -> None:
    """Fail unless each day's sums are the diary's seconds, by day and by name."""
    for day in {each[2] for each in dated.values()}:
        names = Counter(name for name, _offset, on in dated.values() if on == day)
        totals: Totals = await service.reports.totals(day, day)
        assert totals.active == 1000 * sum(names[name] for name in _AT_KEYBOARD), day
        assert totals.idle == 1000 * sum(names[name] for name in _NOBODY), day
        assert totals.private == 1000 * names["private"], day
        shares = await service.reports.shares(day, day, FigureSet.APP)
        apps = {share.name: share.milliseconds for share in shares if share.name in _AT_KEYBOARD[:3]}
        assert apps == {name: 1000 * names[name] for name in _AT_KEYBOARD[:3] if names[name]}, day


async def _bars(service: Service, day: date) -> int:
    dashboard = await service.reports.dashboard(Period.around(PeriodKind.DAY, day))
    return len(dashboard.bars)
