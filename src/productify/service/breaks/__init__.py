"""Reminders of breaks."""

from productify.service.breaks.breaks import Breaks
from productify.service.breaks.remote import with_breaks

__all__ = ["Breaks", "with_breaks"]
