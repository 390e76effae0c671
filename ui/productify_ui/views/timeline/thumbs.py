"""Small pictures of screenshots, fetched for what is in view and kept within a bound of memory."""

import time
from collections import OrderedDict, deque
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QPixmap

from productify.domain import Shot
from productify_ui.bridge import Bridge

_AT_ONCE = 12
_MOST_BYTES = 24 * 1024 * 1024
_PIXEL_BYTES = 4
_SLICE = 0.004
"""Seconds of decoding before the loop may paint."""


class Thumbs(QObject):
    """The thumbnails by their shots' ids; asking for one that is not here fetches it.

    `arrived` tells that some came, or went because they are true no longer. What was asked for last is fetched first,
    and what was not asked for longest goes when there are too many.
    """

    arrived = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._held: OrderedDict[str, QPixmap] = OrderedDict()
        self._bytes = 0
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._coming: set[str] = set()
        self._undecoded: deque[tuple[str, bytes]] = deque()
        self._missing: set[str] = set()
        self._states: dict[str, tuple[bool, int]] = {}
        self._fetching = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._decode_some)

    def get(self, shot_id: str) -> QPixmap | None:
        """Return the picture, None while it is on its way or where its file is gone."""
        if (found := self._held.get(shot_id)) is not None:
            self._held.move_to_end(shot_id)
            return found
        if shot_id not in self._missing and shot_id not in self._coming:
            self._wanted[shot_id] = None
            self._wanted.move_to_end(shot_id)
            if not self._fetching:
                self._fetching = True
                self._bridge.start(self._fetch())
        return None

    def has(self, shot_id: str) -> bool:
        """Return whether the picture is here, or known to be gone; else it is fetched."""
        return self.get(shot_id) is not None or shot_id in self._missing

    def renew(self, shots: Iterable[Shot]) -> None:
        """Take note of shots that were loaded anew: what was blurred or covered since is let go, what was gone sought.

        A shot of another day keeps its note as long as its picture is here or on its way.
        """
        now = {shot.id: (shot.is_blurred, shot.file_size) for shot in shots}
        changed = [each for each, state in now.items() if self._states.get(each, state) != state]
        kept = self._held.keys() | self._coming
        self._states = {each: state for each, state in self._states.items() if each in kept} | now
        self._missing.clear()
        if changed:
            self.forget(changed)

    def forget(self, shot_ids: Iterable[str]) -> None:
        """Let go of some, and of what is on its way of them: it may have been read before they changed."""
        gone = set(shot_ids)
        for shot_id in gone:
            if (dropped := self._held.pop(shot_id, None)) is not None:
                self._bytes -= _size(dropped)
        self._coming -= gone
        self._undecoded = deque(each for each in self._undecoded if each[0] not in gone)
        self.arrived.emit()

    async def _fetch(self) -> None:
        try:
            while self._wanted:
                ids = [self._wanted.popitem()[0] for _ in range(min(_AT_ONCE, len(self._wanted)))]
                self._coming.update(ids)
                self._take(ids, await self._ask(ids))
        finally:
            self._fetching = False
            self._coming = {shot_id for shot_id, _data in self._undecoded}

    async def _ask(self, ids: list[str]) -> dict[str, bytes]:
        return await self._bridge.call(lambda service: service.screenshots.thumbnails(ids))

    def _take(self, ids: Iterable[str], found: dict[str, bytes]) -> None:
        """Let an answer be decoded, but for what was forgotten since it was asked for."""
        self._undecoded.extend((each, found.get(each, b"")) for each in ids if each in self._coming)
        self._timer.start()

    @Slot()
    def _decode_some(self) -> None:
        end = time.perf_counter() + _SLICE
        while self._undecoded and time.perf_counter() < end:
            self._decode(*self._undecoded.popleft())
        if not self._undecoded:  # told of once: each time is a new painting of the lanes
            self._timer.stop()
            self.arrived.emit()

    def _decode(self, shot_id: str, data: bytes) -> None:
        self._coming.discard(shot_id)
        picture = QPixmap()
        if not data or not picture.loadFromData(data):
            self._missing.add(shot_id)
            return
        self._held[shot_id] = picture
        self._bytes += _size(picture)
        while self._bytes > _MOST_BYTES:
            self._bytes -= _size(self._held.popitem(last=False)[1])


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * _PIXEL_BYTES
