"""The window in front on compositors with wlr-foreign-toplevel-management."""

from typing import Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.tracker.backends.wlr_toplevels import Toplevels
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment, Listener, Window, WindowSeen
from productify.wayland import socket_path


class WlrWindows:
    """Tells of every other window in front, and of every other title of it, as the compositor reports it."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._environment = environment
        self._identities = identities
        self._toplevels = Toplevels()
        self._listener: Listener | None = None
        self._told: Window | None = None
        self._is_ready = False

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a Wayland display."""
        return 60 if socket_path(environment) is not None else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the display that `environment` names."""
        return cls(environment, shared_identities())

    async def start(self, listener: Listener) -> None:
        """Tell what is in front, and whatever comes there; raises UnavailableError."""
        self._listener = listener
        await self._toplevels.follow(self._environment, self._settle)
        self._is_ready = True
        self._told = self._front()
        listener(WindowSeen(self._told))

    async def lost(self) -> None:
        """Return when the compositor is gone."""
        assert self._toplevels.connection is not None
        await self._toplevels.connection.lost()

    async def stop(self) -> None:
        """Disconnect."""
        self._listener = None
        self._toplevels.close()

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works, by name and title alone."""
        return (Capability("window", "Active window", Health.WORKS, "wlr-foreign-toplevel"),)

    def _settle(self) -> None:
        """Tell the change once a batch is read: one window leaves the front and another comes there within it."""
        if self._listener is None or not self._is_ready or (front := self._front()) == self._told:
            return
        self._told = front
        self._listener(WindowSeen(front))

    def _front(self) -> Window | None:
        return next((each.window(self._identities) for each in self._toplevels if each.is_active), None)
