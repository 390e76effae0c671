"""The recorder's state in words and colours, for the card in the corner and for the tray."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from productify.domain import Capturing, Mode, Status
from productify_ui.text import formats
from productify_ui.text.words import words

_SAME_WEEK = timedelta(days=6)
"""As long a weekday names one day only."""


@dataclass(frozen=True, slots=True)
class TrackingState:
    """A title, a line below it, today's active time, and the dot's colours; `icon` names the tray's icon.

    `pictures` says whether screenshots are taken, "" where they are off.
    """

    title: str
    detail: str
    total: str
    tone: str
    halo: str | None
    icon: str
    pictures: str = ""


_PICTURES = {
    Capturing.ON: "pictures_on",
    Capturing.PAUSED: "pictures_paused",
    Capturing.UNABLE: "pictures_unable",
}


def tracking_state(status: Status | None, now: datetime, zone: tzinfo, *, enabled: bool) -> TrackingState:
    """Return how to show a state, None being before the first answer; `enabled` is what the settings say."""
    if status is None:
        return TrackingState(words.connecting, words.connecting_detail, "", "neutral", "neutral-soft", "tray-paused")
    total = formats.duration(status.today.active)
    if status.problem:
        return TrackingState(words.tracking_problem, status.problem, total, "danger", "danger-soft", "tray-problem")
    match status.mode:
        case Mode.PAUSED:
            return TrackingState(words.paused, _until(status, now, zone), total, "warn", "warn-soft", "tray-paused")
        case Mode.INCOGNITO:
            detail = words.incognito_detail
            return TrackingState(words.incognito, detail, total, "neutral", "neutral-soft", "tray-incognito")
        case Mode.OFF:
            detail = words.no_recorder if enabled else words.tracking_off_detail
            return TrackingState(words.tracking_off, detail, total, "text-disabled", None, "tray-paused")
        case Mode.TRACKING:
            icon = "tray-capturing" if status.capturing is Capturing.ON else "tray-tracking"
            pictures = _pictures(status.capturing)
            return TrackingState(
                words.tracking, _since(status, zone), total, "productive", "productive-soft", icon, pictures
            )


def _pictures(capturing: Capturing) -> str:
    return str(getattr(words, _PICTURES[capturing])) if capturing in _PICTURES else ""


def _since(status: Status, zone: tzinfo) -> str:
    if status.tracking_since is None:
        return words.not_yet_today
    return words.since_today.format(clock=formats.clock(status.tracking_since, zone))


def _until(status: Status, now: datetime, zone: tzinfo) -> str:
    if status.paused_until is None:
        return words.paused_for_good
    clock = formats.clock(status.paused_until, zone)
    if status.paused_until - now < timedelta(hours=12):
        return words.paused_until.format(clock=clock)
    end = status.paused_until.astimezone(zone).date()
    is_near = end - now.astimezone(zone).date() <= _SAME_WEEK
    day = formats.weekday(end) if is_near else formats.day(end)
    return words.paused_until_day.format(day=day, clock=clock)
