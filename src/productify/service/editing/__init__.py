"""Corrections of the record, each of which can be undone."""

from productify.service.editing.desk import Desk
from productify.service.editing.editing import Editing
from productify.service.editing.wire import done_dict

__all__ = ["Desk", "Editing", "done_dict"]
