"""Focus sessions as use cases: what runs, what it blocks, when it begins by itself, what came of it."""

from productify.service.focusing.focusing import Focusing
from productify.service.focusing.remote import focus_command, now_dict

__all__ = ["Focusing", "focus_command", "now_dict"]
