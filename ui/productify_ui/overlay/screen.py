"""The overlay on one monitor: the ring, what can wait, and on the main one the ways out."""

from datetime import datetime, tzinfo
from html import escape

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QRadialGradient, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from productify.domain import ASIDE_SECONDS, Blocked
from productify_ui.overlay.pass_card import PassCard
from productify_ui.text import formats
from productify_ui.text.overlay import foot, overlay_words, until_when, why
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.focus_ring import FocusRing
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.symbol import Symbol

_FLAGS = (
    Qt.WindowType.Window
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.NoDropShadowWindowHint
)
_SIZES = (("overlay-ring", "overlay-title"), ("overlay-ring-small", "overlay-title"), ("", "title"))
"""From roomy to low: which ring (none at last), and the role of the title."""


class OverlayScreen(Painted):
    """A frameless window over one monitor; `main` has what one can do, the others only say it."""

    went_back = Signal()
    stepped_aside = Signal()

    def __init__(self, look: Look, *, main: bool) -> None:
        super().__init__(look)
        self.setWindowFlags(_FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._is_main = main
        self._blocked: Blocked | None = None
        self._day = Label(look, "", "body", "text-tertiary")
        self._time = Label(look, "", "body-strong", "text-secondary")
        self._place = Label(look, "", "body-strong", "text-secondary")
        self.ring = FocusRing(look, "overlay-ring")
        self.title = Label(look, "", "overlay-title")
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence = _Sentence(look)
        self.back = Button(look, kind=Kind.PRIMARY, size=Size.HERO)
        self.back.set_keycap(overlay_words.enter)
        self.back.setDefault(True)
        self.back.clicked.connect(self.went_back)
        self.aside = Button(look, overlay_words.step_aside.format(seconds=ASIDE_SECONDS), kind=Kind.GHOST)
        self.aside.clicked.connect(self.stepped_aside)
        self.trouble = Label(look, "", "small", "danger")
        self.pass_card = PassCard(look)
        self._foot_icon = Symbol(look, "shield-check", "text-tertiary", size="size.icon-s")
        self._foot = Label(look, "", "small", "text-tertiary")
        self._column = QVBoxLayout(self)
        self._lay_out(look)

    def show_blocked(self, blocked: Blocked, now: datetime, zone: tzinfo) -> None:
        """Say what is blocked; the same again leaves what was written alone."""
        is_new = self._blocked is None or (blocked.name, blocked.until) != (self._blocked.name, self._blocked.until)
        self._blocked = blocked
        words = overlay_words
        self.setWindowTitle(words.window.format(name=blocked.name))
        self.title.setText(words.can_wait.format(name=blocked.name))
        today = now.astimezone(zone).date()
        self.sentence.say(*why(blocked), until_when(blocked, today, zone))
        self._foot.setText(foot(blocked))
        self.back.setText(words.back_to.format(name=blocked.back_to) if blocked.back_to else words.back)
        self.aside.setVisible(self._is_main and blocked.can_step_aside)
        self.pass_card.setVisible(self._is_main and blocked.passes_left > 0)
        self.pass_card.show_blocked(blocked, is_new=is_new)
        if is_new:
            self.say_trouble("")
        self._fit()
        self.tick(now, zone)

    def tick(self, now: datetime, zone: tzinfo) -> None:
        """Let the time go on."""
        if self._blocked is None:
            return
        left = max(0.0, (self._blocked.until - now).total_seconds())
        time, total = formats.ticking(round(left)), max(self._blocked.total, 1.0)
        spoken = overlay_words.spoken_left.format(time=time)
        self.ring.show_time(1 - left / total, time, overlay_words.left, spoken=spoken)
        place = overlay_words.session if self._blocked.in_session else overlay_words.blocked
        if self.ring.isHidden():
            place = overlay_words.place_left.format(place=place, time=time)
        self._place.setText(place)
        self._day.setText(formats.day(now.astimezone(zone).date()))
        self._time.setText(formats.clock(now, zone))

    def say_trouble(self, text: str) -> None:
        """Say why something that was asked for cannot be."""
        self.trouble.setText(text)
        self.trouble.setVisible(self._is_main and bool(text))

    def take_keyboard(self) -> None:
        """Let the next key be for the way back."""
        self.back.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.went_back.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.aside if self.focusWidget() is self.aside else self.back).click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Take the window manager's close for the way back: the overlay goes when what is blocked is gone."""
        if self.isVisible():
            event.ignore()
            self.went_back.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_main:
            self.take_keyboard()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        is_given = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if is_given and self.focusWidget() is self.back:
            self.back.clearFocus()  # the window manager's giving shows no ring, and a key is what one looks for here
            self.take_keyboard()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("overlay-edge"))
        rect = QRectF(self.rect())
        wide, high = self.theme.metric("overlay.glow-x"), self.theme.metric("overlay.glow-y")
        centre = QPointF(rect.center().x(), rect.height() * self.theme.metric("overlay.glow-top"))
        painter.translate(centre)
        painter.scale(1.0, high / wide)
        glow = QRadialGradient(QPointF(0, 0), wide)
        for at, name in ((0.0, "glow"), (self.theme.metric("overlay.glow-middle"), "middle"), (1.0, "edge")):
            glow.setColorAt(at, self.theme.colour(f"overlay-{name}"))
        whole = QRectF(-centre.x(), -centre.y() * wide / high, rect.width(), rect.height() * wide / high)
        painter.fillRect(whole, glow)
        painter.end()

    def _fit(self) -> None:
        """Take the first of a few sizes in which all of it finds room; on a very low screen the ring gives way."""
        for ring, title in _SIZES:
            self.ring.setVisible(bool(ring))
            self.ring.set_table(ring or _SIZES[0][0])
            self.title.set_role(title)
            self.title.wrap_at(self._width_of("overlay.column"))
            self.sentence.wrap_at(self._width_of("overlay.sentence"))
            self._column.activate()
            usual, least = self._column.totalSizeHint().height(), self._column.totalMinimumSize().height()
            if (usual + least) / 2 <= self.height():
                return

    def _width_of(self, name: str) -> int:
        return min(self.theme.scaled(name), self.width() - 2 * self.theme.px("overlay.side"))

    def _lay_out(self, look: Look) -> None:
        px = self.theme.px
        column = self._column
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # a monitor does not grow with its texts
        column.setContentsMargins(px("overlay.side"), px("overlay.edge"), px("overlay.side"), px("overlay.edge"))
        column.setSpacing(0)
        column.addLayout(self._head(look))
        column.addStretch(px("overlay.above"))
        centred = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self.ring, 0, centred)
        self._add_gap(column, "title-gap")
        column.addWidget(self.title, 0, centred)
        self._add_gap(column, "sentence-gap")
        column.addWidget(self.sentence, 0, centred)
        if self._is_main:
            self._lay_out_ways(column)
        else:
            for unused in (self.back, self.aside, self.trouble, self.pass_card):
                unused.setParent(self)
                unused.hide()
        self._add_gap(column, "foot-gap")
        column.addStretch(px("overlay.below"))
        column.addLayout(self._foot_row())

    def _lay_out_ways(self, column: QVBoxLayout) -> None:
        centred = Qt.AlignmentFlag.AlignHCenter
        self._add_gap(column, "button-gap")
        column.addWidget(self.back, 0, centred)
        self._add_gap(column, "aside-gap")
        column.addWidget(self.aside, 0, centred)
        column.addWidget(self.trouble, 0, centred)
        self._add_gap(column, "card-gap")
        column.addWidget(self.pass_card, 0, centred)

    def _add_gap(self, column: QVBoxLayout, name: str) -> None:
        """Leave room that a low screen takes back."""
        height = self.theme.px(f"overlay.{name}")
        column.addSpacerItem(QSpacerItem(0, height, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum))

    def _head(self, look: Look) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px("space.5"))
        row.addWidget(Symbol(look, "logo", "accent", size="overlay.logo"))
        row.addWidget(self._place)
        row.addStretch(1)
        row.addWidget(self._day)
        row.addWidget(self._time)
        return row

    def _foot_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px("space.4"))
        row.addStretch(1)
        row.addWidget(self._foot_icon)
        row.addWidget(self._foot)
        row.addStretch(1)
        return row


class _Sentence(Label):
    """Why it is blocked and until when, with the session's title set off."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "", "overlay-text", "text-secondary", parent=parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def say(self, sentence: str, title: str, rest: str) -> None:
        """Say it; {title} in `sentence` is set off."""
        theme = self._look.theme
        strong = f'<span style="color:{theme.colour("text-primary").name()};font-weight:500">'
        shown = escape(sentence).replace("{title}", f"{strong}{escape(title)}</span>")
        self.setText(f"{shown} {escape(rest)}")
