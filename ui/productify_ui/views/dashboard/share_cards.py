"""The two cards below the chart: top apps and sites, and categories."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import Dashboard, Share
from productify_ui.text import formats
from productify_ui.text.dashboard import dashboard as say
from productify_ui.views.context import ViewContext
from productify_ui.views.dashboard import lists
from productify_ui.widgets.bar_list import ShareList
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.chart_card import ChartCard
from productify_ui.widgets.donut import Donut
from productify_ui.widgets.empty import Skeleton
from productify_ui.widgets.label import Label
from productify_ui.widgets.segmented import Segmented

QWIDGETSIZE_MAX = 16_777_215
"""What Qt calls no limit."""


class Foot(QWidget):
    """The line below a list: how much more there is, and the way to it."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.note = Label(context.look, role="small", tone="text-tertiary", parent=self)
        self.button = Button(context.look, say.show_all, kind=Kind.LINK, size=Size.SMALL, parent=self)
        row.addWidget(self.note, 1)
        row.addWidget(self.button)
        self._theme.changed.connect(self._size)
        self._size()

    @Slot()
    def _size(self) -> None:
        self.setFixedHeight(self._theme.scaled("size.control-s"))


class ListCard(ChartCard):
    """A card with a list that shows as many rows as fit, and all of them on demand."""

    def __init__(self, context: ViewContext, title: str, parent: QWidget | None = None) -> None:
        super().__init__(context.look, title, parent)
        self.context = context
        self.shares: tuple[Share, ...] = ()
        self.remark = ""
        self._expanded = False
        self.list = ShareList(context.look, title, self)
        self.list.resized.connect(self.fit)
        self.foot = Foot(context, self)
        self.foot.button.clicked.connect(self._toggle)

    def rows_that_fit(self) -> int:
        """Return for how many whole rows there is room."""
        return max(1, self.list.viewport().height() // self.list.row_height())

    @Slot()
    def fit(self) -> None:
        """Show what fits, or everything, and say what is left out."""
        room = self.rows_that_fit()
        self.list.set_limit(None if self._expanded else room)
        rest = "" if self._expanded else lists.rest_text(self.shares, room)
        self.foot.note.setText(rest or self.remark)
        self.foot.button.setVisible(bool(rest) or (self._expanded and len(self.shares) > room))
        self.foot.button.setText(say.show_less if self._expanded else say.show_all)

    @Slot()
    def _toggle(self) -> None:
        self._expanded = not self._expanded
        self.fit()
        self.list.scrollToTop()
        if self._expanded:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)


class AppsCard(ListCard):
    """Apps and sites together, or either alone."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, say.top_apps, parent)
        theme = context.theme
        self.setMinimumHeight(theme.scaled("size.card-header") + 3 * self.list.row_height())
        choices = (("all", say.all), ("apps", say.apps), ("sites", say.sites))
        self.which = Segmented(context.look, choices, say.which_list, small=True, parent=self)
        self.which.chosen.connect(self._fill)
        self.add_to_header([self.which])
        self._skeleton = Skeleton(context.look, 4, self)
        self._empty = Label(context.look, say.no_sites, "small", "text-tertiary", parent=self)
        self._data: Dashboard | None = None
        column = QVBoxLayout(self.content)
        side = theme.px("card.side")
        column.setContentsMargins(side, theme.px("space.1"), side, theme.px("space.4"))
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self._skeleton)
        column.addWidget(self._empty)
        column.addStretch(0)
        column.addWidget(self.foot)
        self.chain((self.which, self.more, self.list, self.foot.button))
        context.faces.changed.connect(self._fill)

    def show_data(self, data: Dashboard, *, first_day: bool) -> None:
        """Show a period's lists; on the first day grey rows stand where more will come."""
        self._data = data
        self._skeleton.setVisible(first_day)
        self.which.setVisible(not first_day)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        if self._data is None:
            return
        first_day = not self._skeleton.isHidden()
        self.shares = {"apps": self._data.apps, "sites": self._data.sites}.get(self.which.value, self._data.shares)
        self.list.show_rows(lists.share_rows(self.shares, self.context.categories, self.context.faces))
        self.table.show_table(lists.share_table(self.shares, self.context.categories))
        self._empty.setVisible(not self.shares and not first_day)
        self._empty.setText(say.no_sites if self.which.value == "sites" else say.no_apps)
        self._fit_list(first_day=first_day)
        self.remark = say.fills_up if first_day else ""
        self.fit()

    def _fit_list(self, *, first_day: bool) -> None:
        """On the first day the list is as tall as its rows, so that the grey ones follow at once."""
        rows = min(2, len(self.shares))
        self.list.setMaximumHeight(rows * self.list.row_height() if first_day else QWIDGETSIZE_MAX)
        self._skeleton.show_rows(max(1, 4 - rows))


class CategoriesCard(ListCard):
    """The donut and its list; hovering either lights both."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, say.categories, parent)
        theme = context.theme
        self.add_to_header([])
        self.donut = Donut(context.look, say.active, self)
        self.donut.lit_changed.connect(self.list.light)
        self.list.lit_changed.connect(self.donut.light)
        side = theme.px("card.side")
        row = QHBoxLayout()
        row.setSpacing(theme.px("donut.list-gap"))
        row.addWidget(self.donut, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.list, 1)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(side, theme.px("space.1"), side, theme.px("space.4"))
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.foot)
        self.chain((self.more, self.list, self.foot.button))
        context.categories.changed.connect(self._fill)
        theme.changed.connect(self._fill)

    def show_data(self, data: Dashboard, minutes: Sequence[int]) -> None:
        """Show a period's categories; `minutes` are those of its verdicts, which the total adds up."""
        self.shares = data.categories
        self._total = formats.figure(sum(minutes), data.totals.active)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        categories = self.context.categories
        self.list.show_rows(lists.category_rows(self.shares, categories))
        self.list.setMaximumHeight(len(self.shares) * self.list.row_height())
        self.table.show_table(lists.category_table(self.shares, categories))
        name = lists.donut_name(self.shares, categories)
        self.donut.show_slices(lists.slices(self.shares, categories), self._total, name)
        self.fit()

    _total: tuple[tuple[str, str], ...] = ()
