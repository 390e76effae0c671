"""The dashboard: how a day, a week or a month went."""

from productify_ui.views.dashboard.page import DashboardPage

__all__ = ["DashboardPage"]
