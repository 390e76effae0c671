"""The focus page: a timer that blocks, what came of it, and its history, schedule and lists."""

from productify_ui.views.focus.page import FocusPage

__all__ = ["FocusPage"]
