"""Domain values as the plain dictionaries that JSON output and the control line carry; times ISO 8601 with offset."""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from productify.domain import Activity, Capability, Category, Done, Hit, Share, Shot, Status, Totals, band_of
from productify.domain.states import Band

_PRODUCTIVE = {Band.PRODUCTIVE: True, Band.NEUTRAL: None, Band.DISTRACTING: False}


def iso(moment: datetime | None, zone: tzinfo | None = None) -> str | None:
    """Return `moment` in ISO 8601 with milliseconds and the offset of `zone` (the machine's where None)."""
    return None if moment is None else moment.astimezone(zone).isoformat(timespec="milliseconds")


def seconds(milliseconds: int) -> float:
    """Return milliseconds as seconds with three decimals."""
    return round(milliseconds / 1000, 3)


def totals_dict(totals: Totals) -> dict[str, float]:
    """Return sums in seconds."""
    return {
        "active_seconds": seconds(totals.active),
        "productive_seconds": seconds(totals.productive),
        "neutral_seconds": seconds(totals.neutral),
        "distracting_seconds": seconds(totals.distracting),
        "idle_seconds": seconds(totals.idle),
    }


def activity_dict(activity: Activity, names: Mapping[str, str], zone: tzinfo) -> dict[str, Any]:
    """Return one activity; `names` maps category keys to what people read."""
    return {
        "id": activity.id,
        "app_name": activity.app_name,
        "window_title": activity.window_title,
        "url": activity.url,
        "category": names.get(activity.category or "", activity.category),
        "is_productive": _PRODUCTIVE[band_of(activity.productivity)],
        "productivity": activity.productivity,
        "is_afk": activity.is_afk,
        "cause": activity.cause,
        "presence": activity.presence,
        "note": activity.note,
        "start_time": iso(activity.start, zone),
        "end_time": iso(activity.end, zone),
        "duration": round(activity.seconds, 3),
    }


def hit_dict(hit: Hit, names: Mapping[str, str], zone: tzinfo) -> dict[str, Any]:
    """Return one text that was found, with its newest day."""
    return {
        "app_name": hit.app_name,
        "window_title": hit.title,
        "url": hit.url,
        "note": hit.note,
        "category": names.get(hit.category or "", hit.category),
        "day": hit.day.isoformat(),
        "first_start": iso(hit.first_start, zone),
        "seconds": seconds(hit.milliseconds),
        "days": hit.days,
    }


def shot_dict(shot: Shot, path: Path | None, names: Mapping[str, str], zone: tzinfo) -> dict[str, Any]:
    """Return one picture of a screen, and where its file lies."""
    return {
        "id": shot.id,
        "captured_at": iso(shot.captured_at, zone),
        "seen_until": iso(shot.seen_until, zone),
        "app_name": shot.app_name,
        "window_title": shot.window_title,
        "category": names.get(shot.category or "", shot.category),
        "monitor": shot.monitor,
        "width": shot.width,
        "height": shot.height,
        "size": shot.file_size,
        "is_blurred": shot.is_blurred,
        "is_encrypted": shot.is_sealed,
        "path": str(path) if path else None,
    }


def share_dict(share: Share, names: Mapping[str, str]) -> dict[str, Any]:
    """Return one group of a summary."""
    return {
        "name": share.name,
        "seconds": seconds(share.milliseconds),
        "category": names.get(share.category or "", share.category),
        "productivity": share.band,
    }


def status_dict(status: Status) -> dict[str, Any]:
    """Return the recorder's state."""
    running = status.running
    return {
        "mode": status.mode,
        "paused_until": iso(status.paused_until),
        "incognito": status.incognito,
        "running": None
        if running is None
        else {
            "app_name": running.activity.app_name,
            "window_title": running.activity.window_title,
            "url": running.activity.url,
            "category": running.activity.category,
            "cause": running.activity.cause,
            "presence": running.activity.presence,
            "since": iso(running.since),
        },
        "today": totals_dict(status.today),
        "tracking_since": iso(status.tracking_since),
        "problem": status.problem,
    }


def category_names(categories: Iterable[Category]) -> dict[str, str]:
    """Return what people read for each category key."""
    return {category.key: category.name for category in categories}


def capability_dict(each: Capability) -> dict[str, str]:
    """Return what works on a desktop, or does not, with its remedies."""
    return {
        "key": each.key, "title": each.title, "health": str(each.health), "backend": each.backend,
        "detail": each.detail, "fix": each.fix, "repair": each.repair or "", "command": each.command,
    }  # fmt: skip


def done_dict(done: Done) -> dict[str, Any]:
    """Return what a step was, and the days that it touched."""
    return {
        "kind": str(done.kind),
        "count": done.count,
        "days": [day.isoformat() for day in done.days],
        "kept": done.kept,
    }
