"""The windows in view on sway, by its tree of all windows."""

import asyncio
import logging
from collections.abc import Iterator
from typing import Self

from productify.domain import Capability, Health, Rect
from productify.tracker.backends import sway
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment
from productify.tracker.sight import KEY, TITLE, InView

_log = logging.getLogger(__name__)


class SwaySight:
    """Asks over a new connection each time: a few milliseconds."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._path = environment.get("SWAYSOCK", "")
        self._identities = identities

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether sway names its socket."""
        return 80 if environment.get("SWAYSOCK") else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the sway that `environment` names."""
        return cls(environment, shared_identities())

    async def windows(self) -> tuple[InView, ...] | None:
        """Return every window on a workspace that an output shows; None where sway does not answer."""
        try:
            async with asyncio.timeout(sway.TIMEOUT):
                tree = await sway.tree(self._path)
        except (*sway.BROKEN, TimeoutError) as error:
            _log.debug("the windows in view are not known: %r", error)
            return None
        return tuple(self._in_view(node, owner) for node, owner in _shown(tree))

    async def close(self) -> None:
        """Do nothing: no connection is kept."""

    def capability(self) -> Capability:
        """Return that it works."""
        return Capability(KEY, TITLE, Health.WORKS, "sway")

    def _in_view(self, node: sway.Node, owner: sway.Node) -> InView:
        """Return a window within its frame; of a stack of tabs all count, though one is on top."""
        place = node["rect"] if node.get("visible") else owner["rect"]
        top = place["y"] - (node.get("deco_rect") or {}).get("height", 0)
        height = place["height"] + place["y"] - top
        return InView(sway.described(node, self._identities), Rect(place["x"], top, place["width"], height))


def _shown(tree: sway.Node) -> Iterator[tuple[sway.Node, sway.Node]]:
    """Yield the windows of the workspaces that are shown, each with its workspace.

    Scratchpad windows that are put away lie on an output that no screen shows.
    """
    for output in tree.get("nodes", ()):
        current = output.get("current_workspace")
        for workspace in output.get("nodes", ()):
            if workspace.get("name") == current:
                yield from ((node, workspace) for node in sway.nodes(workspace) if node.get("pid"))
