"""One day, second by second: lanes, list, inspector."""

from productify_ui.views.timeline.page import TimelinePage

__all__ = ["TimelinePage"]
