"""The card in the lower left corner: what the recorder is doing, and its two switches."""

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import Mode
from productify_ui.text.desktop import desktop_words
from productify_ui.text.words import words
from productify_ui.tracking_actions import TrackingActions
from productify_ui.tracking_state import tracking_state
from productify_ui.views.context import ViewContext
from productify_ui.widgets.button import Button, Size
from productify_ui.widgets.card import Card
from productify_ui.widgets.chip import Dot
from productify_ui.widgets.label import Label
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.symbol import Symbol

_REFRESH_MS = 30_000


class TrackingCard(Card):
    """State, since when, today's total, Pause or Resume, and Incognito; in the rail a dot and two icons."""

    def __init__(self, context: ViewContext, actions: TrackingActions, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent=parent)
        self._context = context
        self._actions = actions
        self._rail = False
        look = context.look
        self.dot = Dot(look, self)
        self.state = Label(look, role="body-strong", elide=True, parent=self)
        self.camera = Symbol(look, "camera", "text-tertiary", self)
        self.total = Label(look, role="small", tone="text-secondary", parent=self)
        self.detail = Label(look, role="small", tone="text-tertiary", elide=True, parent=self)
        self.reason = Label(look, role="small", tone="text-secondary", parent=self)
        self.reason.setWordWrap(True)
        self.remedy = Button(
            look, desktop_words.what_to_do, size=Size.SMALL, name=desktop_words.what_to_do, parent=self
        )
        self.remedy.clicked.connect(self._explain)
        self.pause = Button(look, words.pause, icon="pause", size=Size.SMALL, name=words.pause_tracking, parent=self)
        self.incognito = Button(look, words.incognito, icon="hat-glasses", size=Size.SMALL, parent=self)
        self.incognito.setCheckable(True)
        self.pause.clicked.connect(self._pause_clicked)
        self.incognito.clicked.connect(actions.toggle_incognito)
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._ask)
        self._timer.start()
        context.status.changed.connect(self.show_status)
        context.preferences.changed.connect(self.show_status)
        self.show_status()

    def set_rail(self, rail: bool) -> None:
        """Shrink to a dot and two icons, or grow back."""
        if rail == self._rail:
            return
        self._rail = rail
        for widget in (self.state, self.total):
            widget.setVisible(not rail)
        self._arrange()
        self.show_status()

    @Slot()
    def show_status(self) -> None:
        """Show the recorder's state as it is known now."""
        context = self._context
        enabled = context.tracking_enabled
        shown = tracking_state(context.status.now, context.now(), context.zone, enabled=enabled)
        mode = self._actions.mode
        self.dot.show_tone(shown.tone, shown.halo)
        self.state.setText(shown.title)
        self.total.setText(shown.total)
        trouble = shown.tone == "danger"
        self.detail.setText(shown.detail)
        self.detail.setVisible(not self._rail and not trouble)
        self.reason.setText(shown.detail if trouble else "")
        self.reason.setVisible(not self._rail and trouble)
        self.remedy.setVisible(trouble and context.status.now is not None)
        self._rescue.setContentsMargins(0, 0, 0, self.theme.px("space.3") if trouble else 0)
        self.remedy.set_icon("circle-alert" if self._rail else None)
        self.remedy.setText("" if self._rail else desktop_words.what_to_do)
        paused = mode is Mode.PAUSED
        self.pause.set_icon("play" if paused else "pause")
        self.pause.setText("" if self._rail else words.resume if paused else words.pause)
        self.pause.set_name(words.resume_tracking if paused else words.pause_tracking)
        self.pause.setEnabled(mode is not Mode.OFF)
        self.incognito.setText("" if self._rail else words.incognito)
        self.incognito.set_name(words.incognito)
        self.incognito.setChecked(self._actions.incognito)
        self.incognito.setEnabled(mode is not Mode.OFF)
        self.camera.setVisible(bool(shown.pictures) and not self._rail)
        self.camera.setToolTip(shown.pictures)
        spoken = ", ".join(each for each in (shown.title, shown.detail, shown.pictures) if each)
        self.setAccessibleName(f"{words.tracking_card}: {spoken}")
        self.setToolTip(f"{shown.title}, {shown.detail}" if self._rail else "")

    def paintEvent(self, event: object) -> None:
        if not self._rail:
            super().paintEvent(event)  # type: ignore[arg-type]

    def restyle(self) -> None:
        super().restyle()
        self._arrange()

    def _build(self) -> None:
        theme = self.theme
        self._top = QHBoxLayout()
        self._top.setSpacing(theme.px("space.3") - 1)
        self._top.addWidget(self.dot)
        self._top.addWidget(self.state, 1)
        self._top.addWidget(self.camera)
        self._top.addWidget(self.total)
        self._buttons = QVBoxLayout()
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px("space.3"))
        self.remedy.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.incognito.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.body.addLayout(self._top)
        self.body.addWidget(self.detail)
        self.body.addWidget(self.reason)
        self.body.addSpacing(theme.px("space.4"))
        self._rescue = QVBoxLayout()
        self._rescue.addWidget(self.remedy)
        self.body.addLayout(self._rescue)
        self._row.addWidget(self.pause)
        self._row.addWidget(self.incognito, 1)
        self.body.addLayout(self._row)
        self._arrange()

    def _arrange(self) -> None:
        theme = self.theme
        side, top = theme.px("space.6"), theme.px("space.6") - 1
        self._row.setDirection(QHBoxLayout.Direction.TopToBottom if self._rail else QHBoxLayout.Direction.LeftToRight)
        self._row.setAlignment(self.pause, Qt.AlignmentFlag.AlignHCenter if self._rail else Qt.AlignmentFlag(0))
        self._row.setAlignment(self.incognito, Qt.AlignmentFlag.AlignHCenter if self._rail else Qt.AlignmentFlag(0))
        self._rescue.setAlignment(self.remedy, Qt.AlignmentFlag.AlignHCenter if self._rail else Qt.AlignmentFlag(0))
        self._top.setAlignment(self.dot, Qt.AlignmentFlag.AlignHCenter if self._rail else Qt.AlignmentFlag(0))
        if self._rail:
            self.body.setContentsMargins(0, top, 0, 0)
        else:
            self.body.setContentsMargins(side - theme.px("nav.status-halo"), top, side, side)
        indent = theme.px("nav.status-dot") + 2 * theme.px("nav.status-halo") + theme.px("space.3") - 1
        for label in (self.detail, self.reason):
            label.setContentsMargins(indent, 0, 0, 0)

    @Slot()
    def _explain(self) -> None:
        self._context.open_page("settings/desktop")

    @Slot()
    def _pause_clicked(self) -> None:
        if self._actions.mode is Mode.PAUSED:
            self._actions.resume()
            return
        menu = Menu(self.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions.fill(menu)
        corner = self.pause.mapToGlobal(QPoint(0, 0))
        menu.popup(corner - QPoint(0, menu.sizeHint().height() + self.theme.px("popup.offset")))

    @Slot()
    def _ask(self) -> None:
        if self.isVisible():
            self._context.bridge.start(self._context.status.load())
