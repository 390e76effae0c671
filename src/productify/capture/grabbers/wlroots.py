"""Pictures on wlroots compositors (sway, Hyprland, labwc, river, Wayfire, niri) by grim."""

import asyncio
import io
import shutil
import subprocess
from dataclasses import dataclass
from functools import partial
from typing import Self

from productify.capture.grabbers import KEY, TITLE, Environment, Grab, GrabError
from productify.domain import Capability, Health, Monitor, Rect
from productify.errors import UnavailableError
from productify.wayland import Arguments, WaylandConnection, socket_path

_GRIM = "grim"
_GRIM_SECONDS = 10
_OUTPUT, _OUTPUT_VERSION = "wl_output", 4
_PLACES, _PLACES_VERSION = "zxdg_output_manager_v1", 3
_GET_PLACE = 1
_OUTPUT_NAME = 4
_POSITION, _SIZE = 0, 1
_SIGN = 1 << 31
_NOWHERE = Rect(0, 0, 0, 0)


class WlrootsGrabber:
    """Starts grim for each picture; monitors are named and placed as the compositor lays them out."""

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
        try:
            outputs = asyncio.run(_outputs(self._environment))
        except UnavailableError as error:
            raise GrabError("The compositor does not tell which monitors there are.") from error
        if not outputs:
            raise GrabError("No monitor is switched on.")
        return tuple(Monitor(number, each.name, each.rect) for number, each in enumerate(outputs, 1))

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


@dataclass
class _Output:
    """A monitor as its events describe it."""

    name: str = ""
    rect: Rect = _NOWHERE


async def _outputs(environment: Environment) -> list[_Output]:
    """Return the compositor's monitors; raises UnavailableError."""
    connection = await WaylandConnection.open(environment)
    try:
        managers = connection.names_of(_PLACES)
        if not managers:
            raise UnavailableError("the compositor does not tell where its monitors are")
        places = connection.bind(managers[0][0], min(managers[0][1], _PLACES_VERSION))
        found = []
        for name, version in connection.names_of(_OUTPUT):
            found.append(output := _Output())
            bound = connection.bind(name, min(version, _OUTPUT_VERSION), partial(_hear_output, output))
            connection.request(places, _GET_PLACE, connection.new_object(partial(_hear_place, output)), bound)
        await connection.synced()
    finally:
        connection.close()
    return [output for output in found if output.name and output.rect.width]


def _hear_output(output: _Output, opcode: int, arguments: Arguments) -> None:
    if opcode == _OUTPUT_NAME:
        output.name = arguments.text()


def _hear_place(output: _Output, opcode: int, arguments: Arguments) -> None:
    """Take where a monitor lies, or how large it is there."""
    if opcode == _POSITION:
        output.rect = output.rect._replace(left=_signed(arguments.number()), top=_signed(arguments.number()))
    elif opcode == _SIZE:
        output.rect = output.rect._replace(width=arguments.number(), height=arguments.number())


def _signed(number: int) -> int:
    return (number ^ _SIGN) - _SIGN


def _read(content: bytes) -> Grab:
    """Return the pixels of a portable pixmap."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=["PPM"]) as picture:
            return Grab(picture.tobytes("raw", "BGRX"), picture.width, picture.height)
    except OSError as error:
        raise GrabError("grim told something that is no picture.") from error
