"""Pictures by the desktop portal: GNOME and KDE on Wayland, which ask their user once.

The portal is tested by contract, against a mock of it on a real bus: neither desktop's own runs on the machines that
test this project.
"""

import asyncio
import io
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from productify.capture.grabbers import KEY, TITLE, Environment, Grab, GrabError
from productify.capture.grabbers.wayland_outputs import wayland_monitors
from productify.domain import Capability, Health, Monitor, Rect
from productify.errors import UnavailableError
from productify.wayland import socket_path

if TYPE_CHECKING:
    from dbus_fast import Message
    from PIL import Image

_log = logging.getLogger(__name__)
_PORTAL, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SCREENSHOT, _REQUEST = "org.freedesktop.portal.Screenshot", "org.freedesktop.portal.Request"
_PATIENCE = 60.0
"""Seconds for the user to answer, who is asked the first time."""

_DONE, _REFUSED = 0, 1
_REFUSAL = "The desktop did not allow it. Allow screenshots for Productify Pro in the desktop's settings for apps."
_SILENCE = "The desktop's portal did not take a picture."


class PortalGrabber:
    """Asks for one picture of everything, and cuts the monitors out of it."""

    takes_all = True

    def __init__(self, environment: Environment) -> None:
        self._environment = dict(environment)
        self._layout = Rect(0, 0, 0, 0)
        self._whole: Image.Image | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a Wayland display; wlroots has a quieter way."""
        return 20 if socket_path(environment) is not None else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the session that `environment` names."""
        return cls(environment)

    def monitors(self) -> tuple[Monitor, ...]:
        """Return the monitors as they are now, in the layout's own pixels; raises GrabError."""
        self._whole = None
        found = wayland_monitors(self._environment)
        self._layout = _around([monitor.rect for monitor in found])
        return found

    def grab(self, monitor: Monitor) -> Grab:
        """Return what `monitor` showed when the first one was asked for after `monitors`; raises GrabError."""
        if self._whole is None:
            self._whole = _decoded(asyncio.run(_photographed(self._environment)))
        part = self._whole.crop(_within(monitor.rect, self._layout, self._whole.size))
        return Grab(part.tobytes("raw", "BGRX"), part.width, part.height)

    def close(self) -> None:
        """Forget the last picture."""
        self._whole = None

    def capability(self) -> Capability:
        """Return that the user is asked."""
        return Capability(
            KEY, TITLE, Health.DEGRADED, "desktop portal",
            "The desktop asks once whether it may be photographed, and may flash. Tested against a mock of the portal.",
        )  # fmt: skip


async def _photographed(environment: Environment) -> bytes:
    """Return the picture's file, which is deleted: the portal leaves it in the user's folders. Raises GrabError."""
    from productify import bus as dbus

    address = dbus.session_address(environment)
    if address is None:
        raise GrabError("There is no session bus to ask the desktop for a picture.")
    answered: asyncio.Future[tuple[int, dict[str, Any]]] = asyncio.get_running_loop().create_future()
    token = f"productify_{uuid4().hex}"

    def hear(message: "Message") -> None:
        if message.member == "Response" and str(message.path).endswith(f"/{token}") and not answered.done():
            answered.set_result((message.body[0], message.body[1]))

    try:
        bus = await dbus.connected(address, hear)
        try:
            await dbus.listen(bus, f"type='signal',interface='{_REQUEST}',member='Response'")
            request = await _ask(bus, token)
            try:
                async with asyncio.timeout(_PATIENCE):
                    code, results = await asyncio.shield(answered)
            finally:
                if not answered.done():  # else a late yes would leave a picture that nobody takes over
                    await _call_off(bus, request)
        finally:
            dbus.disconnect(bus)
    except (UnavailableError, TimeoutError) as error:
        raise GrabError(_SILENCE) from error
    if code != _DONE:
        raise GrabError(_REFUSAL if code == _REFUSED else _SILENCE)
    return await asyncio.to_thread(_taken_over, str(results["uri"].value))


async def _call_off(bus: Any, request: str) -> None:
    from productify import bus as dbus

    try:
        await dbus.call(bus, _PORTAL, request, _REQUEST, "Close")
    except UnavailableError as error:
        _log.debug("the portal's question could not be called off: %s", error)


async def _ask(bus: Any, token: str) -> str:
    """Ask for a picture, and return where the question can be called off."""
    from dbus_fast import Variant

    from productify import bus as dbus

    options = {"handle_token": Variant("s", token), "interactive": Variant("b", False)}
    return str(await dbus.call(bus, _PORTAL, _PATH, _SCREENSHOT, "Screenshot", "sa{sv}", "", options, may_start=True))


def _taken_over(uri: str) -> bytes:
    file = Path(unquote(urlsplit(uri).path))
    try:
        content = file.read_bytes()
        file.unlink()
    except OSError as error:
        raise GrabError(f"The portal's picture cannot be taken over: {error.strerror}.") from error
    return content


def _decoded(content: bytes) -> "Image.Image":
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
            return picture.convert("RGB")
    except OSError as error:
        raise GrabError("The portal's picture cannot be read.") from error


def _around(rects: list[Rect]) -> Rect:
    """Return the smallest rectangle that holds all of them."""
    left, top = min(rect.left for rect in rects), min(rect.top for rect in rects)
    right = max(rect.left + rect.width for rect in rects)
    bottom = max(rect.top + rect.height for rect in rects)
    return Rect(left, top, right - left, bottom - top)


def _within(rect: Rect, layout: Rect, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return where a monitor is in the picture, which has more pixels than the layout where the desktop scales it."""
    across, down = size[0] / layout.width, size[1] / layout.height
    left, top = rect.left - layout.left, rect.top - layout.top
    return (
        round(left * across),
        round(top * down),
        round((left + rect.width) * across),
        round((top + rect.height) * down),
    )
