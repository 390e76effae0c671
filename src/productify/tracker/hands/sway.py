"""Putting windows away on sway, which minimises nothing: they are moved to a workspace of their own, and back from it.

The scratchpad would take a window out of its tiling and leave nothing on the screen to find it by.
"""

import asyncio
import json
import logging
from typing import Any, Self

from productify.domain import Capability, Health
from productify.tracker.backends import sway
from productify.tracker.hands import KEY, TITLE
from productify.tracker.probe import Environment

_log = logging.getLogger(__name__)
_ASIDE = "Blocked"
"""The workspace; bars show its name."""


class SwayHands:
    """Asks over a new connection each time; remembers which workspace a window was taken from."""

    def __init__(self, environment: Environment) -> None:
        self._path = environment.get("SWAYSOCK", "")
        self._homes: dict[int, str] = {}

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether sway names its socket."""
        return 80 if environment.get("SWAYSOCK") else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the sway that `environment` names."""
        return cls(environment)

    async def iconify(self, handle: int) -> bool:
        """Move a window to the workspace of what is blocked; one that is there already stays."""
        place = await self._workspace(handle)
        if place is None:
            return False
        if place == _ASIDE:
            return True
        self._homes[handle] = place
        return await self._do(f"[con_id={handle}] move container to workspace {json.dumps(_ASIDE)}")

    async def activate(self, handle: int) -> bool:
        """Bring a window to the front, and one that was moved away back to its workspace."""
        place, home = await self._workspace(handle), self._homes.pop(handle, None)
        if place is None:
            return False
        if place == _ASIDE and home is not None:
            await self._do(f"[con_id={handle}] move container to workspace {json.dumps(home)}")
        return await self._do(f"[con_id={handle}] focus")

    async def close(self) -> None:
        """Do nothing: no connection is kept."""

    def capability(self) -> Capability:
        """Return that it works, and how."""
        detail = f"sway minimises nothing: what is blocked moves to the workspace “{_ASIDE}”."
        return Capability(KEY, TITLE, Health.WORKS, "sway", detail)

    async def _workspace(self, handle: int) -> str | None:
        """Return the name of the workspace that a window is on, None where it is gone."""
        tree = await self._asked(sway.tree(self._path))
        if tree is None:
            return None
        for workspace in (node for node in sway.nodes(tree) if node.get("type") == "workspace"):
            if any(node.get("id") == handle for node in sway.nodes(workspace)):
                return str(workspace.get("name"))
        return None

    async def _do(self, command: str) -> bool:
        answers = await self._asked(sway.command(self._path, command))
        return bool(answers) and all(answer.get("success") for answer in answers)

    async def _asked(self, question: Any) -> Any:
        try:
            async with asyncio.timeout(sway.TIMEOUT):
                return await question
        except (*sway.BROKEN, TimeoutError) as error:
            _log.info("no window can be moved: %r", error)
            return None
