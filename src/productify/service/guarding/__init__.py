"""Blocking what is in front: the guard hears of every window, and tells the overlay, the desktop and the browsers."""

from productify.service.guarding.guarding import Guarding

__all__ = ["Guarding"]
