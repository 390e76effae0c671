"""Who switches do not disturb, and which one fits this desktop."""

import sys
from collections.abc import Mapping
from typing import Protocol, Self

from productify.candidates import Candidate, Where, fitting
from productify.domain import Capability, Health
from productify.errors import UnavailableError

_HERE = "productify.quiet"
_CANDIDATES = (
    Candidate(f"{_HERE}.gnome", "GnomeSilence", Where.LINUX),
    Candidate(f"{_HERE}.kde", "KdeSilence", Where.LINUX),
    Candidate(f"{_HERE}.dunst", "DunstSilence", Where.LINUX),
)


class Silence(Protocol):
    """Do not disturb on one kind of desktop; every call raises UnavailableError where the desktop does not answer."""

    name: str
    """What the desktop is called; it is also what is remembered."""

    outlives_us: bool
    """Whether it stays on when this process ends, however it does."""

    @classmethod
    def score(cls, environment: Mapping[str, str]) -> int:
        """Return how well it fits the desktop, 0 where it does not."""
        ...

    @classmethod
    def create(cls, environment: Mapping[str, str]) -> Self:
        """Return one for the session that `environment` names."""
        ...

    async def is_on(self) -> bool:
        """Return whether notifications are kept from the screen now, whoever asked for it."""
        ...

    async def switch(self, on: bool) -> None:
        """Keep notifications from the screen, or let them come again."""
        ...

    async def close(self) -> None:
        """Let go of the desktop; what does not outlive this process ends."""
        ...


def fitting_here(environment: Mapping[str, str]) -> list[Silence]:
    """Return each kind that fits the session, the best first; whether it answers is not known yet."""
    return [found.create(environment) for found in fitting(_CANDIDATES, environment)]


async def answering(environment: Mapping[str, str]) -> Silence | None:
    """Return the best that answers now, None where this desktop has no do not disturb."""
    for silence in fitting_here(environment):
        try:
            await silence.is_on()
        except UnavailableError:
            await silence.close()
        else:
            return silence
    return None


async def capability(environment: Mapping[str, str]) -> Capability:
    """Return whether this desktop can be kept from disturbing."""
    silence = await answering(environment)
    if silence is None:
        detail = "Nothing here can be asked to hold back notifications in a focus session."
        fix = "GNOME, KDE Plasma and dunst can be." if sys.platform == "linux" else "Use the system's own focus mode."
        return Capability("quiet", "Do not disturb", Health.MISSING, "none", detail, fix)
    await silence.close()
    return Capability("quiet", "Do not disturb", Health.WORKS, silence.name)


def desktops(environment: Mapping[str, str]) -> list[str]:
    """Return what the session calls its desktop, and what that is built upon."""
    return (environment.get("XDG_CURRENT_DESKTOP") or "").split(":")
