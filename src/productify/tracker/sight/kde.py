"""The windows in view on KDE Plasma with Wayland, told by a script in KWin."""

import json
import logging
from collections.abc import Mapping
from typing import Any, Self

from productify.domain import Capability, Health, Rect
from productify.errors import UnavailableError
from productify.tracker.backends.kde_windows import kwin_window
from productify.tracker.backends.kwin_script import KwinScript
from productify.tracker.backends.session import is_kde, is_wayland
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment
from productify.tracker.sight import KEY, TITLE, InView

_log = logging.getLogger(__name__)

_CODE = """
// Plasma 6 calls them windows and has several desktops on one, Plasma 5 clients with one desktop; -1 is all of them.
const windows = workspace.windowList ? workspace.windowList() : workspace.clientList();

function isHere(window) {
    if (window.onAllDesktops)
        return true;
    const now = workspace.currentDesktop;
    return window.desktops ? window.desktops.some(each => each === now || each.id === now.id) : window.desktop === now;
}

const inView = windows.filter(each => !each.minimized && !each.desktopWindow && isHere(each));

say(JSON.stringify(inView.map(each => Object.assign(described(each), {
    x: each.frameGeometry.x,
    y: each.frameGeometry.y,
    width: each.frameGeometry.width,
    height: each.frameGeometry.height,
    attached: Boolean(each.transient || each.popupWindow || each.tooltip || each.notification),
}))));
"""


class KdeSight:
    """Has KWin run a script each time, which tells all at once."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._environment = environment
        self._identities = identities

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is KDE on Wayland."""
        return 90 if is_kde(environment) and is_wayland(environment) else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the session that `environment` names."""
        return cls(environment, shared_identities())

    async def windows(self) -> tuple[InView, ...] | None:
        """Return every window on the desktop in view; None where KWin does not tell."""
        told: list[str] = []
        script = KwinScript(self._environment, "sight", told.append)
        try:
            await script.start(_CODE)
        except UnavailableError as error:
            _log.debug("the windows in view are not known: %s", error)
            return None
        finally:
            await script.stop()
        return tuple(self._in_view(known) for known in json.loads(told[-1]))

    async def close(self) -> None:
        """Do nothing: no script stays."""

    def capability(self) -> Capability:
        """Return that it works, and how far that is proved."""
        return Capability(KEY, TITLE, Health.WORKS, "KWin script", "Tested against a mock of KWin only.")

    def _in_view(self, known: Mapping[str, Any]) -> InView:
        rect = Rect(*(round(known[side]) for side in ("x", "y", "width", "height")))
        return InView(kwin_window(self._identities, known), rect, attached=bool(known["attached"]))
