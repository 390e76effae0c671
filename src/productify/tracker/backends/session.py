"""What the environment says about the desktop session."""

import sys

from productify.tracker.gnome_extension import INSTALL
from productify.tracker.probe import Environment


def is_wayland(environment: Environment) -> bool:
    """Return whether the session is a Wayland one."""
    return bool(environment.get("WAYLAND_DISPLAY")) or environment.get("XDG_SESSION_TYPE") == "wayland"


def is_gnome(environment: Environment) -> bool:
    """Return whether the desktop is GNOME or built upon it."""
    return "GNOME" in _desktops(environment)


def is_kde(environment: Environment) -> bool:
    """Return whether the desktop is KDE Plasma."""
    return "KDE" in _desktops(environment)


def window_advice(environment: Environment) -> str:
    """Return how the window in front comes to be seen in this session, where it is not."""
    if sys.platform == "darwin":
        return "Install the extra: pip install 'productify-pro[macos]'."
    if is_gnome(environment) and is_wayland(environment):
        return INSTALL
    if is_wayland(environment):
        return (
            "Use GNOME, KDE Plasma, sway, Hyprland or another compositor with wlr-foreign-toplevel, or an X11 session."
        )
    return "Log in to a desktop session."


def _desktops(environment: Environment) -> list[str]:
    return (environment.get("XDG_CURRENT_DESKTOP") or "").split(":")
