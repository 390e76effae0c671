"""What the tests of the guard share: windows, hands that only remember, and a session that blocks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from productify.clock import SettableClock
from productify.domain import Blocked, BlockList, Capability, FocusPlan, Health, Target, TargetKind
from productify.service.guarding import Guarding
from productify.tracker.probe import Window, WindowSeen
from service.rig import EDITOR, Rig, recording, until

APP, SITE, CATEGORY = TargetKind.APP, TargetKind.SITE, TargetKind.CATEGORY
GAME = Window("Steam", "steam", "Library", wm_class=("steam", "Steam"), handle=11)
LUTRIS = Window("Lutris", "net.lutris.Lutris", "Library", wm_class=("lutris", "Lutris"), handle=12)
OVERLAY = Window("Productify Pro", "productify", "Steam is blocked", wm_class=("productify", "productify"), handle=99)


def firefox(title: str, url: str | None = None, handle: int = 21, **more: Any) -> Window:
    """A window of Firefox."""
    return Window("Firefox", "firefox", title, url, wm_class=("Navigator", "firefox"), handle=handle, **more)


@dataclass
class Hands:
    """Moves nothing, and remembers what it was asked for; `refuses` are windows that are gone."""

    asked: list[tuple[str, int]] = field(default_factory=list)
    refuses: set[int] = field(default_factory=set)

    async def iconify(self, handle: int) -> bool:
        self.asked.append(("iconify", handle))
        return handle not in self.refuses

    async def activate(self, handle: int) -> bool:
        self.asked.append(("activate", handle))
        return handle not in self.refuses

    async def close(self) -> None:
        pass

    def capability(self) -> Capability:
        return Capability("window-control", "Putting blocked windows away", Health.WORKS, "test")


@dataclass
class Stage:
    """A recording service whose guard has a desktop that the test moves."""

    rig: Rig
    hands: Hands

    @property
    def guard(self) -> Guarding:
        return self.rig.service.guard

    @property
    def told(self) -> list[Blocked | None]:
        """What the overlay was told, in order."""
        return self.rig.heard.blocked

    async def focus_on(self, *targets: Target, minutes: int = 50, strict: bool = False, **more: Any) -> BlockList:
        """Begin a session that blocks a new list."""
        made = await self.rig.service.focus.save_list(BlockList("", "Mine", targets=targets, **more))
        await self.rig.service.focus.start(FocusPlan(minutes, "Checkpoints", lists=(made.id,), strict=strict))
        return made

    def show(self, *windows: Window | None) -> None:
        """Bring windows to the front, one after the other."""
        for window in windows:
            self.rig.probe.tell(WindowSeen(window))

    async def asked(self, *wanted: tuple[str, int]) -> None:
        """Return once the desktop was asked for all of this."""
        await until(lambda: all(each in self.hands.asked for each in wanted), f"{wanted}")

    async def counted(self) -> None:
        """Return once all blocked visits are counted."""
        await asyncio.wait_for(self.guard._counting.settled(), 5)

    async def attempts(self) -> list[tuple[str, bool, str]]:
        """Name, whether it is a site, and list of every blocked visit of the session that runs."""
        await self.counted()
        now = self.rig.service.focus.now
        assert now is not None
        found = await self.rig.service.focus.attempts(now.session_id)
        return [(each.name, each.is_site, each.list_name) for each in found]

    def step(self, seconds: float) -> None:
        """Let time pass, and let the guard notice."""
        self.rig.clock.advance(seconds)
        self.guard.look()


@asynccontextmanager
async def guarded(folder: Path, clock: SettableClock | None = None, *, has_window: bool = True) -> AsyncIterator[Stage]:
    """Run a service with an editor in front."""
    async with recording(folder, clock, has_window=has_window) as rig:
        stage = Stage(rig, Hands())
        rig.service.guard.moving.hands = stage.hands
        stage.show(EDITOR)
        yield stage
