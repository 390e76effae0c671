"""A real service over a folder of its own, with a clock and a desktop that the test moves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from productify.clock import SettableClock
from productify.control import ask
from productify.domain import Activity, Blocked, Notification, Return, Status
from productify.notify.notifier import NoNotifier
from productify.paths import open_data_dir
from productify.service import Notices, Service
from productify.service.focusing import restart_unit
from productify.tracker.backends.scripted import Scripted
from productify.tracker.choose import Kind
from productify.tracker.probe import Window, WindowSeen, WindowUnknown

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
EDITOR = Window("Editor", "editor", "a.py", wm_class=("editor", "Editor"), handle=1)
TERMINAL = Window("XTerm", "debian-xterm", "shell", wm_class=("xterm", "XTerm"), handle=2)


@dataclass(frozen=True)
class Only(Kind):
    """A kind that one given probe watches."""

    probe: Scripted

    async def start(self, environment, clock, listener):
        await self.probe.start(listener)
        return self.probe, False


@dataclass
class Heard:
    """What a service told."""

    changed: list[frozenset[str]] = field(default_factory=list)
    states: list[Status] = field(default_factory=list)
    returned: list[Return] = field(default_factory=list)
    notified: list[Notification] = field(default_factory=list)
    blocked: list[Blocked | None] = field(default_factory=list)
    shown: int = 0
    ended: int = 0

    def notices(self, *, has_window: bool) -> Notices:
        """Return the notices that this hears."""
        return Notices(
            self.changed.append, self.states.append, self._show, self._quit, has_window,
            returned=self.returned.append, notified=self.notified.append, blocked=self.blocked.append,
        )  # fmt: skip

    def _show(self) -> None:
        self.shown += 1

    def _quit(self) -> None:
        self.ended += 1


@dataclass
class Rig:
    """A service that records, and its world."""

    service: Service
    probe: Scripted
    clock: SettableClock
    heard: Heard

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, and let the tracker notice."""
        self.clock.advance(seconds)
        assert self.service.tracking.tracker is not None
        await self.service.tracking.tracker.flush()

    async def show(self, window: Window, seconds: float) -> None:
        """Have `window` in front for some time."""
        self.probe.tell(WindowSeen(window))
        await self.pass_time(seconds)

    async def rows(self) -> list[Activity]:
        """Return everything recorded, in order."""
        return await everything(self.service)

    async def brief(self) -> list[tuple[str, float, float]]:
        """Return (name, from, to) of everything recorded, in seconds since NOON."""
        return [(row.app_name, since_noon(row.start), since_noon(row.end)) for row in await self.rows()]

    async def ask(self, command: str, **arguments: Any) -> dict[str, Any] | None:
        """Ask the service as another process would."""
        return await asyncio.to_thread(ask, self.service.data_dir.control, command, **arguments)


@asynccontextmanager
async def recording(
    folder: Path, clock: SettableClock | None = None, *, has_window: bool = False, systemd: bool = False
) -> AsyncIterator[Rig]:
    """Run a recording service over `folder` until the block ends; the user's `systemd` is left alone without."""
    clock = clock or SettableClock(NOON)
    probe, heard = Scripted(), Heard()
    kind = Only("window", (), lambda _now: (WindowUnknown(),), probe)
    notices = heard.notices(has_window=has_window)
    can_restart = restart_unit.can_restart if systemd else lambda: False
    with patch.object(restart_unit, "can_restart", can_restart):
        service = await Service.open(
            open_data_dir(folder), record=True, notices=notices, clock=clock, probes=[kind], notifier=NoNotifier()
        )
        try:
            await probe.started.wait()
            yield Rig(service, probe, clock, heard)
        finally:
            await service.close()


@asynccontextmanager
async def reading(folder: Path, clock: SettableClock | None = None) -> AsyncIterator[Service]:
    """Open a service over `folder` that does not record."""
    service = await Service.open(open_data_dir(folder), record=False, clock=clock or SettableClock(NOON))
    try:
        yield service
    finally:
        await service.close()


async def everything(service: Service) -> list[Activity]:
    """Return every activity of the months around NOON."""
    return await service.reports.activities(NOON.date().replace(month=1), NOON.date().replace(month=12))


def since_noon(moment: datetime) -> float:
    """Return the seconds from NOON to `moment`."""
    return (moment - NOON).total_seconds()


async def until(condition: Callable[[], object], what: str, patience: float = 10.0) -> None:
    """Return when `condition`, plain or awaitable, holds; fails after `patience` seconds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + patience
    while True:
        holds = condition()
        if await holds if isinstance(holds, Awaitable) else holds:
            return
        assert loop.time() < end, f"waited {patience} s for {what}"
        await asyncio.sleep(0.01)
