"""Sums as people read them: how a part of the time counts, and which group it belongs to."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, func, literal_column, or_

from productify.domain import AT_KEYBOARD, Band, Share, Totals, band_of
from productify.store.schema import Activity

T = TypeVar("T")
UNCLASSIFIED = "unclassified"
"""The name of the category group of time that nothing has named yet; states are groups by their keys."""


class Part(NamedTuple):
    """The time that was one thing: the rollups' key, with '' for none, and the sum."""

    app_name: str
    app_id: str
    site: str
    category: str
    productivity: int
    cause: str
    milliseconds: int


_NONE: ColumnElement[str] = literal_column("''")  # spelt out: to PostgreSQL, two parameters are two expressions
PART: tuple[Any, ...] = (
    Activity.app_name,
    func.coalesce(Activity.app_id, _NONE),
    func.coalesce(Activity.site, _NONE),
    func.coalesce(Activity.category, _NONE),
    func.coalesce(Activity.productivity, literal_column("0")),
    func.coalesce(Activity.cause, _NONE),
)
"""What the time of activities is told apart by: the fields of Part but for the sum."""

ACTIVE = or_(Activity.cause.is_(None), Activity.cause.in_(AT_KEYBOARD))
"""Whether somebody was at the keyboard."""


def at_keyboard(columns: Any) -> ColumnElement[bool]:
    """Return the condition for active time over columns named like the rollups'."""
    return or_(columns.cause == "", columns.cause.in_(AT_KEYBOARD))


def as_part(row: Any) -> Part:
    """Return the part that a row of its fields holds."""
    values = list(row)
    values[-1] = int(values[-1])  # PostgreSQL sums big integers into decimals
    return Part(*values)


def added(totals: Iterable[Totals]) -> Totals:
    """Return the sum of several totals."""
    parts = list(totals)
    return Totals(*(sum(getattr(part, name) for part in parts) for name in Totals.__slots__))


def by_app(parts: Iterable[Part]) -> tuple[Share, ...]:
    """Return the active time by app, every second of it."""
    return _grouped(parts, lambda part: (part.app_name, False))


def by_site(parts: Iterable[Part]) -> tuple[Share, ...]:
    """Return the active time by site, as far as it was spent on one."""
    return _grouped((part for part in parts if part.site), lambda part: (part.site, True))


def by_site_or_app(parts: Iterable[Part], limit: int | None = None) -> tuple[Share, ...]:
    """Return every second of the active time once: by site where it has one, else by app."""
    return _grouped(parts, lambda part: (part.site or part.app_name, bool(part.site)), limit)


def by_category(parts: Iterable[Part]) -> tuple[Share, ...]:
    """Return the active time by category key; states and what is unclassified are groups of their own."""
    return _grouped(parts, lambda part: (part.category or part.cause or UNCLASSIFIED, False))


def by_band(parts: Iterable[Part]) -> tuple[Share, ...]:
    """Return the active time by verdict."""
    return _grouped(parts, lambda part: (_band(part), False))


class _Group:
    """The parts of one group; which category, verdict and app most of it was is only asked where they differ."""

    __slots__ = ("milliseconds", "parts")

    def __init__(self) -> None:
        self.milliseconds = 0
        self.parts: list[Part] = []

    def add(self, part: Part) -> None:
        self.milliseconds += part.milliseconds
        self.parts.append(part)

    def share(self, name: str, is_site: bool) -> Share:
        return Share(
            name=name,
            milliseconds=self.milliseconds,
            category=self._most(lambda part: part.category) or None,
            band=self._most(_band),
            is_site=is_site,
            app_id=None if is_site else self._most(lambda part: part.app_id) or None,
        )

    def _most(self, value: Callable[[Part], T]) -> T:
        if len(self.parts) == 1:
            return value(self.parts[0])
        counted: dict[T, int] = {}
        for part in self.parts:
            counted[value(part)] = counted.get(value(part), 0) + part.milliseconds
        return max(counted, key=lambda each: (counted[each], str(each)))


def _grouped(
    parts: Iterable[Part], key: Callable[[Part], tuple[str, bool]], limit: int | None = None
) -> tuple[Share, ...]:
    """Return the groups, the greatest first, equal ones by name."""
    groups: dict[tuple[str, bool], _Group] = {}
    for part in parts:
        groups.setdefault(key(part), _Group()).add(part)
    ordered = sorted(groups.items(), key=lambda group: (-group[1].milliseconds, group[0]))
    return tuple(group.share(*name) for name, group in ordered[:limit])


def _band(part: Part) -> Band:
    return Band.NEUTRAL if part.cause else band_of(part.productivity)
