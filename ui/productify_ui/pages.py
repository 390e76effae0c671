"""The pages of the window, in the order of the sidebar: a new one adds its file and a line here."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from productify_ui.text.focus import focus_words
from productify_ui.text.words import words
from productify_ui.views.context import ViewContext
from productify_ui.views.page import Page


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page: its lasting key, the texts of its group and title, its icon, its keys, and what makes it.

    `parts` are the keys of what in it can be gone to, as `page/part`.
    """

    key: str
    group: Callable[[], str]
    icon: str
    title: Callable[[], str]
    keys: str
    make: Callable[[ViewContext, QWidget], Page]
    parts: tuple[str, ...] = ()

    @property
    def views(self) -> tuple[str, ...]:
        """What can be shown of it: the page, and each of its parts."""
        return (self.key, *(f"{self.key}/{part}" for part in self.parts))


def _dashboard(context: ViewContext, parent: QWidget) -> Page:
    from productify_ui.views.dashboard import DashboardPage

    return DashboardPage(context, parent)


def _timeline(context: ViewContext, parent: QWidget) -> Page:
    from productify_ui.views.timeline import TimelinePage

    return TimelinePage(context, parent)


def _screenshots(context: ViewContext, parent: QWidget) -> Page:
    from productify_ui.views.gallery import GalleryPage

    return GalleryPage(context, parent)


def _focus(context: ViewContext, parent: QWidget) -> Page:
    from productify_ui.views.focus import FocusPage

    return FocusPage(context, parent)


def _settings(context: ViewContext, parent: QWidget) -> Page:
    from productify_ui.views.settings import SettingsPage

    return SettingsPage(context, parent)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("dashboard", lambda: words.group_track, "layout-dashboard", lambda: words.dashboard, "Ctrl+1", _dashboard),
    PageSpec("timeline", lambda: words.group_track, "chart-gantt", lambda: words.timeline, "Ctrl+2", _timeline),
    PageSpec(
        "screenshots",
        lambda: words.group_track,
        "images",
        lambda: words.screenshots,
        "Ctrl+3",
        _screenshots,
        ("audit",),
    ),
    PageSpec(
        "focus",
        lambda: focus_words.group,
        "timer",
        lambda: focus_words.focus,
        "Ctrl+4",
        _focus,
        ("setup", "history", "schedule", "lists"),
    ),
    PageSpec(
        "settings",
        lambda: words.group_set_up,
        "settings",
        lambda: words.settings,
        "Ctrl+,",
        _settings,
        ("desktop", "browsers", "Screenshots", "Focus", "Breaks"),
    ),
)
