"""What is known of the picture, and what can be done with it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import Shot
from productify_ui.text import formats
from productify_ui.text.gallery import gallery_words
from productify_ui.text.lightbox import format_name
from productify_ui.text.lightbox import lightbox_words as say
from productify_ui.text.settings import size_text
from productify_ui.views.context import ViewContext
from productify_ui.widgets.base import Painted, PaintedButton
from productify_ui.widgets.card import Rule
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring, stroke_round
from productify_ui.widgets.symbol import Symbol
from productify_ui.widgets.tile import Tile

_SEEN_LONGER = 60


class KeyCap(Painted):
    """A key, drawn as it looks on a keyboard."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(key_width(self.look, self._text), self.theme.scaled("lightbox.key"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        paint_key(painter, self.look, self._text, QRectF(self.rect()))
        painter.end()


def key_width(look: Look, text: str) -> int:
    """Return how wide a key is drawn."""
    theme = look.theme
    text_width = round(theme.font_metrics("caption").horizontalAdvance(text))
    return max(theme.scaled("lightbox.key"), text_width + 2 * theme.px("space.3"))


def paint_key(painter: QPainter, look: Look, text: str, area: QRectF) -> None:
    """Draw a key."""
    theme = look.theme
    fill_round(painter, area, theme.metric("gallery.check-radius"), theme.colour("surface"))
    stroke_round(painter, area, theme.metric("gallery.check-radius"), theme.colour("hairline-strong"))
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.colour("text-tertiary"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


class ActionButton(PaintedButton):
    """A button as wide as its column: icon and text at the left, its key at the right."""

    def __init__(
        self, look: Look, icon: str, text: str, key: str = "", *, danger: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, text, parent)
        self._icon = icon
        self._key = key
        self._danger = danger
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = self.theme
        text = theme.font_metrics("body-strong").horizontalAdvance(self.text())
        width = 2 * theme.px("button.pad") + theme.px("size.icon") + theme.px("button.gap") + round(text)
        width += theme.px("space.4") + key_width(self.look, self._key) if self._key else 0
        return QSize(width, theme.scaled("size.control"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius, pad, side = theme.metric("radius.control"), theme.px("button.pad"), theme.px("size.icon")
        live = self.isEnabled()
        fill = "surface-selected" if self.isDown() else "surface-hover" if self.hovered and live else "surface-raised"
        fill_round(painter, rect, radius, theme.colour(fill))
        stroke_round(painter, rect, radius, theme.colour("hairline-strong"))
        tone = "text-disabled" if not live else "danger" if self._danger else "text-primary"
        icon = tone if self._danger or not live else "text-secondary"
        mark = QRectF(pad, round(rect.center().y() - side / 2), side, side)
        self.look.icons.paint(painter, self._icon, theme.colour(icon), mark)
        painter.setFont(theme.font("body-strong"))
        painter.setPen(theme.colour(tone))
        text = rect.adjusted(pad + side + theme.px("button.gap"), 0, -pad, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._key and live:
            width, height = key_width(self.look, self._key), theme.scaled("lightbox.key")
            cap = QRectF(rect.right() - pad - width, round(rect.center().y() - height / 2), width, height)
            paint_key(painter, self.look, self._key, cap)
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()


class Fact(QWidget):
    """A name and what is so, in a row; with a square of colour before it where it has one."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px("space.4"))
        self._name = Label(look, name, "body", "text-tertiary", parent=self)
        self._name.setFixedWidth(look.theme.scaled("lightbox.fact-name") - look.theme.px("space.4"))
        self._dot = Swatch(look, self)
        self._value = Label(look, role="body", elide=True, parent=self)
        row.addWidget(self._name)
        row.addWidget(self._dot)
        row.addWidget(self._value, 1)
        self.setFixedHeight(look.theme.scaled("lightbox.fact"))

    @property
    def text(self) -> str:
        """What is so."""
        return self._value.text()

    def tell(self, text: str, colour: str | None = None) -> None:
        """Say another thing; an empty one hides the row."""
        self._value.setText(text)
        self._dot.show_colour(colour)
        self.setVisible(bool(text))


class Swatch(Painted):
    """A small square of a category's colour."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._colour: str | None = None
        side = look.theme.px("chip.swatch")
        self.setFixedSize(side, side)

    def show_colour(self, colour: str | None) -> None:
        """Show a colour (#RRGGBB), or nothing."""
        self._colour = colour
        self.setVisible(colour is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._colour is not None:
            painter = antialiased(QPainter(self))
            fill_round(painter, QRectF(self.rect()), self.theme.metric("radius.swatch"), QColor(self._colour))
            painter.end()


class Side(QWidget):
    """App, title, facts, buttons, and where the picture lies."""

    def __init__(self, context: ViewContext, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._look = look
        self.tile = Tile(look, "lightbox.tile", self)
        self.app = Label(look, role="note-title", elide=True, parent=self)
        self.title = Label(look, role="small", tone="text-secondary", elide=True, parent=self)
        self.taken = Fact(look, say.taken, self)
        self.seen = Fact(look, say.seen_until, self)
        self.category = Fact(look, say.category, self)
        self.display = Fact(look, say.display, self)
        self.weight = Fact(look, say.size, self)
        self.blur = ActionButton(look, "droplets", say.blur, say.key_b, parent=self)
        self.cover = ActionButton(look, "square-dashed", say.cover, say.key_c, parent=self)
        self.timeline = ActionButton(look, "chart-gantt", say.timeline, say.key_t, parent=self)
        self.copy = ActionButton(look, "copy", say.copy, say.key_copy, parent=self)
        self.delete = ActionButton(look, "trash-2", say.delete, say.key_delete, danger=True, parent=self)
        self.more = ActionButton(look, "ellipsis", say.more, parent=self)
        self.note = Label(look, role="small", tone="text-tertiary", parent=self)
        self.note.setWordWrap(True)
        self._lay_out()

    def show_shot(self, shot: Shot) -> None:
        """Say what is known of a picture, and offer what can be done with it."""
        context, zone = self._context, self._context.zone
        name = shot.app_name or gallery_words.no_app
        self.tile.show_face(context.faces.of(name))
        self.app.setText(name)
        self.title.setText(shot.window_title or "")
        self.title.setVisible(bool(shot.window_title))
        self.taken.tell(formats.clock_seconds(shot.captured_at, zone))
        longer = (shot.seen_until - shot.captured_at).total_seconds() >= _SEEN_LONGER
        self.seen.tell(formats.clock_seconds(shot.seen_until, zone) if longer else "")
        categories = context.categories
        known = categories.get(shot.category)
        theme = self._look.theme  # its colours are those of the dark theme, whatever the window's are
        colour = theme.category(known.colour).fill if known else theme.colour("neutral").name()
        self.category.tell(categories.name(shot.category), colour)
        self.display.tell(
            say.display_of.format(
                number=shot.monitor_number, count=shot.monitor_count, width=shot.screen_width, height=shot.screen_height
            )
        )
        self.weight.tell(say.size_of.format(size=size_text(shot.file_size), format=format_name(shot.format)))
        self.blur.setEnabled(not shot.is_blurred)
        self.blur.setToolTip(say.is_blurred if shot.is_blurred else "")
        self.note.setText(say.stored_sealed if shot.is_sealed else say.stored)

    def _lay_out(self) -> None:
        look, theme = self._look, self._look.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(theme.px("space.6"))
        head.addWidget(self.tile)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.app)
        names.addWidget(self.title)
        head.addLayout(names, 1)
        column.addLayout(head)
        column.addSpacing(theme.px("space.8"))
        for fact in (self.taken, self.seen, self.category, self.display, self.weight):
            column.addWidget(fact)
        column.addSpacing(theme.px("space.7"))
        column.addWidget(Rule(look, self))
        column.addSpacing(theme.px("space.8"))
        for button in (self.blur, self.cover, self.timeline, self.copy, self.delete, self.more):
            column.addWidget(button)
            column.addSpacing(theme.px("space.4"))
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px("space.4"))
        foot.addWidget(Symbol(look, "lock", "text-tertiary", self), 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.note, 1)
        column.addLayout(foot)
