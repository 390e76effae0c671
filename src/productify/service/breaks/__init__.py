"""Reminders of breaks."""

from productify.service.breaks.breaks import Breaks

__all__ = ["Breaks"]
