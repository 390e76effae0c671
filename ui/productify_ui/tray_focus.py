"""Focus in the tray's menu: starting a session, or what runs and what can be done with it."""

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from productify.domain import FocusNow, FocusState, Phase
from productify_ui.text import formats
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus import title_of
from productify_ui.text.focus_time import digits_of, is_break
from productify_ui.views.context import ViewContext
from productify_ui.views.focus_actions import is_locked
from productify_ui.widgets.popup import Menu

_LENGTHS = (25, 50, 90)
_ICONS = {"tray-tracking": "tray-focus", "tray-capturing": "tray-focus-capturing"}
_LONGEST = 32


class TrayFocus(QObject):
    """The tray's entries of focus, in a menu that belongs to it; `renew` shows the state as it is now."""

    def __init__(self, context: ViewContext, menu: Menu, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        actions = context.focus_actions
        self.start_menu = Menu(context.look)
        self.start = menu.addMenu(self.start_menu)
        self.start.setText(say.tray_start)
        menu.set_icon(self.start, "timer")
        self.state = menu.add("", "timer")
        self.state.setEnabled(False)
        self.pause = self._add(menu, say.tray_pause, "pause", actions.toggle_pause)
        self.more = self._add(menu, say.tray_five, "plus", actions.extend)
        self.end = self._add(menu, say.palette_end, "square", actions.ask_end)
        self.rest = self._add(menu, say.take_break, "coffee", actions.take_break)
        menu.addSeparator()

    @property
    def text(self) -> str:
        """What runs, "" nothing."""
        now = self._context.focus.now
        return "" if now is None else state_text(now)

    def icon_of(self, icon: str) -> str:
        """Return the tray's icon, which is another one during a session that is not paused."""
        now = self._context.focus.now
        is_focused = now is not None and now.state is FocusState.ACTIVE and not is_break(now)
        return _ICONS.get(icon, icon) if is_focused else icon

    def renew(self) -> None:
        """Show what runs now."""
        now = self._context.focus.now
        for action in (self.start, self.rest):
            action.setVisible(now is None)
        for action in (self.state, self.pause, self.more, self.end):
            action.setVisible(now is not None)
        if now is None:
            self._fill()
            return
        locked, is_over = is_locked(now), now.phase is Phase.OVERTIME
        paused = now.state is FocusState.PAUSED
        self.state.setText(state_text(now))
        self.pause.setText(say.tray_resume if paused else say.tray_pause)
        self.pause.setVisible(not is_over or paused)
        self.pause.setEnabled(not locked)
        self.more.setEnabled(not (locked and is_break(now)))
        self.end.setEnabled(not locked)

    def close(self) -> None:
        """Let go of the menu."""
        self.start_menu.deleteLater()

    def _fill(self) -> None:
        self.start_menu.clear()
        context = self._context
        for minutes in _LENGTHS:
            end = formats.clock(context.now() + timedelta(minutes=minutes), context.zone)
            action = self.start_menu.add(say.minutes.format(minutes=minutes), "play", say.ends.format(clock=end))
            action.triggered.connect(partial(self._start, minutes))

    def _start(self, minutes: int, _checked: bool = False) -> None:
        self._context.focus_actions.start_for(minutes)

    @staticmethod
    def _add(menu: Menu, text: str, icon: str, slot: object) -> QAction:
        action = menu.add(text, icon)
        action.triggered.connect(slot)
        return action


def state_text(now: FocusNow) -> str:
    """Return what runs and how long it has left, as one line."""
    title = title_of(now.plan.title)
    title = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
    if now.state is FocusState.PAUSED:
        return say.tray_paused.format(title=title)
    digits = digits_of(now)
    if now.phase is Phase.OVERTIME:
        return say.tray_over.format(title=title, time=digits.lstrip("+"))
    return (say.tray_break if is_break(now) else say.tray_focus).format(title=title, time=digits)
