"""Pictures on wlroots compositors (sway, Hyprland, labwc, river, Wayfire, niri) by grim."""

import io
import shutil
import subprocess
from typing import Self

from productify.capture.grabbers import KEY, TITLE, Environment, Grab, GrabError
from productify.capture.grabbers.wayland_outputs import wayland_monitors
from productify.domain import Capability, Health, Monitor
from productify.wayland import socket_path

_GRIM = "grim"
_GRIM_SECONDS = 10


class WlrootsGrabber:
    """Starts grim for each picture; monitors are named and placed as the compositor lays them out."""

    takes_all = False

    def __init__(self, environment: Environment) -> None:
        self._environment = dict(environment)

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a Wayland display whose desktop is not known to refuse screencopies."""
        if socket_path(environment) is None:
            return 0
        desktops = environment.get("XDG_CURRENT_DESKTOP", "").casefold()
        return 5 if "gnome" in desktops or "kde" in desktops else 40

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the display that `environment` names."""
        return cls(environment)

    def monitors(self) -> tuple[Monitor, ...]:
        """Return the monitors as they are now, in the layout's own pixels; raises GrabError."""
        return wayland_monitors(self._environment)

    def grab(self, monitor: Monitor) -> Grab:
        """Return what `monitor` shows now, in its own pixels; raises GrabError."""
        command = [_GRIM, "-t", "ppm", "-o", monitor.name, "-"]
        try:
            done = subprocess.run(
                command, env=self._environment, capture_output=True, timeout=_GRIM_SECONDS, check=False
            )
        except FileNotFoundError:
            raise GrabError("grim is not installed.") from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise GrabError("grim does not answer.") from error
        if done.returncode != 0:
            raise GrabError(f"grim says: {done.stderr.decode(errors='replace').strip()[:200]}.")
        return _read(done.stdout)

    def close(self) -> None:
        """Do nothing: no connection is kept."""

    def capability(self) -> Capability:
        """Return whether grim is there."""
        if shutil.which(_GRIM, path=self._environment.get("PATH")) is None:
            return Capability(
                KEY, TITLE, Health.MISSING, _GRIM, "grim, which takes pictures on this desktop, is not installed.",
                "Install it.", command="sudo apt install grim",
            )  # fmt: skip
        return Capability(KEY, TITLE, Health.WORKS, _GRIM)


def _read(content: bytes) -> Grab:
    """Return the pixels of a portable pixmap."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=["PPM"]) as picture:
            return Grab(picture.tobytes("raw", "BGRX"), picture.width, picture.height)
    except OSError as error:
        raise GrabError("grim told something that is no picture.") from error
