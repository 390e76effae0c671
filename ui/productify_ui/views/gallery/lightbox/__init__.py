"""One screenshot over the whole window."""

from productify_ui.views.gallery.lightbox.lightbox import Lightbox

__all__ = ["Lightbox"]
