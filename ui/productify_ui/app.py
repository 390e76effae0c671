"""The composition root: builds each object once, connects them, and takes them down in order."""

import asyncio
import logging
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from productify.cli.display import require_display
from productify.clock import Clock, SystemClock
from productify.control import ask
from productify.domain import Notification
from productify.engine import EngineRoom
from productify.errors import DamagedDatabaseError
from productify.paths import DataDir
from productify_ui.bridge import Bridge
from productify_ui.closing import Closing
from productify_ui.errors import ErrorDesk
from productify_ui.floating import Floating
from productify_ui.housekeeping import GarbageTimer, Signals
from productify_ui.icons import Icons
from productify_ui.leaving import Leaving
from productify_ui.opening import Opening, day_of
from productify_ui.overlay import Curtain
from productify_ui.session_end import SessionEnd
from productify_ui.text.words import words
from productify_ui.theme import Theme
from productify_ui.tracking_actions import TrackingActions
from productify_ui.tray import Tray
from productify_ui.views.context import ViewContext
from productify_ui.views.returning import KEY as RETURN_KEY
from productify_ui.views.returning import Returning
from productify_ui.widgets.look import Look
from productify_ui.widgets.news import News
from productify_ui.window_state import load_state, save_state

if TYPE_CHECKING:
    from productify.service import Service
    from productify_ui.views.trouble import TroublePage
    from productify_ui.window import Window

_log = logging.getLogger(__name__)
_TRAY_SECONDS = 10.0
_UNSEEN_MS = 500
"""How long the record waits for a window that comes up on another desktop, and is not painted."""


class App(QObject):
    """One running app: engine room, bridge, theme, window and tray, each made once.

    `run` returns when everything has been taken down.
    """

    show_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, qt: QApplication, data_dir: DataDir, clock: Clock | None = None) -> None:
        super().__init__()
        self._qt = qt
        self._data_dir = data_dir
        self._clock = clock or SystemClock()
        self._state = load_state(data_dir.window_state)
        self.theme = Theme(self._state.theme, self)
        self.theme.choose(None, self._state.text_scale, self._state.motion, self._state.patterns)
        self.theme.apply(qt)
        self.theme.changed.connect(self._dress)
        self.room = EngineRoom(self._open_service)
        self.bridge = Bridge(self.room, self)
        self.context = ViewContext(self.bridge, Look(self.theme, Icons(), self), self._clock, self)
        self.context.preferences.changed.connect(self._apply_settings)
        self.opening = Opening(self.room, self.context, data_dir, self)
        self.opening.failed.connect(self._show_trouble)
        self.opening.opened.connect(self._show_pages)
        self.errors = ErrorDesk(self.context, self)
        self.actions = TrackingActions(self.context, self)
        self.tray = Tray(self.context, self.actions, self)
        self.context.has_tray = lambda: self.tray.available
        self.window: Window | None = None
        self.trouble: TroublePage | None = None
        self._garbage = GarbageTimer(self)
        self._ended = asyncio.Event()
        self._signals: Signals | None = None
        self.tray.menu.aboutToShow.connect(self.theme.bring_fonts)
        self.tray.opened.connect(self.show_window)
        self.tray.settings_wanted.connect(self._show_settings)
        self.closing = Closing(self.context.look, lambda: self.tray.available, self)
        self.closing.kept.connect(self._remember_told)
        self.leaving = Leaving(self.context, self)
        for asked in (self.tray.quit_wanted, self.closing.quit_wanted):
            asked.connect(self.leaving.ask)
        for wanted in (self.quit_wanted, self.leaving.quit_wanted):
            wanted.connect(self.quit)
        self.returning = Returning(self.context, self)
        self.returning.window_wanted.connect(self.show_window)
        self.curtain = Curtain(self.context, self)
        self.floating = Floating(self.context, self)
        self.show_wanted.connect(self.show_window)
        self.bridge.notified.connect(self._tell_here)
        qt.aboutToQuit.connect(self.quit)

    async def run(self, *, minimized: bool = False) -> int:
        """Show the window (unless it starts in the tray), start the engine room behind it, and wait for the end."""
        self.errors.install(asyncio.get_running_loop())
        self._signals = Signals(self)
        self._signals.ended.connect(self.quit)
        self._session_end = SessionEnd(self._qt, self.room, self)
        self.tray.show()
        if minimized:
            self.bridge.start(self._start_out_of_sight())
            self.opening.start()
        else:
            self._show_first()
        self._garbage.start()
        await self._ended.wait()
        self._take_down()
        return 0

    @Slot()
    def show_window(self) -> None:
        """Open the window, or bring it to the front."""
        self._the_window().bring_up()

    @Slot()
    def _show_settings(self) -> None:
        self.show_window()
        self.context.open_page("settings")

    @Slot()
    def quit(self) -> None:
        """End the app; a second call does nothing."""
        self._ended.set()

    def _show_first(self) -> None:
        """Let the window come up before the engine room, whose imports would take the processor from it."""
        window = self._the_window()
        window.first_painted.connect(self.opening.start)
        self.opening.start_within(_UNSEEN_MS)
        window.bring_up()

    async def _start_out_of_sight(self) -> None:
        """Stay in the tray; without one the window waits minimised, so that the app is never out of reach."""
        try:
            async with asyncio.timeout(_TRAY_SECONDS):
                while not self.tray.available:  # noqa: ASYNC110 - at log-in it may come after us, and no one tells
                    await asyncio.sleep(0.5)
        except TimeoutError:
            self._the_window().showMinimized()

    def _the_window(self) -> "Window":
        """Make it when it is first wanted: in the tray its pages need not even be imported."""
        if self.window is None:
            from productify_ui.window import Window

            self.theme.bring_fonts()
            self.window = Window(self.context, self._state, self.actions)
            self.window.stays = True
            self.window.left.connect(self._window_left)
            self.errors.show_over(self.window)
            self.returning.watch(self.window, self.window.toasts, self._asks_in_window)
            self._show_trouble()
        return self.window

    def _asks_in_window(self) -> bool:
        return self.window is not None and self.window.in_view and self.opening.error is None

    def _take_down(self) -> None:
        """The one order of the end: nothing asks any more, the record is closed truthfully, then the rest goes."""
        self._garbage.stop()
        self._save_state()
        self.returning.close()
        self.curtain.close()
        self.floating.close()
        self.leaving.close()
        self.context.focus_actions.question.close()
        self.tray.close()
        if self.window is not None:
            self.window.stays = False
            self.window.close()
        self.bridge.close()
        self.room.stop()
        if self._signals is not None:
            self._signals.close()
        self.errors.remove()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None

    async def _open_service(self) -> "Service":
        from productify.service import Notices, Service, rescue

        notices = Notices(
            changed=self.bridge.changed.emit,
            status=self.bridge.status.emit,
            show=self.show_wanted.emit,
            quit=self.quit_wanted.emit,
            has_window=True,
            is_seen=lambda: self.window is not None and self.window.in_view,
            returned=self.bridge.returned.emit,
            notified=self.bridge.notified.emit,
            blocked=self.bridge.blocked.emit,
        )
        async with rescue.naming_backup(self._data_dir):
            return await Service.open(self._data_dir, record=True, notices=notices, clock=self._clock)

    @Slot()
    def _show_trouble(self) -> None:
        """Let the window say what stands in the way of the record, if anything does."""
        error = self.opening.error
        if self.window is None or error is None:
            return
        if self.trouble is None:
            from productify_ui.views.trouble import TroublePage

            self.trouble = TroublePage(self.context.look)
            self.trouble.put_back.connect(self._put_back)
            self.trouble.retried.connect(self._retry)
            self.trouble.folder_wanted.connect(self._open_folder)
            self.trouble.quit_wanted.connect(self.quit)
        self.window.show_alone(self.trouble)
        backup = error.backup if isinstance(error, DamagedDatabaseError) else None
        self.trouble.show_error(error, day_of(backup) if backup else None)

    @Slot()
    def _show_pages(self) -> None:
        if self.trouble is not None and self.window is not None:
            self.window.show_pages()
            self.trouble = None

    @Slot()
    def _put_back(self) -> None:
        if self.trouble is not None:
            self.trouble.show_busy(restoring=True)
        self.opening.put_back()

    @Slot()
    def _retry(self) -> None:
        if self.trouble is not None:
            self.trouble.show_busy(restoring=False)
        self.opening.retry()

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._data_dir.root)))

    @Slot()
    def _dress(self) -> None:
        self.theme.dress(self._qt)

    @Slot()
    def _apply_settings(self) -> None:
        settings = self.context.preferences.settings
        self.theme.choose(
            settings.text("theme"),
            settings.number("text_scale"),
            settings.text("motion"),
            settings.flag("chart_patterns"),
        )
        self._save_state()

    @Slot()
    def _window_left(self) -> None:
        """Closing the window keeps tracking; without a record to keep there is nothing to stay for."""
        assert self.window is not None
        self._save_state()
        if self.opening.error is not None:
            self.quit()
        else:
            self.closing.close(self.window, ask=not self._state.told_about_tray)

    @Slot(object)
    def _tell_here(self, notification: Notification) -> None:
        if notification.key == RETURN_KEY:
            return  # the question waits for the window, as a card
        self.context.tell(News(notification.title, notification.body, tone="danger"))

    @Slot()
    def _remember_told(self) -> None:
        self._state = replace(self._state, told_about_tray=True)
        self._save_state()

    def _save_state(self) -> None:
        settings = self.theme
        state = self.window.state() if self.window is not None else self._state
        self._state = replace(
            state,
            theme=settings.choice,
            text_scale=settings.text_scale,
            motion=settings.motion,
            patterns=settings.patterns,
            told_about_tray=self._state.told_about_tray,
        )
        save_state(self._data_dir.window_state, self._state)


def make_application(arguments: list[str]) -> QApplication:
    """Return the one QApplication, named; its windows bear the name of the first argument."""
    qt = QApplication(arguments)
    qt.setApplicationName("productify")
    qt.setApplicationDisplayName(words.app_name)
    qt.setDesktopFileName("productify")
    qt.setQuitOnLastWindowClosed(False)
    return qt


def start(data_dir: DataDir, *, minimized: bool = False) -> int:
    """Run the app over `data_dir` until it ends; where one runs already its window comes up instead.

    Raises KnownError where what runs there has no window, or where there is no display.
    """
    if ask(data_dir.control, "show") is not None:
        return 0
    if not os.environ.get("QT_QPA_PLATFORM"):  # who names a platform of Qt's knows whether it needs a display
        require_display()
    qt = make_application(["productify"])
    with asyncio.Runner(loop_factory=lambda: QEventLoop(qt)) as runner:
        return runner.run(_run(qt, data_dir, minimized=minimized))


async def _run(qt: QApplication, data_dir: DataDir, *, minimized: bool) -> int:
    return await App(qt, data_dir).run(minimized=minimized)
