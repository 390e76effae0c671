"""Taking the pixels of all monitors at once, with a look at what is in view before and after."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from productify.capture.darkroom import Darkroom
from productify.capture.gate import View, all_or_none, decided
from productify.capture.grabbers import Environment, Grab, Grabber, grabber_for
from productify.domain import Monitor, Scene, Skip
from productify.settings import Settings

_TRIES = 2
SETTLE = 0.6
"""Seconds in which nothing may come, go or move before a picture: a closed window is still painted as it fades."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """One monitor: what was decided for it, and its pixels where a picture is taken."""

    view: View
    grab: Grab | None = None


@dataclass(frozen=True, slots=True)
class Exposed:
    """All monitors at one moment; `scene.skip` is set, and there are no exposures, where nothing may be taken."""

    scene: Scene
    exposures: tuple[Exposure, ...] = ()


class Shutter:
    """Asks `look` what is in view, and the desktop that `environment` names for its pixels."""

    def __init__(
        self,
        look: Callable[[], Awaitable[Scene]],
        darkroom: Darkroom,
        environment: Environment,
        settle: float = SETTLE,
    ) -> None:
        self._look = look
        self._darkroom = darkroom
        self._environment = environment
        self._settle = settle
        self._grabber: Grabber | None = None

    async def release(self, settings: Settings) -> Exposed:
        """Take what may be taken now; raises GrabError. Where windows keep moving nothing is, after a second try."""
        exposed = await self._try(settings)
        for _ in range(_TRIES - 1):
            if exposed.scene.skip is not Skip.MOVED:
                break
            exposed = await self._try(settings)
        return exposed

    async def close(self) -> None:
        """Let go of the desktop."""
        grabber, self._grabber = self._grabber, None
        if grabber is not None:
            await self._darkroom.do(grabber.close)

    async def _try(self, settings: Settings) -> Exposed:
        scene = await self._still()
        if scene.skip is not None:
            return Exposed(scene)
        monitors, exposures = await self._darkroom.do(self._expose, scene, settings)
        after = await self._look()
        if after.skip is not None:
            return Exposed(after)
        if after.panes != scene.panes or monitors != await self._darkroom.do(self._monitors):
            return Exposed(_moved(scene))
        return Exposed(scene, exposures)

    async def _still(self) -> Scene:
        """Return what is in view once it has not changed for a moment."""
        before = await self._look()
        if before.skip is not None:
            return before
        await asyncio.sleep(self._settle)
        now = await self._look()
        return now if now.skip is not None or now.panes == before.panes else _moved(now)

    def _expose(self, scene: Scene, settings: Settings) -> tuple[Sequence[Monitor], tuple[Exposure, ...]]:
        monitors = self._monitors()
        grabber = self._grabber_here()
        views = decided(scene, monitors, settings)
        if grabber.takes_all:
            views = all_or_none(views)
        return monitors, tuple(
            Exposure(view, None if view.skip is not None else grabber.grab(view.monitor)) for view in views
        )

    def _monitors(self) -> tuple[Monitor, ...]:
        return self._grabber_here().monitors()

    def _grabber_here(self) -> Grabber:
        if self._grabber is None:
            self._grabber = grabber_for(self._environment)
        return self._grabber


def _moved(scene: Scene) -> Scene:
    return replace(scene, skip=Skip.MOVED)
