"""Minimising and activating windows on KDE Plasma with Wayland, by scripts in KWin."""

import logging
from typing import Self

from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.backends.kwin_script import KwinScript
from productify.tracker.backends.session import is_kde, is_wayland
from productify.tracker.hands import KEY, TITLE
from productify.tracker.probe import Environment

_log = logging.getLogger(__name__)

_CODE = """
// The tracker tells windows by the CRC-32 of what KWin calls them.
function handleOf(window) {
    let crc = 0xffffffff;
    for (const letter of String(window.internalId)) {
        crc ^= letter.charCodeAt(0);
        for (let bit = 0; bit < 8; bit++)
            crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return (crc ^ 0xffffffff) >>> 0;
}

const windows = workspace.windowList ? workspace.windowList() : workspace.clientList();
const wanted = windows.find(each => handleOf(each) === %d);
if (wanted) {
    wanted.minimized = %s;
    if (!wanted.minimized)
        workspace["activeWindow" in workspace ? "activeWindow" : "activeClient"] = wanted;
}
say(wanted ? "done" : "gone");
"""


class KdeHands:
    """Has KWin run a script each time."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is KDE on Wayland."""
        return 90 if is_kde(environment) and is_wayland(environment) else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the session that `environment` names."""
        return cls(environment)

    async def iconify(self, handle: int) -> bool:
        """Minimise a window."""
        return await self._run(handle, "true")

    async def activate(self, handle: int) -> bool:
        """Bring a window to the front."""
        return await self._run(handle, "false")

    async def close(self) -> None:
        """Do nothing: no script stays."""

    def capability(self) -> Capability:
        """Return that it works, and how far that is proved."""
        return Capability(KEY, TITLE, Health.WORKS, "KWin script", "Tested against a mock of KWin only.")

    async def _run(self, handle: int, minimized: str) -> bool:
        told: list[str] = []
        script = KwinScript(self._environment, "hands", told.append)
        try:
            await script.start(_CODE % (handle, minimized))
        except UnavailableError as error:
            _log.info("no window can be moved: %s", error)
            return False
        finally:
            await script.stop()
        return told[-1] == "done"
