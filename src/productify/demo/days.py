"""Whole days of the made-up person, the same for the same seed."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from productify.clock import LocalDays
from productify.demo import scenes
from productify.domain import State

_WORDS = {
    "file": scenes.FILES, "project": scenes.PROJECTS, "topic": scenes.TOPICS, "channel": scenes.CHANNELS,
    "board": scenes.BOARDS, "document": scenes.DOCUMENTS, "clip": scenes.CLIPS, "talk": scenes.BOARDS_TALK,
}  # fmt: skip
_USUAL_ACTIVITIES = 300
"""How many activities a working day comes to with the lengths that the scenes give."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One stretch: a window, or a state where `cause` is set; UTC."""

    start: datetime
    end: datetime
    app_name: str
    app_id: str | None = None
    title: str | None = None
    url: str | None = None
    cause: State | None = None


def person_days(
    days: LocalDays, last: datetime, count: int, seed: int, per_day: int = _USUAL_ACTIVITIES
) -> Iterator[list[Moment]]:
    """Yield the stretches of each of `count` days up to the moment `last`, oldest day first.

    `per_day` is about how many activities a working day has; the times of day stay the same.
    """
    today = days.day_of(last)
    for back in range(count - 1, -1, -1):
        day = today - timedelta(days=back)
        random = Random(f"{seed} {day}")
        moments = _day(days, day, random, _USUAL_ACTIVITIES / per_day)
        yield [replace(moment, end=min(moment.end, last)) for moment in moments if moment.start < last]


def _day(days: LocalDays, day: date, random: Random, pace: float) -> Iterator[Moment]:
    if day.weekday() < 5:
        morning = _at(days, day, 8.1 + random.random() * 1.0)
        lunch = _at(days, day, 12.0 + random.random() * 0.7)
        yield from _work(morning, lunch, random, pace)
        back = lunch + timedelta(minutes=random.uniform(25, 60))
        yield Moment(lunch, back, State.AWAY, cause=State.AWAY)
        yield from _work(back, _at(days, day, 17.0 + random.random() * 1.6), random, pace)
    if random.random() < (0.55 if day.weekday() < 5 else 0.8):
        start = _at(days, day, 19.7 + random.random())
        yield from _scene("evening", start, start + timedelta(minutes=random.uniform(25, 110)), random, pace)


def _work(start: datetime, end: datetime, random: Random, pace: float) -> Iterator[Moment]:
    names, weights, minutes = zip(*scenes.WORKDAY, strict=True)
    lengths = dict(zip(names, minutes, strict=True))
    while start < end:
        scene = random.choices(names, weights)[0]
        stop = min(end, start + timedelta(minutes=lengths[scene] * random.uniform(0.5, 1.6)))
        yield from _scene(scene, start, stop, random, pace)
        start = stop
        if start < end and random.random() < 0.28:
            stop = min(end, start + timedelta(minutes=random.uniform(4, 17)))
            cause = State.LOCKED if random.random() < 0.3 else State.AWAY
            yield Moment(start, stop, cause, cause=cause)
            start = stop


def _scene(name: str, start: datetime, end: datetime, random: Random, pace: float) -> Iterator[Moment]:
    faces = scenes.SCENES[name]
    weights = [face.weight for face in faces]
    words = {key: random.choice(choices) for key, choices in _WORDS.items()}
    while start < end:
        face = random.choices(faces, weights)[0]
        if random.random() < 0.3:
            key = random.choice(list(_WORDS))
            words[key] = random.choice(_WORDS[key])
        length = max(1.2, face.seconds * pace * math.exp(random.gauss(-0.3, 0.8)))
        stop = min(end, start + timedelta(milliseconds=round(length * 1000)))
        yield Moment(start, stop, face.app_name, face.app_id, face.title.format(**words), _address(face, words))
        start = stop


def _address(face: scenes.Face, words: dict[str, str]) -> str | None:
    return face.url.format(**{key: word.replace(" ", "_") for key, word in words.items()}) if face.url else None


def _at(days: LocalDays, day: date, hour: float) -> datetime:
    wall = datetime.combine(day, time(), days.zone) + timedelta(milliseconds=round(hour * 3_600_000))
    return wall.astimezone(days.start_of(day).tzinfo)
