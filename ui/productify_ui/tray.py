"""The tray: the recorder's state as an icon, and a menu with today's sum and the switches."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from productify.domain import Capturing, Mode, State
from productify_ui.text import formats
from productify_ui.text.dashboard import dashboard
from productify_ui.text.words import words
from productify_ui.tracking_actions import TrackingActions
from productify_ui.tracking_state import TrackingState, tracking_state
from productify_ui.tray_focus import TrayFocus
from productify_ui.tray_host import TrayHost
from productify_ui.views.context import ViewContext
from productify_ui.widgets.popup import Menu

_SIDES = (16, 22, 24, 32, 48)
_COLOURS = {Qt.ColorScheme.Light: Qt.GlobalColor.black, Qt.ColorScheme.Dark: Qt.GlobalColor.white}
_ON_ANY_PANEL = Qt.GlobalColor.darkGray
"""Where the desktop does not say what its panel is like: stands out from black and from white."""


class Tray(QObject):
    """Lives as long as the app; its signals ask for the window, for its settings, and for the end."""

    opened = Signal()
    settings_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, context: ViewContext, actions: TrackingActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._icon: QSystemTrayIcon | None = None
        self._icons: dict[tuple[str, Qt.GlobalColor], QIcon] = {}
        self._host = TrayHost(self)
        self._host.found.connect(self._appear)
        self.menu = Menu(context.look)
        self.summary = self.menu.add("")
        self.current = self.menu.add("")
        for action in (self.summary, self.current):
            action.setEnabled(False)
        self.menu.addSeparator()
        self.focus = TrayFocus(context, self.menu, self)
        self.pause_menu = Menu(context.look)
        self.pause = self.menu.addMenu(self.pause_menu)
        self.menu.set_icon(self.pause, "pause")
        self.resume = self._add(words.resume_tracking, "play", actions.resume)
        self.incognito = self._add(words.incognito, "hat-glasses", actions.toggle_incognito)
        self.incognito.setCheckable(True)
        self.pictures = self._add(words.pause_pictures, "camera", actions.toggle_pictures)
        self.menu.addSeparator()
        self._add(words.open_dashboard, "layout-dashboard", self.opened.emit)
        self._add(words.settings, "settings", self.settings_wanted.emit)
        self._add(words.quit, "power", self.quit_wanted.emit)
        self.menu.aboutToShow.connect(self.renew)
        context.status.changed.connect(self.renew)
        context.focus.changed.connect(self.renew)
        context.theme.changed.connect(self.renew)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.renew)
        self.renew()

    @property
    def available(self) -> bool:
        """Whether this desktop shows a tray."""
        self._host.look()
        return self._icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Appear, as soon as there is a tray."""
        self._host.start()

    def close(self) -> None:
        """Disappear, listen no more, and let go of the menus."""
        context = self._context
        for signal in (context.status.changed, context.focus.changed, context.theme.changed, self.menu.aboutToShow):
            signal.disconnect(self.renew)
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self.renew)
        self._host.found.disconnect(self._appear)
        if self._icon is not None:
            self._icon.hide()
            self._icon.setContextMenu(None)  # type: ignore[arg-type]
        self.focus.close()
        for menu in (self.pause_menu, self.menu):
            menu.deleteLater()

    @Slot()
    def renew(self) -> None:
        """Show the recorder's state as it is known now."""
        self.summary.setText(self._summary())
        self.current.setText(self._current())
        self.current.setVisible(bool(self.current.text()))
        self.focus.renew()
        paused = self._actions.mode is Mode.PAUSED
        self.pause.setVisible(not paused)
        self.resume.setVisible(paused)
        self.pause_menu.clear()
        self._actions.fill(self.pause_menu)
        self.pause.setText(words.pause_tracking)
        incognito = self._actions.incognito
        self.incognito.setChecked(incognito)
        self.incognito.setText(f"{words.incognito}\t{words.on}" if incognito else words.incognito)
        for action in (self.pause, self.resume, self.incognito):
            action.setEnabled(self._actions.mode is not Mode.OFF)
        self._renew_pictures()
        self._renew_icon()

    def _renew_pictures(self) -> None:
        capturing = self._actions.capturing
        paused = capturing is Capturing.PAUSED
        self.pictures.setVisible(capturing is not Capturing.OFF)
        self.pictures.setText(words.resume_pictures if paused else words.pause_pictures)

    @Slot()
    def _appear(self) -> None:
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        self._renew_icon()
        self._icon.show()

    def _renew_icon(self) -> None:
        if self._icon is None:
            return
        shown = self._state()
        self._icon.setIcon(self._symbol(self.focus.icon_of(shown.icon)))
        first = f"{words.app_name}: {shown.title}, {shown.detail}"
        lines = (first, self.focus.text, self.summary.text(), shown.pictures)
        self._icon.setToolTip("\n".join(line for line in lines if line))

    def _add(self, text: str, icon: str, slot: Callable[[], None]) -> QAction:
        action = self.menu.add(text, icon)
        action.triggered.connect(slot)
        return action

    def _summary(self) -> str:
        status = self._context.status.now
        if status is not None and status.problem:
            return words.tracking_problem
        if status is None or not status.today.active:
            return words.tray_nothing
        today = status.today
        productive = formats.duration(today.productive)
        return words.tray_summary.format(productive=productive, active=formats.duration(today.active))

    def _current(self) -> str:
        status = self._context.status.now
        if status is None:
            return ""
        if status.problem:
            return self._short(status.problem)
        if status.mode is Mode.PAUSED:
            return words.tray_paused.format(until=self._state().detail)
        running = status.running
        if running is None:
            return ""
        if running.activity.is_afk:
            return words.tray_away.format(clock=formats.clock(running.since, self._context.zone))
        if running.activity.cause is State.SYSTEM:
            name = dashboard.system
        else:
            name = words.incognito if running.activity.cause is not None else running.activity.app_name
        milliseconds = round((self._context.now() - running.since).total_seconds() * 1000)
        return words.tray_current.format(app=name, duration=formats.duration(milliseconds))

    def _short(self, text: str) -> str:
        theme = self._context.theme
        return theme.font_metrics("body").elidedText(text, Qt.TextElideMode.ElideRight, theme.scaled("tray.text"))

    def _state(self) -> TrackingState:
        context = self._context
        return tracking_state(context.status.now, context.now(), context.zone, enabled=context.tracking_enabled)

    def _symbol(self, name: str) -> QIcon:
        colour = _COLOURS.get(QGuiApplication.styleHints().colorScheme(), _ON_ANY_PANEL)
        found = self._icons.get((name, colour))
        if found is None:
            found = QIcon()
            for side in _SIDES:
                found.addPixmap(self._context.look.icons.pixmap(name, QColor(colour), side))
            self._icons[name, colour] = found
        return found

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.opened.emit()
