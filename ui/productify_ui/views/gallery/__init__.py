"""The screenshots page."""

from productify_ui.views.gallery.page import GalleryPage

__all__ = ["GalleryPage"]
