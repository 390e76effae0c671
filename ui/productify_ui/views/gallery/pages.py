"""The pictures' rows, fetched by the page where they are looked at, and kept as long as there is room."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from productify.domain import Shot, ShotFilter, ShotHour
from productify_ui.bridge import Bridge

if TYPE_CHECKING:
    from productify.service import Service

PAGE = 200
_KEPT = 30
"""Pages: six thousand rows take about six megabytes."""


class ShotPages(QObject):
    """Rows by their index, newest first; `arrived` tells that some came.

    One question is on its way at a time, and always for what was wanted last: whatever was scrolled past meanwhile is
    never asked for. After `reset` the old rows stay in view until the new ones are there.
    """

    arrived = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._which: ShotFilter | None = None
        self._pages: OrderedDict[int, tuple[Shot, ...]] = OrderedDict()
        self._fresh: set[int] = set()
        self._wanted: list[int] = []
        self._hours: tuple[ShotHour, ...] = ()
        self._firsts = [0]
        self._asking = False

    @property
    def which(self) -> ShotFilter | None:
        """What the rows are narrowed by."""
        return self._which

    @property
    def settled(self) -> bool:
        """Whether all that was wanted is there."""
        return not self._asking and not self._wanted

    def reset(self, which: ShotFilter, hours: Sequence[ShotHour]) -> None:
        """Show other rows, or the same ones anew; `hours` tell how many each hour has, the newest first."""
        self._hours = tuple(hours)
        self._firsts = list(accumulate((hour.count for hour in hours), initial=0))
        if which != self._which:
            self._pages.clear()
        self._which = which
        self._fresh.clear()

    def get(self, index: int) -> Shot | None:
        """Return a row if it is there."""
        page = self._pages.get(index // PAGE)
        return page[index % PAGE] if page is not None and index % PAGE < len(page) else None

    def index_of(self, shot_id: str) -> int | None:
        """Return the index of a row, None where it is not there."""
        for page, rows in self._pages.items():
            for place, shot in enumerate(rows):
                if shot.id == shot_id:
                    return page * PAGE + place
        return None

    def known(self) -> list[Shot]:
        """Return all rows that are there."""
        return [shot for page in self._pages.values() for shot in page]

    def want(self, indexes: Sequence[int]) -> None:
        """Fetch what is missing of these rows, and nothing else that was wanted before."""
        pages = sorted({index // PAGE for index in indexes})
        for page in pages:
            if page in self._pages:
                self._pages.move_to_end(page)
        self._wanted = [page for page in pages if page not in self._fresh]
        if self._wanted and not self._asking:
            self._asking = True
            self._bridge.start(self._fetch())

    async def _fetch(self) -> None:
        try:
            while self._wanted and self._which is not None:
                which, page = self._which, self._wanted.pop(0)
                rows = await self._bridge.call(partial(rows_of, *self._narrowed(which, page * PAGE), PAGE))
                if which == self._which:
                    self._take(page, rows)
        finally:
            self._asking = False

    def _narrowed(self, which: ShotFilter, offset: int) -> tuple[ShotFilter, int]:
        """Return the same rows with an earlier end: the store walks to an offset, and finds a moment at once."""
        hour = min(bisect_right(self._firsts, offset) - 1, len(self._hours) - 1)
        if hour < 1:
            return which, offset
        return replace(which, end=self._hours[hour - 1].start), offset - self._firsts[hour]

    def _take(self, page: int, rows: tuple[Shot, ...]) -> None:
        self._pages[page] = rows
        self._pages.move_to_end(page)
        self._fresh.add(page)
        while len(self._pages) > _KEPT:
            dropped, _rows = self._pages.popitem(last=False)
            self._fresh.discard(dropped)
        self.arrived.emit()


async def rows_of(which: ShotFilter, offset: int, limit: int, service: "Service") -> tuple[Shot, ...]:
    """Return rows as the service tells them."""
    return await service.screenshots.page(which, offset, limit)
