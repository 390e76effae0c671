"""What the recorder's state looks like on the live card."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from productify.domain import Band, Block, Mode, Presence, Running, State, Status, band_of
from productify_ui.text import formats
from productify_ui.text.dashboard import dashboard as say
from productify_ui.text.words import words
from productify_ui.views.live import Faces
from productify_ui.widgets.strip import StripBlock
from productify_ui.widgets.tile import Face

HOUR = timedelta(hours=1)
_LEAST_VISIT = 60.0
_NOBODY = frozenset({State.AWAY, State.LOCKED, State.ASLEEP})
_GLYPHS = {
    State.AWAY: "coffee",
    State.LOCKED: "lock",
    State.ASLEEP: "moon",
    State.PAUSED: "pause",
    State.PRIVATE: "hat-glasses",
    State.SYSTEM: "monitor",
    State.OFF: "power",
}


@dataclass(frozen=True, slots=True)
class LiveState:
    """A face, a title and a hint; `since` is when it began, None where nothing runs. `is_app` has a category."""

    face: Face
    title: str
    hint: str
    since: datetime | None = None
    is_app: bool = False
    quiet: bool = False
    tone: str = "productive"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An app that was in front before: its face, and when."""

    face: Face
    span: str
    time: str


@dataclass(frozen=True, slots=True)
class _Run:
    name: str
    app_id: str | None
    start: datetime
    end: datetime
    seconds: float


def live_state(status: Status | None, faces: Faces, zone: tzinfo, *, enabled: bool) -> LiveState:
    """Return what stands on the live card; `enabled` tells whether the settings let anything be recorded."""
    if status is None:
        return _plain(State.OFF, words.connecting, words.connecting_detail)
    if status.running is None:
        if status.mode is Mode.OFF:
            return _plain(State.OFF, say.not_tracking, say.not_tracking_hint if not enabled else say.no_recorder)
        if status.mode is Mode.PAUSED:
            return _plain(State.PAUSED, words.paused, say.paused_hint, tone="warn")
        return _plain(State.SYSTEM, say.nothing_running, say.nothing_running_hint)
    return _running(status.running, faces, zone)


def strip_blocks(blocks: Sequence[Block], now: datetime) -> list[StripBlock]:
    """Return the hour before `now`, 0 to 1; time that nobody recorded stays empty."""
    start = now - HOUR
    shown = []
    for block in blocks:
        if block.end <= start or block.start >= now or block.cause in (State.PAUSED, State.OFF):
            continue
        low = max(0.0, (block.start - start) / HOUR)
        high = min(1.0, (block.end - start) / HOUR)
        band = None if block.cause in _NOBODY else band_of(block.productivity)
        shown.append(StripBlock(low, high, band))
    return _joined(shown)


def productive_ms(blocks: Sequence[StripBlock]) -> int:
    """Return how much of the hour was productive, in milliseconds."""
    return round(sum(block.end - block.start for block in blocks if block.band is Band.PRODUCTIVE) * 3_600_000)


def earlier(blocks: Sequence[Block], running: Running | None, faces: Faces, zone: tzinfo, most: int) -> list[Earlier]:
    """Return the apps in front before the running one, latest first; short visits between do not part a run."""
    runs: list[_Run] = []
    for block in blocks:
        if block.cause is not None or block.running or (running is not None and block.start >= running.since):
            continue
        seconds = (block.end - block.start).total_seconds()
        if runs and runs[-1].name == block.app_name:
            runs[-1] = replace(runs[-1], end=block.end, seconds=runs[-1].seconds + seconds)
        elif seconds >= _LEAST_VISIT:
            runs.append(_Run(block.app_name, block.app_id, block.start, block.end, seconds))
    return [
        Earlier(
            faces.of(run.name, run.app_id),
            formats.clock_range(run.start, run.end, zone),
            formats.duration(round(run.seconds * 1000)),
        )
        for run in reversed(runs[-most:])
    ]


def _running(running: Running, faces: Faces, zone: tzinfo) -> LiveState:
    activity = running.activity
    if activity.cause is None:
        detail = activity.window_title or activity.site or activity.url or ""
        if activity.presence is not None:
            detail = _present(activity.presence)
        face = faces.of(activity.app_name, activity.app_id)
        return LiveState(face, activity.app_name, detail, running.since, is_app=True)
    since = formats.clock(running.since, zone)
    titles = {
        State.AWAY: (say.away.format(clock=since), say.away_hint),
        State.LOCKED: (say.locked.format(clock=since), say.away_hint),
        State.ASLEEP: (say.asleep.format(clock=since), say.away_hint),
        State.PAUSED: (say.paused.format(clock=since), say.paused_hint),
        State.PRIVATE: (say.private, say.private_hint),
        State.SYSTEM: (say.system, say.nothing_running_hint),
        State.OFF: (say.not_tracking, say.not_tracking_hint),
    }
    title, hint = titles[activity.cause]
    tone = "warn" if activity.cause is State.PAUSED else "neutral"
    return _plain(activity.cause, title, hint, running.since, tone)


def _present(by: Presence) -> str:
    """Return why time without input counts."""
    return {
        Presence.CALL: say.present_call,
        Presence.VIDEO: say.present_video,
        Presence.AUDIO: say.present_audio,
        Presence.INHIBITOR: say.present_inhibitor,
    }[by]


def _plain(state: State, title: str, hint: str, since: datetime | None = None, tone: str = "neutral") -> LiveState:
    return LiveState(Face(title, _GLYPHS[state], quiet=True), title, hint, since, quiet=True, tone=tone)


def _joined(blocks: list[StripBlock]) -> list[StripBlock]:
    """Join neighbours of one verdict, so that the strip shows stretches and not every window."""
    joined: list[StripBlock] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and last.band is block.band and block.start - last.end < 0.005:
            joined[-1] = StripBlock(last.start, block.end, block.band)
        else:
            joined.append(block)
    return joined
