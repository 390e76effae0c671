"""Commands that read the store."""

import argparse
from datetime import date, timedelta
from typing import Any

from productify.cli import plain
from productify.cli.rooms import Run
from productify.cli.session import opened
from productify.domain import FigureSet
from productify.errors import UsageError
from productify.paths import DataDir
from productify.service import Service, wire

_FIRST_YEAR, _LAST_YEAR = 1970, 9000
_NO_SITE = "no site"
"""What the time outside of any site is called, so that the groups add up."""


async def stored_status(data_dir: DataDir, chosen: argparse.Namespace, answer: dict[str, Any] | None) -> dict[str, Any]:
    """Return what the running app answered, or else what the store tells, with the sums of the days chosen."""
    async with opened(data_dir) as service:
        first, last = await _range(service, chosen)
        state = answer or wire.status_dict(await service.tracking.status())
        return {**state, "today": wire.totals_dict(await service.reports.totals(first, last))}


async def summary(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Say where the time went, grouped."""
    async with opened(data_dir) as service:
        first, last = await _range(service, chosen)
        names = wire.category_names(await service.catalogue.categories())
        days = service.local_days()
        totals = wire.totals_dict(await service.reports.totals(first, last))
        shares = await service.reports.shares(first, last, FigureSet(chosen.by))
    bounds = {
        "from": wire.iso(days.start_of(first), days.zone),
        "to": wire.iso(days.bounds(last)[1], days.zone),
        "by": chosen.by,
    }
    named = [wire.share_dict(share, names) for share in shares]
    if chosen.by == FigureSet.CATEGORY:
        for group in named:
            group["key"], group["name"] = group["name"], names.get(group["name"], group["name"])
    if (
        chosen.by == FigureSet.SITE
        and (rest := totals["active_seconds"] - sum(group["seconds"] for group in named)) > 0
    ):
        named.append({"name": _NO_SITE, "seconds": round(rest, 3), "category": None, "productivity": None})
    return plain.show(chosen, {**bounds, **totals, "groups": named}, plain.summary)


async def activities(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """List every recorded activity of a day or a range, in order."""
    async with opened(data_dir) as service:
        first, last = await _range(service, chosen)
        names = wire.category_names(await service.catalogue.categories())
        rows = await service.reports.activities(first, last)
        zone = service.local_days().zone
    return plain.show(chosen, [wire.activity_dict(row, names, zone) for row in rows], plain.activities)


async def screenshots(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """List every screenshot of a day or a range, in order."""
    async with opened(data_dir) as service:
        first, last = await _range(service, chosen)
        names = wire.category_names(await service.catalogue.categories())
        days = service.local_days()
        shots = await service.screenshots.between(days.start_of(first), days.bounds(last)[1])
        paths = await service.screenshots.paths([shot.id for shot in shots])
    rows = [wire.shot_dict(shot, paths.get(shot.id), names, days.zone) for shot in shots]
    return plain.show(chosen, rows, plain.screenshots)


async def search(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """List what was in front and fits the words, newest first."""
    async with opened(data_dir) as service:
        await service.search.prepare()
        names = wire.category_names(await service.catalogue.categories())
        hits = await service.search.find(" ".join(chosen.words), chosen.limit)
        zone = service.local_days().zone
    return plain.show(chosen, [wire.hit_dict(hit, names, zone) for hit in hits], plain.hits)


async def _range(service: Service, chosen: argparse.Namespace) -> tuple[date, date]:
    """Return the local days that --day or --from and --to name; today by default."""
    today = await service.reports.today()
    if chosen.day:
        if chosen.first or chosen.last:
            raise UsageError("--day cannot stand beside --from or --to.")
        day = day_named(chosen.day, today)
        return day, day
    first = day_named(chosen.first, today) if chosen.first else None
    last = day_named(chosen.last, today) if chosen.last else today
    first = first or last
    if first > last:
        raise UsageError("--from lies after --to.")
    return first, last


def day_named(text: str, today: date) -> date:
    """Return the day that `text` names: ISO 8601, today or yesterday."""
    named = {"today": today, "yesterday": today - timedelta(days=1)}
    try:
        day = named.get(text) or date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no day.", "Write it as 2026-11-19, today or yesterday.") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UsageError(f"{text} lies beyond all records.", f"Years are {_FIRST_YEAR} to {_LAST_YEAR}.")
    return day


COMMANDS: dict[str, Run] = {"summary": summary, "activities": activities, "screenshots": screenshots, "search": search}
