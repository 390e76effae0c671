"""Search or jump: one field for pages, days, apps, commands and everything recorded."""

from productify_ui.views.palette.palette import Palette

__all__ = ["Palette"]
