"""Corrections of the record, each of which can be undone."""

from productify.service.editing.desk import Desk
from productify.service.editing.editing import Editing

__all__ = ["Desk", "Editing"]
