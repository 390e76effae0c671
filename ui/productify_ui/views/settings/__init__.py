"""The settings page."""

from productify_ui.views.settings.page import SettingsPage

__all__ = ["SettingsPage"]
