"""What the desktop around the tracker offers: tray, notifications, a secret store, a start at log-in."""

import asyncio
import sys
from collections.abc import Mapping

from productify.capture.grabbers import grabber_for
from productify.domain import Capability, Health, Repair
from productify.quiet import capability
from productify.selections import has_tray
from productify.service import autostart
from productify.service.packages import command_for
from productify.tracker.hands import hands_for

Environment = Mapping[str, str]


async def look_around(environment: Environment, tray: bool | None) -> tuple[Capability, ...]:
    """Return what lies around the tracker; `tray` is what the window found of one, None where there is no window."""
    if sys.platform != "linux":
        told = () if tray is None else (_tray(environment, "the system" if tray else None),)
        return (*told, _unproved_notifications(), await capability(environment), *_on_screen(environment))
    from productify.service.session_bus import services

    notifications, keyring, takes_items = await services(environment)
    backend = await _tray_backend(environment, takes_items=takes_items)
    if tray is not None:
        backend = (backend or "the desktop") if tray else None
    quiet = await capability(environment)
    return (_tray(environment, backend), notifications, quiet, _autostart(), keyring, *_on_screen(environment))


def _on_screen(environment: Environment) -> tuple[Capability, Capability]:
    """Return how pictures are taken, and windows put away."""
    return grabber_for(environment).capability(), hands_for(environment).capability()


async def _tray_backend(environment: Environment, *, takes_items: bool) -> str | None:
    if takes_items:
        return "StatusNotifier"
    if environment.get("WAYLAND_DISPLAY") or not (display := environment.get("DISPLAY")):
        return None
    return "X11 system tray" if await asyncio.to_thread(has_tray, display) else None


def _unproved_notifications() -> Capability:
    detail = "By a program of the system; not proved on a real desktop."
    return Capability(
        "notifications", "Notifications", Health.DEGRADED, sys.platform, detail, repair=Repair.NOTIFICATION
    )


def _autostart() -> Capability:
    title = "Start at log-in"
    if autostart.entry_path().exists():
        return Capability("autostart", title, Health.WORKS, "XDG autostart")
    detail = "Switched off, so time before you open Productify Pro is not recorded."
    fix = "Switch on “Start when I log in” in the settings."
    return Capability("autostart", title, Health.DEGRADED, "XDG autostart", detail, fix, Repair.AUTOSTART)


def _tray(environment: Environment, backend: str | None) -> Capability:
    if backend is not None:
        return Capability("tray", "Tray icon", Health.WORKS, backend)
    detail = "This desktop shows no tray, so closing the window minimises it."
    if "GNOME" in (environment.get("XDG_CURRENT_DESKTOP") or "").split(":"):
        fix, package = "Install the AppIndicator extension of GNOME.", "gnome-shell-extension-appindicator"
        return Capability("tray", "Tray icon", Health.MISSING, "none", detail, fix, command=command_for(package))
    return Capability("tray", "Tray icon", Health.MISSING, "none", detail, "Use a panel with a system tray.")
