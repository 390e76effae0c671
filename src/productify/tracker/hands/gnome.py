"""Minimising and activating windows on GNOME with Wayland, by the Shell extension shipped here."""

import logging
from typing import Self

from productify import bus as dbus
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.backends.gnome_windows import FOCUS, FOCUS_PATH
from productify.tracker.backends.session import is_gnome, is_wayland
from productify.tracker.gnome_extension import INSTALL
from productify.tracker.hands import KEY, TITLE
from productify.tracker.probe import Environment

_log = logging.getLogger(__name__)


class GnomeHands:
    """Asks the extension over a new connection each time; an older one of ours does not know how."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._answered: bool | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is GNOME on Wayland."""
        return 90 if is_gnome(environment) and is_wayland(environment) else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the session that `environment` names."""
        return cls(environment)

    async def iconify(self, handle: int) -> bool:
        """Minimise a window."""
        return await self._ask("Minimize", handle)

    async def activate(self, handle: int) -> bool:
        """Bring a window to the front."""
        return await self._ask("Activate", handle)

    async def close(self) -> None:
        """Do nothing: no connection is kept."""

    def capability(self) -> Capability:
        """Return whether the extension answered, once it was asked."""
        if self._answered is False:
            detail = "The GNOME Shell extension is off, or older than this app: what is blocked is only covered."
            return Capability(KEY, TITLE, Health.MISSING, "GNOME extension", detail, INSTALL)
        return Capability(KEY, TITLE, Health.WORKS, "GNOME extension")

    async def _ask(self, method: str, handle: int) -> bool:
        try:
            done = await self._asked(method, handle)
        except UnavailableError as error:
            _log.info("no window can be moved: %s", error)
            self._answered = False
            return False
        self._answered = True
        return done

    async def _asked(self, method: str, handle: int) -> bool:
        address = dbus.session_address(self._environment)
        if address is None:
            raise UnavailableError("no session D-Bus")
        bus = await dbus.connected(address, lambda _message: None)
        try:
            return bool(await dbus.call(bus, FOCUS, FOCUS_PATH, FOCUS, method, "t", handle))
        finally:
            dbus.disconnect(bus)
