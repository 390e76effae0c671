"""What stands in where a signal cannot be had: it tells nothing, and says so."""

from productify.domain import Capability, Health
from productify.tracker.backends.null import Nothing


def _missing(detail: str, fix: str) -> Capability:
    return Capability("presence", "Calls and videos", Health.MISSING, "none", detail, fix)


class NoSound(Nothing):
    """No sound server answers."""

    _missing = _missing(
        "Microphone and sound are not noticed: no sound server answers.", "Start PipeWire (with pipewire-pulse)."
    )


class NoCamera(Nothing):
    """Cameras cannot be watched."""

    _missing = _missing("Cameras are not noticed on this system.", "Calls are still told by the microphone.")


class NoPlayers(Nothing):
    """No session bus, where players and inhibitors would be."""

    _missing = _missing(
        "Players and apps that keep the screen awake are not noticed: no session D-Bus answers.",
        "Start the desktop with dbus-run-session, or install dbus.",
    )


class NoInhibitors(Nothing):
    """No logind."""

    _missing = _missing(
        "What keeps the whole system awake is not noticed: logind does not run.",
        "Run a system D-Bus with systemd-logind or elogind.",
    )
