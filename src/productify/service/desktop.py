"""This desktop: what works on it, and what the app can do about the rest."""

import os
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping

from productify.clock import Clock
from productify.domain import Capability, Health, KeyPlace, Notification, Repair
from productify.errors import KnownError
from productify.service import doctor
from productify.service.notices import Notices
from productify.service.notifications import Notifications
from productify.service.preferences import Preferences
from productify.service.tracking import Tracking
from productify.tracker import gnome_extension

DESKTOP = frozenset({"desktop"})
"""What `changed` carries when something else works on this desktop; no table bears that name."""

_TEST = Notification("Notifications work", "This is what Productify Pro tells you looks like.", key="test")


class Desktop:
    """Tells what works here and mends what it can; `environment` names the desktop session."""

    def __init__(
        self,
        tracking: Tracking,
        preferences: Preferences,
        notifications: Notifications,
        notices: Notices,
        clock: Clock,
        environment: Mapping[str, str] = os.environ,
        key_place: Callable[[], Awaitable[KeyPlace | None]] | None = None,
    ) -> None:
        self._tracking = tracking
        self._preferences = preferences
        self._notifications = notifications
        self._notices = notices
        self._clock = clock
        self._environment = environment
        self._key_place = key_place

    async def report(self, tray: bool | None = None) -> tuple[Capability, ...]:
        """Return what works on this desktop, and how to mend the rest.

        `tray` is whether the window's toolkit found a tray; without a word of it the desktop is asked.
        Where this process does not record, it is found by starting and stopping each probe, in up to some seconds.
        """
        tracker = self._tracking.tracker
        if tracker is None:
            return await self._with_key(await doctor.found(self._clock, self._environment, tray))
        rows = await doctor.told(tracker.capabilities(), self._environment, tray)
        return (_record(tracker.unwritten), *await self._with_key(rows))

    async def fix(self, repair: Repair) -> None:
        """Do what `repair` names, and tell that the desktop changed; raises KnownError where it cannot be done."""
        match repair:
            case Repair.GNOME_EXTENSION:
                await gnome_extension.install(self._environment)
            case Repair.ACCESSIBILITY:
                await _switch_accessibility_on(self._environment)
            case Repair.AUTOSTART:
                await self._preferences.save("start_on_boot", True)
            case Repair.NOTIFICATION:
                self._notifications.tell(_TEST)
        self._changed()

    async def watch(self) -> None:
        """Tell when a tray, a notification server or a secret store comes or goes, until cancelled."""
        if sys.platform == "linux":
            from productify.service import session_bus

            await session_bus.watch(self._environment, self._changed)

    async def _with_key(self, rows: Iterable[Capability]) -> tuple[Capability, ...]:
        """Let the keyring's row tell of the key that there is; a note of it that cannot be read is told elsewhere."""
        try:
            place = await self._key_place() if self._key_place is not None else None
        except KnownError:
            place = None
        return doctor.with_key(rows, place)

    def _changed(self) -> None:
        self._notices.changed(DESKTOP)


def _record(problem: str | None) -> Capability:
    health = Health.WORKS if problem is None else Health.MISSING
    return Capability("record", "Writing the record", health, "SQLite", problem or "")


async def _switch_accessibility_on(environment: Mapping[str, str]) -> None:
    from productify.service import session_bus  # there is none but on Linux

    await session_bus.switch_accessibility_on(environment)
