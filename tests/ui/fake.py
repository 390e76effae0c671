"""A service that answers from a script: one believable working day, and the days before it in its shadow."""

import asyncio
import threading
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from productify.clock import LocalDays, SettableClock, system_zone
from productify.domain import (
    AWAY_STATES,
    Activity,
    Bar,
    Block,
    Capability,
    Category,
    Dashboard,
    EditScope,
    FocusBlock,
    Health,
    Mode,
    Part,
    Period,
    PeriodKind,
    Productivity,
    Running,
    Share,
    State,
    Status,
    Steps,
    TimelineDay,
    Totals,
    band_of,
)
from productify.errors import KnownError
from productify.settings import Settings
from ui.fake_breaks import Breaks
from ui.fake_browsers import Browsers, Extension
from ui.fake_desktop import Desktop, Upkeep
from ui.fake_focus import Focus
from ui.fake_gallery import Gallery, Words
from ui.fake_guard import Guard

OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support")
"""For tests that open popups or raise windows, which the off-screen platform only remarks on."""

TODAY = date(2026, 11, 19)
ZONE = system_zone()
NOW = datetime(2026, 11, 19, 16, 42, 8, tzinfo=ZONE).astimezone(UTC)

_CATEGORIES = (
    ("development", "Development", "development", 1),
    ("design", "Design", "design", 1),
    ("communication", "Communication", "communication", 0),
    ("meetings", "Meetings", "meetings", 1),
    ("writing", "Writing & docs", "writing", 1),
    ("research", "Research", "research", 1),
    ("entertainment", "Entertainment", "entertainment", -1),
    ("social", "Social media", "social", -1),
    ("planning", "Planning", "planning", 1),
    ("news", "News & reading", "news", 0),
    ("utilities", "Utilities", "utilities", 0),
    ("personal", "Personal", "personal", 0),
)
CATEGORIES = tuple(
    Category(key, name, None, colour, good > 0, good >= 0, Productivity(good))
    for key, name, colour, good in _CATEGORIES
)

_APPS = {
    "VS Code": ("development", 1, "wal.py — atlas", None),
    "Terminal": ("development", 1, "make check", None),
    "Figma": ("design", 1, "Onboarding v3 · Flows", None),
    "Zoom": ("meetings", 1, "Stand-up", None),
    "Slack": ("communication", 0, "#design-review", None),
    "Notion": ("writing", 1, "Onboarding copy deck", None),
    "Thunderbird": ("communication", 0, "Inbox", None),
    "Firefox": ("research", 1, "Write-ahead logging", "docs.example.org"),
    "GitHub": ("development", 1, "Pull requests", "github.example.org"),
    "Linear": ("planning", 1, "Sprint 46", "linear.example.org"),
    "Reddit": ("social", -1, "r/MechanicalKeyboards", "reddit.example.org"),
    "YouTube": ("entertainment", -1, "Synth tour", "video.example.org"),
    "Hacker News": ("news", 0, "Show HN: Local-first calendar", "news.example.org"),
}
_DAY = (
    ("08:24", "Thunderbird", 15), ("08:39", "VS Code", 21), ("09:00", "VS Code", 43), ("09:43", "Terminal", 9),
    ("09:52", State.AWAY, 8), ("10:00", "VS Code", 29), ("10:29", "Zoom", 31),
    ("11:00", "VS Code", 35), ("11:35", "GitHub", 14), ("11:49", "Slack", 5), ("11:54", "YouTube", 6),
    ("12:00", "VS Code", 8), ("12:08", State.AWAY, 44), ("12:52", "Reddit", 8),
    ("13:00", "Hacker News", 7), ("13:07", "Reddit", 5), ("13:12", "Figma", 29), ("13:41", "Notion", 9),
    ("13:50", "Figma", 10), ("14:00", "Figma", 6), ("14:06", "Slack", 5), ("14:11", "VS Code", 22),
    ("14:33", State.AWAY, 8), ("14:41", "Firefox", 18), ("14:59", "VS Code", 1),
    ("15:00", "Notion", 13), ("15:13", "YouTube", 11), ("15:24", "Thunderbird", 10), ("15:34", "Linear", 4),
    ("15:38", "VS Code", 10), ("15:48", State.AWAY, 7), ("15:55", "Terminal", 5),
    ("16:00", "VS Code", 20), ("16:20", "GitHub", 4), ("16:24", "Terminal", 4), ("16:28", "VS Code", 14),
)  # fmt: skip


def blocks_of(day: date, until: datetime, scale: float = 1.0) -> tuple[Block, ...]:
    """Return the script as the blocks of a day, cut at `until`; `scale` shortens each visit."""
    found = []
    for index, (clock, what, minutes) in enumerate(_DAY):
        start = datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), ZONE).astimezone(UTC)  # noqa: DTZ007
        end = min(start + timedelta(minutes=minutes * scale), until)
        if start >= until:
            break
        found.append(_block(f"{day}-{index}", start, end, what))
    return tuple(found)


def _block(key: str, start: datetime, end: datetime, what: "str | State") -> Block:
    if isinstance(what, State):
        return Block(key, start, end, what.value, None, None, None, None, None, None, what)
    category, productivity, title, site = _APPS[what]
    url = f"https://{site}/" if site else None
    return Block(key, start, end, what, None, title, url, category, productivity, "catalogue", None)


def totals_of(blocks: tuple[Block, ...], start: datetime | None = None, end: datetime | None = None) -> Totals:
    """Return the sums of what lies between two moments."""
    sums = dict.fromkeys(("productive", "neutral", "distracting", "idle"), 0)
    for block in blocks:
        milliseconds = _overlap(block, start, end)
        sums["idle" if block.cause in AWAY_STATES else band_of(block.productivity).value] += milliseconds
    return Totals(**sums)


def _overlap(block: Block, start: datetime | None, end: datetime | None) -> int:
    low, high = max(block.start, start or block.start), min(block.end, end or block.end)
    return max(0, round((high - low).total_seconds() * 1000))


@dataclass
class Reports:
    """Sums of the script."""

    world: "World"

    async def today(self) -> date:
        return TODAY

    async def timeline(self, day: date) -> TimelineDay:
        if self.world.held is not None:
            while not self.world.held.is_set():  # noqa: ASYNC110 - it is set on another loop
                await asyncio.sleep(0.005)
        start, end = self.world.days.bounds(day)
        return TimelineDay(day, start, end, self.world.blocks(day))

    async def recent(self, minutes: int) -> tuple[Block, ...]:
        since = NOW - timedelta(minutes=minutes)
        return tuple(block for block in self.world.blocks(TODAY) if block.end > since)

    async def dashboard(self, period: Period) -> Dashboard:
        self.world.asked.append(period)
        if self.world.trouble is not None:
            raise self.world.trouble
        blocks = tuple(block for day in period.days() for block in self.world.blocks(day))
        before = tuple(block for day in period.before().days() for block in self.world.blocks(day, before=True))
        active = [block for block in blocks if block.cause is None]
        return Dashboard(
            period=period,
            totals=totals_of(blocks),
            before=totals_of(before) if before else None,
            bars=self._bars(period, blocks),
            shares=_shares(active, lambda block: block.app_name),
            apps=_shares(active, lambda block: "Firefox" if block.url else block.app_name),
            sites=_shares([block for block in active if block.url], lambda block: block.app_name),
            categories=_shares(active, lambda block: block.category),
            focus=self._focus(period) if active and self.world.kind == "day" else None,
            focus_before=None,
            first=active[0].start if active else None,
            last=active[-1].end if active else None,
            stretches=tuple((block.start, block.end) for block in active),
            first_day_ever=self.world.first_day,
        )

    def _bars(self, period: Period, blocks: tuple[Block, ...]) -> tuple[Bar, ...]:
        if period.kind is PeriodKind.DAY:
            spans = [(*hour, period.first) for hour in self.world.days.hours(period.first)]
        else:
            spans = [(*self.world.days.bounds(day), day) for day in period.days()]
        return tuple(self._bar(blocks, *span) for span in spans)

    @staticmethod
    def _bar(blocks: tuple[Block, ...], start: datetime, end: datetime, day: date) -> Bar:
        inside = [replace(block, start=max(block.start, start), end=min(block.end, end))
                  for block in blocks if block.start < end and block.end > start]  # fmt: skip
        active = [block for block in inside if block.cause is None]
        return Bar(start, end, totals_of(tuple(inside)), day, _shares(active, lambda block: block.app_name)[:3])

    def _focus(self, period: Period) -> FocusBlock:
        day = min(period.last, TODAY)
        start = datetime.combine(day, datetime(2000, 1, 1, 8, 39).time(), ZONE).astimezone(UTC)
        return FocusBlock(start, start + timedelta(minutes=73))


def _shares(blocks: list[Block], key) -> tuple[Share, ...]:
    sums: dict[str, int] = defaultdict(int)
    samples = {}
    for block in blocks:
        sums[key(block)] += _overlap(block, None, None)
        samples.setdefault(key(block), block)
    found = [
        Share(name, sums[name], samples[name].category, band_of(samples[name].productivity), bool(samples[name].url))
        for name in sums
    ]
    return tuple(sorted(found, key=lambda share: -share.milliseconds))


@dataclass
class Tracking:
    """The recorder's switches; what was asked of it stands in the world's log."""

    world: "World"

    async def status(self) -> Status:
        return self.world.status

    async def pause(self, until: datetime | None) -> None:
        self.world.log.append(("pause", until))
        self.world.set_status(mode=Mode.PAUSED, paused_until=until)

    async def pause_until_tomorrow(self) -> None:
        self.world.log.append(("pause_until_tomorrow",))
        self.world.set_status(mode=Mode.PAUSED, paused_until=self.world.days.bounds(TODAY)[1])

    async def resume(self) -> None:
        self.world.log.append(("resume",))
        now = self.world.status
        self.world.set_status(mode=Mode.INCOGNITO if now.incognito else Mode.TRACKING, paused_until=None)

    async def set_incognito(self, on: bool) -> None:
        self.world.log.append(("incognito", on))
        mode = Mode.INCOGNITO if on else Mode.TRACKING
        paused = self.world.status.mode is Mode.PAUSED
        self.world.set_status(mode=Mode.PAUSED if paused else mode, incognito=on)

    async def capabilities(self) -> tuple[Capability, ...]:
        return (Capability("window", "Active window", Health.WORKS, "scripted"),)


@dataclass
class Catalogue:
    """The twelve categories; no app has an icon."""

    async def categories(self) -> tuple[Category, ...]:
        return CATEGORIES

    async def icon_of(self, app_id: str) -> str | None:
        return None


@dataclass
class Editing:
    """Takes note of what was asked, and changes the running activity."""

    world: "World"

    async def reclassify(
        self, activity_id: str, category: str | None, productivity: int | None, scope: EditScope = EditScope.THIS_ONE
    ) -> Activity:
        self.world.log.append(("reclassify", activity_id, category, productivity, scope))
        self.world.verdicts[activity_id] = (category, productivity)
        running = self.world.status.running
        activity = replace(running.activity, category=category, productivity=productivity, classified_by="user")
        self.world.set_status(running=replace(running, activity=activity))
        return activity

    async def recent_labels(self, _limit: int = 9) -> tuple[Part, ...]:
        return ()

    async def steps(self) -> Steps:
        return Steps(None, None)


@dataclass
class Preferences:
    """Settings in memory; the world may refuse a change."""

    world: "World"
    settings: Settings = field(default_factory=Settings)

    async def load(self) -> Settings:
        return self.settings

    async def save(self, key: str, value) -> Settings:
        if self.world.refusal is not None:
            raise self.world.refusal
        self.world.log.append(("save", key, value))
        self.settings = self.settings.with_value(key, value)
        return self.settings


class World:
    """What the scripted service knows. `kind` is `day` (the usual one), `first` (its first minutes) or `empty`."""

    def __init__(self, kind: str = "day") -> None:
        self.kind = kind
        self.clock = SettableClock(NOW)
        self.days = LocalDays(ZONE)
        self.first_day = {"day": TODAY - timedelta(days=40), "first": TODAY, "empty": None}[kind]
        self.log: list[tuple] = []
        self.asked: list[Period] = []
        self.trouble: KnownError | None = None
        self.refusal: KnownError | None = None
        self.verdicts: dict[str, tuple[str | None, int | None]] = {}
        self.held: threading.Event | None = None
        """While set, a day's blocks are not told before it is."""
        self.status_told = lambda _status: None
        self.screenshots = Gallery()
        self.words = Words(self.screenshots)
        self.focus = Focus(self)
        self.quiet = SimpleNamespace(is_on=False)
        self.guard = Guard()
        self.breaks = Breaks()
        self.browsers = Browsers()
        self.extension = Extension()
        if kind == "first":
            self.clock.jump(-(7 * 3600 + 29 * 60))
        self.status = self._status()

    def blocks(self, day: date, *, before: bool = False) -> tuple[Block, ...]:
        """Return the blocks of a day, as they were filed last; of a comparison only up to the same clock time."""
        return tuple(self._filed(block) for block in self._script(day, before=before))

    def _filed(self, block: Block) -> Block:
        if block.id not in self.verdicts:
            return block
        category, productivity = self.verdicts[block.id]
        return replace(block, category=category, productivity=productivity, classified_by="user")

    def _script(self, day: date, *, before: bool) -> tuple[Block, ...]:
        now = self.clock.now()
        if self.first_day is None or day > TODAY or day < self.first_day or (day.weekday() > 4 and day != TODAY):
            return ()
        if self.kind == "first":
            start = now - timedelta(seconds=131)
            return (_block("first", start, now, "VS Code"),)
        if day == TODAY:
            found = blocks_of(day, now)
            return (*found[:-1], replace(found[-1], end=now, running=True))
        cut = datetime.combine(day, now.astimezone(ZONE).timetz(), ZONE) if before else now + timedelta(days=1)
        return blocks_of(day, cut, 0.8 + 0.035 * (day.toordinal() % 5))

    def set_status(self, **changes) -> None:
        """Change the recorder's state and tell."""
        self.status = replace(self.status, **changes)
        self.status_told(self.status)

    def _status(self) -> Status:
        blocks = self.blocks(TODAY)
        if not blocks:
            return Status(Mode.TRACKING, None, None, Totals(), None)
        last = blocks[-1]
        activity = Activity(
            last.id, last.app_name, last.start, last.end, TODAY, 0, None, last.window_title, None, None,
            last.category, last.productivity, "catalogue",
        )  # fmt: skip
        return Status(Mode.TRACKING, None, Running(activity, last.start), totals_of(blocks), blocks[0].start)


class Neighbours:
    """Nobody else writes."""

    async def look(self) -> None:
        await asyncio.sleep(0)


class FakeService:
    """The parts that the window calls, over one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.reports = Reports(world)
        self.tracking = Tracking(world)
        self.catalogue = Catalogue()
        self.editing = Editing(world)
        self.preferences = Preferences(world)
        self.upkeep = Upkeep()
        self.desktop = Desktop(world)
        self.neighbours = Neighbours()
        self.screenshots = world.screenshots
        self.words = world.words
        self.focus = world.focus
        self.quiet = world.quiet
        self.guard = world.guard
        self.breaks = world.breaks
        self.browsers = world.browsers
        self.extension = world.extension

    async def close(self) -> None:
        """Nothing is open."""
        await asyncio.sleep(0)
