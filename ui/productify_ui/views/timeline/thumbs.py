"""Small pictures of screenshots, fetched for what is in view and kept within a bound of memory."""

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from productify_ui.bridge import Bridge

_AT_ONCE = 12
_MOST_BYTES = 24 * 1024 * 1024
_PIXEL_BYTES = 4


class Thumbs(QObject):
    """The thumbnails by their shots' ids; asking for one that is not here fetches it, and `arrived` tells of it.

    What was asked for last is fetched first, and what was not asked for longest goes when there are too many.
    """

    arrived = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._held: OrderedDict[str, QPixmap] = OrderedDict()
        self._bytes = 0
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._missing: set[str] = set()
        self._fetching = False

    def get(self, shot_id: str) -> QPixmap | None:
        """Return the picture, None while it is on its way or where its file is gone."""
        if (found := self._held.get(shot_id)) is not None:
            self._held.move_to_end(shot_id)
            return found
        if shot_id not in self._missing:
            self._wanted[shot_id] = None
            self._wanted.move_to_end(shot_id)
            if not self._fetching:
                self._fetching = True
                self._bridge.start(self._fetch())
        return None

    def has(self, shot_id: str) -> bool:
        """Return whether the picture is here, or known to be gone; else it is fetched."""
        return self.get(shot_id) is not None or shot_id in self._missing

    def forget(self, shot_ids: Iterable[str] | None = None) -> None:
        """Let go of some, as when they were blurred; of all where None."""
        for shot_id in list(self._held) if shot_ids is None else shot_ids:
            if (gone := self._held.pop(shot_id, None)) is not None:
                self._bytes -= _size(gone)
        self._missing.clear()

    async def _fetch(self) -> None:
        try:
            while self._wanted:
                ids = [self._wanted.popitem()[0] for _ in range(min(_AT_ONCE, len(self._wanted)))]
                self._take(ids, await self._ask(ids))
        finally:
            self._fetching = False

    async def _ask(self, ids: list[str]) -> dict[str, bytes]:
        return await self._bridge.call(lambda service: service.screenshots.thumbnails(ids))

    def _take(self, ids: Iterable[str], found: dict[str, bytes]) -> None:
        for shot_id in ids:
            picture = QPixmap()
            if shot_id not in found or not picture.loadFromData(found[shot_id]):
                self._missing.add(shot_id)
                continue
            self._held[shot_id] = picture
            self._bytes += _size(picture)
        while self._bytes > _MOST_BYTES:
            self._bytes -= _size(self._held.popitem(last=False)[1])
        self.arrived.emit()


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * _PIXEL_BYTES
