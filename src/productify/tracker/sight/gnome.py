"""The windows in view on GNOME with Wayland, told by the Shell extension shipped here."""

import logging
from collections.abc import Mapping
from typing import Any, Self

from productify import bus as dbus
from productify.domain import Capability, Health, Rect
from productify.errors import UnavailableError
from productify.tracker.backends.gnome_windows import FOCUS, FOCUS_PATH, described_window
from productify.tracker.backends.session import is_gnome, is_wayland
from productify.tracker.gnome_extension import INSTALL
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment
from productify.tracker.sight import KEY, TITLE, InView

_log = logging.getLogger(__name__)


class GnomeSight:
    """Asks the extension over a new connection each time; an older one of ours does not know the question."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._environment = environment
        self._identities = identities
        self._answered: bool | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is GNOME on Wayland."""
        return 90 if is_gnome(environment) and is_wayland(environment) else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the session that `environment` names."""
        return cls(environment, shared_identities())

    async def windows(self) -> tuple[InView, ...] | None:
        """Return every window on the workspaces in view; None without the extension."""
        try:
            told = await self._told()
        except UnavailableError as error:
            _log.debug("the windows in view are not known: %s", error)
            self._answered = False
            return None
        self._answered = True
        return tuple(self._in_view({key: variant.value for key, variant in each.items()}) for each in told)

    async def close(self) -> None:
        """Do nothing: no connection is kept."""

    def capability(self) -> Capability:
        """Return whether the extension answered, once it was asked."""
        if self._answered is False:
            detail = "The GNOME Shell extension is off, or older than this app; no screenshots are taken."
            return Capability(KEY, TITLE, Health.MISSING, "GNOME extension", detail, INSTALL)
        return Capability(KEY, TITLE, Health.WORKS, "GNOME extension")

    async def _told(self) -> list[Mapping[str, Any]]:
        address = dbus.session_address(self._environment)
        if address is None:
            raise UnavailableError("no session D-Bus")
        bus = await dbus.connected(address, lambda _message: None)
        try:
            return list(await dbus.call(bus, FOCUS, FOCUS_PATH, FOCUS, "Windows") or ())
        finally:
            dbus.disconnect(bus)

    def _in_view(self, known: Mapping[str, Any]) -> InView:
        rect = Rect(known["x"], known["y"], known["width"], known["height"])
        window = described_window(self._identities, known.get("id", 0), known)
        return InView(window, rect, attached=bool(known.get("attached")))
