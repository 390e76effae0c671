"""The left edge of the window: the pages, and the recorder's state below them."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from productify_ui.pages import PageSpec
from productify_ui.text.words import words
from productify_ui.widgets.base import Painted
from productify_ui.widgets.card import Rule
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.nav_item import NavItem
from productify_ui.widgets.paint import antialiased


class Brand(Painted):
    """Logo and name."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._rail = False
        self.setAccessibleName(words.app_name)
        self.restyle()

    def set_rail(self, rail: bool) -> None:
        """Show the logo alone, or with the name."""
        self._rail = rail
        self.update()

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.scaled("size.header"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme = self.theme
        side = theme.px("nav.logo")
        left = (self.width() - side) / 2 if self._rail else theme.px("nav.brand-pad")
        area = QRectF(left, (self.height() - side) / 2, side, side)
        self.look.icons.paint(painter, "logo", theme.colour("accent"), area)
        if not self._rail:
            left += side + theme.px("nav.brand-gap")
            for text, role, tone in (
                (words.brand, "note-title", "text-primary"),
                (words.brand_tail, "body-l", "text-tertiary"),
            ):
                painter.setFont(theme.font(role))
                painter.setPen(theme.colour(tone))
                width = theme.font_metrics(role).horizontalAdvance(f"{text} ")
                painter.drawText(QRectF(left, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
                left += width
        painter.end()


class Sidebar(Painted):
    """Brand, pages by group, and whatever stands at the foot; `chosen` carries the key of a page."""

    chosen = Signal(str)

    def __init__(self, look: Look, specs: Sequence[PageSpec], foot: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setAccessibleName(words.navigation)
        self._brand = Brand(look, self)
        self._items: dict[str, NavItem] = {}
        self._captions: list[Label] = []
        self._rules: list[QWidget] = []
        self._foot = foot
        foot.setParent(self)
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(self.theme.px("size.hairline"))
        self._column.addWidget(self._brand)
        for number, (group, members) in enumerate(groupby(specs, lambda spec: spec.group())):
            self._add_group(number, group, members)
        self._column.addStretch(1)
        self._column.addWidget(foot)
        self._rail: bool | None = None
        self.set_rail(False)

    def choose(self, key: str) -> None:
        """Mark a page as the one in view."""
        self._items[key].setChecked(True)

    def show_live(self, key: str, text: str, spoken: str = "") -> None:
        """Show a short text that goes on beside the page of that key, where there is one; "" takes it away."""
        if key in self._items:
            self._items[key].show_live(text, spoken)

    def set_rail(self, rail: bool) -> None:
        """Shrink to a rail of icons, or grow back."""
        if rail == self._rail:
            return
        self._rail = rail
        self._brand.set_rail(rail)
        for item in self._items.values():
            item.set_rail(rail)
        for caption in self._captions:
            caption.setVisible(not rail)
        for rule in self._rules:
            rule.setVisible(rail)
        self.restyle()

    def restyle(self) -> None:
        theme = self.theme
        self.setFixedWidth(theme.px("size.sidebar-rail") if self._rail else self._width())
        side = 2 * theme.px("nav.side")
        if self._rail:
            side = theme.px("size.sidebar-rail") - max(theme.px("nav.rail-width"), theme.scaled("size.control-s"))
        self._column.setContentsMargins(side // 2, 0, side // 2, theme.px("nav.side"))

    def _width(self) -> int:
        """Half as much wider as its text is larger."""
        return (self.theme.px("size.sidebar") + self.theme.scaled("size.sidebar")) // 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("sidebar"))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), self.theme.colour("hairline"))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        items = list(self._items.values())
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        focused = [index for index, item in enumerate(items) if item.hasFocus()]
        if step and focused:
            items[(focused[0] + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _add_group(self, number: int, group: str, members: Iterable[PageSpec]) -> None:
        theme = self.theme
        if number:
            rule = Rule(self.look, self)
            rule.setFixedWidth(theme.px("space.10"))
            self._column.addWidget(rule, 0, Qt.AlignmentFlag.AlignHCenter)
            self._rules.append(rule)
        caption = Label(self.look, group, "caption", "text-tertiary", parent=self)
        caption.setContentsMargins(theme.px("nav.pad"), theme.px("nav.caption-top"), 0, theme.px("nav.caption-bottom"))
        self._captions.append(caption)
        self._column.addWidget(caption)
        for spec in members:
            item = NavItem(self.look, spec.key, spec.title(), spec.icon, self)
            item.clicked.connect(self._clicked)
            self._group.addButton(item)
            self._items[spec.key] = item
            self._column.addWidget(item)

    @Slot()
    def _clicked(self) -> None:
        item = self.sender()
        if isinstance(item, NavItem):
            self.chosen.emit(item.key)
