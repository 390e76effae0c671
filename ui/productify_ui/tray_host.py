"""Whether anything shows tray icons yet.

On X11 Qt chooses between StatusNotifier and XEmbed once in the life of a process, when the first icon is made or the
tray is first asked for. At log-in the tray often comes after us, so neither may be done before there is one.
"""

import sys

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

_WATCHER = "org.kde.StatusNotifierWatcher"
_PATIENCE_MS = 10_000


class TrayHost(QObject):
    """`found` comes once, with the first tray that there is."""

    found = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_found = False
        self._has_choice = sys.platform == "linux" and QGuiApplication.platformName() == "xcb"

    def start(self) -> None:
        """Look for one now and, where there is none, whenever one may have come."""
        self.look()
        if self._is_found:
            return
        from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

        registration = QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
        watcher = QDBusServiceWatcher(_WATCHER, QDBusConnection.sessionBus(), registration, self)
        watcher.serviceRegistered.connect(self.look)
        QTimer.singleShot(_PATIENCE_MS, self, self._find)  # from here on Qt's XEmbed icon waits for its tray itself

    @Slot()
    def look(self) -> None:
        """Look for one now."""
        if not self._is_found and self._is_there():
            self._find()

    @Slot()
    def _find(self) -> None:
        if not self._is_found:
            self._is_found = True
            self.found.emit()

    def _is_there(self) -> bool:
        return not self._has_choice or _has_watcher() or _takes_windows()


def _has_watcher() -> bool:
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    return bus.isConnected() and bool(bus.interface().isServiceRegistered(_WATCHER).value())


def _takes_windows() -> bool:
    from productify.selections import has_tray

    return has_tray()
