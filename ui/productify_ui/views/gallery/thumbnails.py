"""Small pictures: fetched for what is in view, decoded a few at a time, kept within a bound of bytes."""

import time
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap

from productify_ui.bridge import Bridge

if TYPE_CHECKING:
    from productify.service import Service

_BATCH = 24
_SLICE = 0.004
"""Seconds of decoding in one frame."""
_FRAME_MS = 16
_ROOM = 40_000_000


class Thumbnails(QObject):
    """Pictures of one size with round corners, by the ids of their screenshots; `arrived` carries those that came.

    `want` replaces what was wanted before: what was scrolled past is neither asked for nor decoded.
    """

    arrived = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._size = QSize(1, 1)
        self._dpr = 1.0
        self._radius = 0.0
        self._band = (0.0, 0.0)
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._bytes = 0
        self._missing: set[str] = set()
        self._wanted: tuple[str, ...] = ()
        self._undecoded: deque[tuple[str, bytes]] = deque()
        self._asking = False
        self._asked: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._decode_some)

    @property
    def bytes_kept(self) -> int:
        """How much memory the pictures take."""
        return self._bytes

    @property
    def settled(self) -> bool:
        """Whether all that was wanted is there or known to be missing."""
        return not self._asking and not self._undecoded and not self._unasked()

    def set_size(self, size: QSize, dpr: float, radius: float, band: tuple[float, float]) -> None:
        """Let pictures have another size in logical pixels; those whose shape lies in `band` are cut to fill it."""
        if (size, dpr, radius, band) != (self._size, self._dpr, self._radius, self._band):
            self._size, self._dpr, self._radius, self._band = size, dpr, radius, band
            self.clear()

    def get(self, shot_id: str) -> QPixmap | None:
        """Return a picture if it is there."""
        found = self._kept.get(shot_id)
        if found is not None:
            self._kept.move_to_end(shot_id)
        return found

    def is_missing(self, shot_id: str) -> bool:
        """Whether its file is known to be gone."""
        return shot_id in self._missing

    def want(self, ids: Sequence[str]) -> None:
        """Fetch these, the first ones first, and drop what was wanted before and is not there yet."""
        self._wanted = tuple(ids)
        wanted = set(ids)
        self._undecoded = deque(each for each in self._undecoded if each[0] in wanted)
        self._ask()

    def forget(self, ids: Iterable[str]) -> None:
        """Let go of pictures that are no longer true, also of those on their way, and fetch anew what is wanted."""
        gone = set(ids)
        for shot_id in gone:
            self._drop(shot_id)
        self._missing -= gone
        self._asked -= gone
        self._undecoded = deque(each for each in self._undecoded if each[0] not in gone)
        self._ask()

    def clear(self) -> None:
        """Let go of all of them."""
        self._kept.clear()
        self._undecoded.clear()
        self._missing.clear()
        self._bytes = 0

    def stop(self) -> None:
        """Want nothing any more."""
        self._wanted = ()
        self._undecoded.clear()
        self._timer.stop()

    def _drop(self, shot_id: str) -> None:
        if (dropped := self._kept.pop(shot_id, None)) is not None:
            self._bytes -= _cost(dropped)

    def _unasked(self) -> list[str]:
        coming = {shot_id for shot_id, _data in self._undecoded}
        return [
            each for each in self._wanted if each not in self._kept and each not in self._missing and each not in coming
        ]

    def _ask(self) -> None:
        if not self._asking and self._unasked():
            self._asking = True
            self._bridge.start(self._fetch())

    async def _fetch(self) -> None:
        try:
            while batch := self._unasked()[:_BATCH]:
                self._asked = set(batch)
                found = await self._bridge.call(partial(_ask_for, batch))
                # What was forgotten meanwhile may have been read before it changed.
                self._take([each for each in batch if each in self._asked], found)
        finally:
            self._asking = False

    def _take(self, ids: Sequence[str], found: dict[str, bytes]) -> None:
        wanted = set(self._wanted)
        missing = frozenset(each for each in ids if each not in found)
        self._missing |= missing
        self._undecoded.extend((each, found[each]) for each in ids if each in found and each in wanted)
        if self._undecoded and not self._timer.isActive():
            self._timer.start()
        if missing:
            self.arrived.emit(missing)

    @Slot()
    def _decode_some(self) -> None:
        end, came = time.perf_counter() + _SLICE, set()
        while self._undecoded and time.perf_counter() < end:
            shot_id, data = self._undecoded.popleft()
            self._decode(shot_id, data)
            came.add(shot_id)
        if not self._undecoded:
            self._timer.stop()
        self.arrived.emit(frozenset(came))

    def _decode(self, shot_id: str, data: bytes) -> None:
        image = decoded(data, self._size * self._dpr, self._band)
        if image is None:
            self._missing.add(shot_id)
            return
        self._drop(shot_id)
        self._kept[shot_id] = pixmap = _rounded(image, self._size, self._dpr, self._radius)
        self._bytes += _cost(pixmap)
        while self._bytes > _ROOM and len(self._kept) > 1:
            _id, dropped = self._kept.popitem(last=False)
            self._bytes -= _cost(dropped)


async def _ask_for(ids: Sequence[str], service: "Service") -> dict[str, bytes]:
    return await service.screenshots.thumbnails(ids)


def decoded(data: bytes, size: QSize, band: tuple[float, float]) -> QImage | None:
    """Return a picture scaled to fill `size` (device pixels), or to lie within it where its shape is not in `band`."""
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    whole = reader.size()
    if whole.isEmpty():
        return None
    fills = band[0] <= whole.width() / whole.height() <= band[1]
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding if fills else Qt.AspectRatioMode.KeepAspectRatio
    reader.setScaledSize(whole.scaled(size, mode).expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else image


def _rounded(image: QImage, size: QSize, dpr: float, radius: float) -> QPixmap:
    whole = size * dpr
    canvas = QPixmap(whole)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF(image.rect())
    place.moveCenter(QRectF(0, 0, whole.width(), whole.height()).center())
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, whole.width(), whole.height()), radius * dpr, radius * dpr)
    painter.setClipPath(path)
    painter.drawImage(place.topLeft(), image)
    painter.end()
    canvas.setDevicePixelRatio(dpr)
    return canvas


def _cost(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * pixmap.depth() // 8
