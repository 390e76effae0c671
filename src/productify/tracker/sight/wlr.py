"""The windows in view on compositors with wlr-foreign-toplevel-management, which does not tell where they are."""

import logging
from typing import Self

from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.backends.wlr_toplevels import Toplevels
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment
from productify.tracker.sight import KEY, TITLE, InView
from productify.wayland import socket_path

_log = logging.getLogger(__name__)


class WlrSight:
    """Asks over a new connection each time; what is not minimised may be on any monitor, on any workspace."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._environment = environment
        self._identities = identities

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a Wayland display."""
        return 20 if socket_path(environment) is not None else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the display that `environment` names."""
        return cls(environment, shared_identities())

    async def windows(self) -> tuple[InView, ...] | None:
        """Return every window that is not minimised; None where the compositor does not tell."""
        toplevels = Toplevels()
        try:
            await toplevels.follow(self._environment)
            return tuple(InView(each.window(self._identities), None) for each in toplevels if not each.is_minimized)
        except UnavailableError as error:
            _log.debug("the windows in view are not known: %s", error)
            return None
        finally:
            toplevels.close()

    async def close(self) -> None:
        """Do nothing: no connection is kept."""

    def capability(self) -> Capability:
        """Return that it does not tell where windows are."""
        detail = "Where windows are is not told: a hidden one leaves out all monitors, on another workspace too."
        return Capability(KEY, TITLE, Health.DEGRADED, "wlr-foreign-toplevel", detail)
