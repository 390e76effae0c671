"""Which screenshots are selected: by their ids, whatever is fetched of them."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from productify_ui.bridge import Bridge
from productify_ui.views.gallery.pages import ShotPages, rows_of

_MANY = 2000
"""Rows asked for at once where a range reaches beyond what was fetched."""


class Picked(QObject):
    """The selection; `changed` tells of another one. Ranges are of indexes, in the order of the gallery."""

    changed = Signal()

    def __init__(self, bridge: Bridge, rows: ShotPages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._rows = rows
        self._before: frozenset[str] = frozenset()
        self.ids: frozenset[str] = frozenset()
        self.anchor = 0

    def clear(self) -> None:
        """Select nothing."""
        self._take(frozenset())

    def drop(self, ids: Iterable[str]) -> None:
        """Select these no more."""
        self._take(self.ids - frozenset(ids))

    def flip(self, index: int, shot_id: str) -> None:
        """Select one, or no more."""
        self.anchor = index
        self._take(self.ids ^ {shot_id})

    def extend(self, start: int, target: int) -> None:
        """Select all from where the range begins, or from `start` where there is none yet, to `target`."""
        if not self.ids:
            self.anchor = start if start != target else self.anchor
        self.add_range(range(min(self.anchor, target), max(self.anchor, target) + 1))

    def flip_range(self, indexes: range) -> None:
        """Select all of a range, or where all are selected none of them."""
        if self.has_all(indexes):
            self.drop(self._known(indexes))
        else:
            self.anchor = indexes.start
            self.add_range(indexes)

    def add_range(self, indexes: range) -> None:
        """Select all of a range; what of it is not fetched yet follows as it comes."""
        known = self._known(indexes)
        self._take(self.ids | frozenset(known))
        if len(known) < len(indexes):
            self._bridge.start(self._fetch(indexes))

    def has_all(self, indexes: range) -> bool:
        """Whether every one of a range is selected, as far as is known."""
        known = self._known(indexes)
        return bool(known) and len(known) == len(indexes) and self.ids.issuperset(known)

    def begin_band(self, *, keep: bool) -> None:
        """Begin to select by a rubber band, with `keep` beside what is selected already."""
        self._before = self.ids if keep else frozenset()

    def band(self, indexes: Sequence[int]) -> None:
        """Select what the rubber band touches now."""
        if indexes:
            self.anchor = indexes[0]
        self._take(self._before | frozenset(self._known(indexes)))

    def _known(self, indexes: Iterable[int]) -> list[str]:
        return [shot.id for index in indexes if (shot := self._rows.get(index)) is not None]

    async def _fetch(self, indexes: range) -> None:
        which = self._rows.which
        if which is None:
            return
        for start in range(indexes.start, indexes.stop, _MANY):
            count = min(_MANY, indexes.stop - start)
            rows = await self._bridge.call(partial(rows_of, which, start, count))
            if self._rows.which != which:
                return
            self._take(self.ids | {shot.id for shot in rows})

    def _take(self, ids: frozenset[str]) -> None:
        if ids != self.ids:
            self.ids = ids
            self.changed.emit()
