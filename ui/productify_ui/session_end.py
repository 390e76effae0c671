"""The end of the user's session, where the system asks each window for its last word: Windows and macOS.

On X11 and Wayland the tracker hears of it by itself: Qt is built without session management there.
"""

import logging

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QSessionManager

from productify.engine import EngineRoom
from productify.errors import KnownError

_log = logging.getLogger(__name__)
_PATIENCE = 2.0
"""Seconds that the system's end is held up at most; Windows itself waits five."""


class SessionEnd(QObject):
    """Brings the record to the disk before the system goes on; nothing else changes, the end may yet be called off."""

    def __init__(self, qt: QGuiApplication, room: EngineRoom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        qt.commitDataRequest.connect(self._commit)

    def write(self) -> bool:
        """Wait until all that was recorded is on disk, at most two seconds; return whether it is."""
        try:
            self._room.submit(lambda service: service.tracking.flush()).result(_PATIENCE)
        except TimeoutError:
            _log.warning("the last write before the session's end took too long")
            return False
        except KnownError as error:
            _log.info("nothing is recorded: %s", error)
            return False
        return True

    def _commit(self, manager: QSessionManager) -> None:
        manager.setRestartHint(QSessionManager.RestartHint.RestartNever)  # autostart does that, if it is wanted
        self.write()
