"""Asking what an absence was, once somebody is back."""

from productify_ui.views.returning.returning import KEY, Returning

__all__ = ["KEY", "Returning"]
