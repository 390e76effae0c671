"""What covers every monitor while something blocked is in front."""

from productify_ui.overlay.curtain import Curtain

__all__ = ["Curtain"]
