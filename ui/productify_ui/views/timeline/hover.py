"""What a block is, on a card beside the mouse."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from productify.domain import Block, Shot, band_of
from productify_ui.text.editing import editing_words
from productify_ui.text.words import words
from productify_ui.views.timeline.face import Presenter
from productify_ui.views.timeline.screens import ShotPainter
from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look, band_colour
from productify_ui.widgets.paint import antialiased, band_glyph, elided_text, fill_round, stroke_round
from productify_ui.widgets.popup import paint_plate
from productify_ui.widgets.tile import paint_face


class HoverCard(Painted):
    """A plate over the window that lets the mouse through."""

    def __init__(self, look: Look, presenter: Presenter, shots: ShotPainter, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._shots = shots
        self._shot: Shot | None = None
        shots.thumbs.arrived.connect(self.update)
        self._window = parent
        self._presenter = presenter
        self._block: Block | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_block(self, block: Block, corner: QPoint, shot: Shot | None = None) -> None:
        """Show a block, with a screenshot of it if there is one.

        Its card's upper left corner is at `corner` of the parent or as near as there is room.
        """
        self._block, self._shot = block, shot
        edge, size, room = self.theme.px("popup.shadow"), self._plate_size(), self._window.rect()
        place = QRect(corner, size)
        place.moveRight(min(place.right(), room.right() - self.theme.px("popup.offset")))
        place.moveLeft(max(place.left(), room.left() + self.theme.px("popup.offset")))
        if place.bottom() > room.bottom():
            place.moveBottom(room.bottom() - self.theme.px("popup.offset"))
        self.setGeometry(place.adjusted(-edge, -edge, edge, edge))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._block is None:
            return
        painter = antialiased(QPainter(self))
        theme, edge = self.theme, self.theme.px("popup.shadow")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self.look, plate, theme.metric("radius.card"))
        side = theme.metric("timeline.hover-side")
        line = plate.adjusted(side, side, -side, 0)
        line.setHeight(self._head_height())
        self._paint_head(painter, line, self._block)
        line.translate(0, line.height() + theme.metric("space.4"))
        if self._shot is not None:
            line.setHeight(theme.metric("timeline.hover-picture"))
            self._shots.paint_picture(painter, self._shot, line, theme.metric("radius.block"))
            line.translate(0, line.height() + theme.metric("space.4"))
        line.setHeight(theme.line("body"))
        self._paint_times(painter, line, self._block)
        if self._block.cause is None:
            line.translate(0, line.height() + theme.metric("space.4"))
            line.setHeight(theme.scaled("size.chip"))
            self._paint_verdict(painter, line, self._block)
        line.translate(0, line.height() + theme.metric("space.4"))
        line.setHeight(theme.scaled("timeline.key-hint"))
        self._paint_keys(painter, line, self._block)
        painter.end()

    def _paint_head(self, painter: QPainter, line: QRectF, block: Block) -> None:
        theme = self.theme
        tile = theme.scaled("timeline.hover-tile")
        place = QRectF(line.left(), round(line.center().y() - tile / 2), tile, tile)
        paint_face(painter, self.look, self._presenter.face(block), place)
        left = tile + theme.metric("space.5")
        upper = QRectF(line.left() + left, line.top(), line.width() - left, theme.line("card-title"))
        detail = self._presenter.detail(block)
        if not detail:
            upper.setHeight(line.height())
        painter.setFont(theme.font("card-title"))
        painter.setPen(theme.colour("text-primary"))
        elided_text(painter, upper, self._presenter.name(block))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-secondary"))
        elided_text(painter, QRectF(upper.left(), upper.bottom(), upper.width(), theme.line("small")), detail)

    def _paint_times(self, painter: QPainter, line: QRectF, block: Block) -> None:
        theme = self.theme
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text-secondary"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._presenter.range(block))
        painter.setFont(theme.font("card-title"))
        painter.setPen(theme.colour("text-primary"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, right, self._presenter.length(block))

    def _paint_verdict(self, painter: QPainter, line: QRectF, block: Block) -> None:
        theme = self.theme
        band = band_of(block.productivity)
        name = {"productive": words.productive, "neutral": words.neutral, "distracting": words.distracting}[band]
        tone = theme.colour(f"{band_colour(band)}-text")
        glyph, pad = theme.metric("chip.glyph"), theme.metric("space.4")
        width = theme.font_metrics("small-strong").horizontalAdvance(name) + glyph + theme.metric("space.3") + 2 * pad
        chip = QRectF(line.right() - width, line.top(), width, line.height())
        fill_round(painter, chip, theme.metric("radius.chip"), theme.colour(f"{band_colour(band)}-soft"))
        band_glyph(painter, band, QRectF(chip.left() + pad, chip.center().y() - glyph / 2, glyph, glyph), tone)
        painter.setFont(theme.font("small-strong"))
        painter.setPen(tone)
        text = chip.adjusted(pad + glyph + theme.metric("space.3"), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)
        side = theme.scaled("chip.swatch")
        mark = QRectF(line.left(), line.center().y() - side / 2, side, side)
        fill_round(painter, mark, theme.metric("radius.swatch"), QColor(self._presenter.colour(block) or ""))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-secondary"))
        room = QRectF(mark.right() + theme.metric("space.3"), line.top(), 0, line.height())
        room.setRight(chip.left() - theme.metric("space.3"))
        elided_text(painter, room, self._presenter.category(block))

    def _paint_keys(self, painter: QPainter, line: QRectF, block: Block) -> None:
        """Draw what keys do to it."""
        theme, left = self.theme, line.left()
        hints = [("E", editing_words.label_hint if block.cause is not None else editing_words.edit_hint)]
        hints.append(("S", editing_words.split_hint))
        if block.cause is None:
            hints.append(("R", editing_words.rule_hint))
        for key, text in hints:
            cap = QRectF(left, line.top(), line.height(), line.height())
            stroke_round(painter, cap, theme.metric("radius.bar") + 1, theme.colour("hairline-strong"))
            painter.setFont(theme.font("axis"))
            painter.setPen(theme.colour("text-secondary"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            width = theme.font_metrics("axis").horizontalAdvance(text) + 1
            place = QRectF(cap.right() + theme.metric("space.3"), line.top(), width, line.height())
            painter.setPen(theme.colour("text-tertiary"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            left = place.right() + theme.metric("space.5")

    def _head_height(self) -> float:
        return max(self.theme.scaled("timeline.hover-tile"), self.theme.line("card-title") + self.theme.line("small"))

    def _plate_size(self) -> QSize:
        theme = self.theme
        height = 2 * theme.metric("timeline.hover-side") + self._head_height()
        height += theme.metric("space.4") + theme.line("body")
        if self._shot is not None:
            height += theme.metric("space.4") + theme.metric("timeline.hover-picture")
        if self._block is not None and self._block.cause is None:
            height += theme.metric("space.4") + theme.scaled("size.chip")
        height += theme.metric("space.4") + theme.scaled("timeline.key-hint")
        return QSize(theme.scaled("timeline.hover-width"), round(height))
