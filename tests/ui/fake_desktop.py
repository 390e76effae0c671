"""The machine of the scripted service: what lies on its disk, and a desktop with a gap."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from productify.domain import Capability, Health, Repair
from productify.service.upkeep import Storage

if TYPE_CHECKING:
    from ui.fake import World

_TODAY = date(2026, 11, 19)


class Upkeep:
    """What lies on the disk."""

    async def storage(self) -> Storage:
        return Storage(Path("/home/you/.local/share/productify"), 48_000_000, 9_000_000, _TODAY)


@dataclass
class Desktop:
    """A desktop with a gap; the world may refuse to mend it."""

    world: "World"
    found: tuple[Capability, ...] = (
        Capability("window", "Active window", Health.WORKS, "scripted"),
        Capability("url.others", "Addresses in other browsers", Health.DEGRADED, "window title", "Titles only."),
        Capability("notifications", "Notifications", Health.WORKS, "dunst", repair=Repair.NOTIFICATION),
        Capability("autostart", "Start at log-in", Health.DEGRADED, "XDG", "Off.", "Switch.", Repair.AUTOSTART),
        Capability("keyring", "Keyring", Health.MISSING, "none", "None.", "Install one.", command="apt install it"),
    )

    async def report(self, tray: bool | None = None) -> tuple[Capability, ...]:
        self.world.log.append(("report", tray))
        return self.found

    async def fix(self, repair: Repair) -> None:
        if self.world.refusal is not None:
            raise self.world.refusal
        self.world.log.append(("fix", repair))
