"""The window in front on KDE Plasma with Wayland, told by a script in KWin."""

import json
import zlib
from collections.abc import Mapping
from typing import Any, Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.tracker.backends.kwin_script import KwinScript
from productify.tracker.backends.session import is_kde, is_wayland
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment, Listener, Window, WindowSeen

_CODE = """
let followed = null;

function tell() {
    say(JSON.stringify(followed && !followed.desktopWindow ? described(followed) : {}));
}

function follow(window) {
    try {
        followed.captionChanged.disconnect(tell);
        followed.fullScreenChanged.disconnect(tell);
    } catch (error) {
        // there was none, or it is gone
    }
    followed = window;
    if (window) {
        window.captionChanged.connect(tell);
        window.fullScreenChanged.connect(tell);
    }
    tell();
}

// Plasma 6 calls them windows, Plasma 5 clients.
(workspace.windowActivated || workspace.clientActivated).connect(follow);
follow("activeWindow" in workspace ? workspace.activeWindow : workspace.activeClient);
"""


class KdeWindows:
    """Has KWin run a script that calls back with the window in front, and with every other one, and other titles."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._identities = identities
        self._listener: Listener | None = None
        self._script = KwinScript(environment, "focus", self._hear)

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is KDE on Wayland."""
        return 90 if is_kde(environment) and is_wayland(environment) else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the session that `environment` names."""
        return cls(environment, shared_identities())

    async def start(self, listener: Listener) -> None:
        """Hand KWin the script, which tells what is in front; raises UnavailableError."""
        self._listener = listener
        await self._script.start(_CODE)

    async def lost(self) -> None:
        """Return when KWin or the session bus is gone."""
        await self._script.lost()

    async def stop(self) -> None:
        """Take the script away and disconnect."""
        self._listener = None
        await self._script.stop()

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works, and how far that is proved."""
        detail = "Tested against a mock of KWin only."
        return (Capability("window", "Active window", Health.WORKS, "KWin script", detail),)

    def _hear(self, told: str) -> None:
        if self._listener is not None:
            known = json.loads(told)
            self._listener(WindowSeen(kwin_window(self._identities, known) if known else None))


def kwin_window(identities: Identities, known: Mapping[str, Any]) -> Window:
    """Return the window; KWin's own idea of the desktop file goes before the window's class."""
    wm_class, app_id = known["wm_class"], known["app_id"]
    pid = known["pid"] or None
    identity = identities.of((wm_class, app_id or wm_class), pid)
    return Window(
        app_name=identity.app_name,
        app_id=identity.app_id,
        title=known["title"] or None,
        pid=pid,
        wm_class=(known["instance"] or wm_class, wm_class),
        exe=identity.exe,
        script=identity.script,
        handle=zlib.crc32(known["id"].encode()),
        fullscreen=bool(known["fullscreen"]),
    )
