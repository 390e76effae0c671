"""The made-up person's focus sessions: when they worked undisturbed, and what pulled them away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from productify.demo.days import Moment

_WORK = (
    ("WAL checkpointing", "atlas"), ("Onboarding flows", "harbor"), ("Retry queue back-off", "atlas"),
    ("Sync engine tests", "atlas"), ("Release notes", "harbor"), ("Query planner", "atlas"),
    ("Design review", "harbor"), ("Migration plan", "atlas"), ("Error budget", None),
)  # fmt: skip
_LENGTHS = (25, 50, 50, 50, 90)
_PULLS = (
    ("youtube.com", True, 9), ("reddit.com", True, 7), ("x.com", True, 4), ("instagram.com", True, 2),
    ("Steam", False, 2),
)  # fmt: skip
_REASONS = ("the talk that was linked in the issue", "looking up the answer a colleague posted")
_STARTS = timedelta(minutes=15)
_APART = timedelta(minutes=40)
_MOST = 4
_REST_DAYS = 0.12
_CUT_SHORT = 0.1
_PASSED = 0.12


@dataclass(frozen=True, slots=True)
class Pull:
    """A visit that was blocked; `reason` where it was let pass."""

    at: datetime
    name: str
    is_site: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A focus session; UTC. One that was cut short was `planned` to last longer, in minutes."""

    start: datetime
    end: datetime
    planned: int
    title: str
    project: str | None
    pulls: tuple[Pull, ...]


def sittings(day: date, moments: Sequence[Moment], seed: int) -> Iterator[Sitting]:
    """Yield the sessions of a day, given what it was made of; the same for the same seed."""
    random = Random(f"{seed} {day} focus")
    if not moments or day.weekday() > 4 or random.random() < _REST_DAYS:
        return
    start, last, made = moments[0].start + timedelta(minutes=random.randint(5, 40)), moments[-1].end, 0
    work = random.sample(_WORK, _MOST)
    while start < last and made < _MOST:
        planned = random.choice(_LENGTHS)
        end = start + timedelta(minutes=planned)
        if end > last or not _is_undisturbed(moments, start, end):
            start += _STARTS
            continue
        seen = end
        if random.random() < _CUT_SHORT:
            seen = start + timedelta(minutes=round(planned * random.uniform(0.4, 0.8)))
        yield Sitting(start, seen, planned, *work[made], tuple(_pulls(random, start, seen)))
        made += 1
        start = end + _APART + timedelta(minutes=random.randint(0, 50))


def _is_undisturbed(moments: Sequence[Moment], start: datetime, end: datetime) -> bool:
    inside = [moment for moment in moments if moment.start < end and moment.end > start]
    return bool(inside) and inside[0].start <= start and all(moment.cause is None for moment in inside)


def _pulls(random: Random, start: datetime, end: datetime) -> Iterator[Pull]:
    names = [(name, is_site) for name, is_site, _ in _PULLS]
    length = (end - start).total_seconds()
    times = sorted(random.uniform(0.1, 0.95) for _ in range(random.choice((0, 0, 0, 1, 1, 2, 3))))
    for share in times:
        name, is_site = random.choices(names, [weight for *_, weight in _PULLS])[0]
        reason = random.choice(_REASONS) if random.random() < _PASSED else None
        yield Pull(start + timedelta(seconds=round(length * share)), name, is_site, reason)
