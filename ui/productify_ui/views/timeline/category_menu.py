"""A menu of the categories."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from productify_ui.views.context import ViewContext
from productify_ui.widgets.popup import Menu


class CategoryMenu(Menu):
    """Has an action for each category, found in `by_key`; "" is no category, where that can be chosen."""

    by_key: dict[str, QAction]


def category_menu(context: ViewContext, parent: QWidget, chosen: str | None, nothing: str = "") -> CategoryMenu:
    """Return a menu with a mark at the `chosen` one; `nothing` names the choice of no category."""
    menu = CategoryMenu(context.look, parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.by_key = {}
    if nothing:
        menu.by_key[""] = menu.add_swatch(nothing, context.categories.colour(None), checked=not chosen)
    for category in context.categories.all():
        colour = context.categories.colour(category.key)
        menu.by_key[category.key] = menu.add_swatch(category.name, colour, checked=category.key == chosen)
    return menu
