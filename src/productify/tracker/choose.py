"""Which probes watch this desktop: candidates by name, imported only when asked, the best first, a null one last."""

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from productify.candidates import Candidate, Where, fitting
from productify.clock import Clock
from productify.domain import Capability
from productify.errors import UnavailableError
from productify.tracker.capabilities import merged
from productify.tracker.probe import (
    LOCK_REQUEST,
    LOGIND,
    SCREEN_SAVER,
    Environment,
    Event,
    InputBack,
    Listener,
    Probe,
    SessionStays,
    SignsSeen,
    Unlocked,
    WindowUnknown,
    Woke,
)

_log = logging.getLogger(__name__)
_BACKENDS = "productify.tracker.backends"
_PRESENCE = "productify.tracker.presence"

_FULL = 20
"""The score below which a probe makes do until a better one starts."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that is watched: who can, and what holds once nobody can any more."""

    name: str
    candidates: tuple[Candidate, ...]
    farewell: Callable[[datetime], tuple[Event, ...]]
    """The events to be told when the probe is lost at a moment (UTC)."""

    async def start(self, environment: Environment, clock: Clock, listener: Listener) -> tuple[Probe, bool]:
        """Return the best probe that starts, and whether it is a makeshift for one that may start later."""
        return await started(self.candidates, environment, clock, listener)


WINDOWS = Kind(
    "window",
    (
        Candidate(f"{_BACKENDS}.gnome_windows", "GnomeExtension", Where.WAYLAND),
        Candidate(f"{_BACKENDS}.kde_windows", "KdeWindows", Where.WAYLAND),
        Candidate(f"{_BACKENDS}.windows", "WindowsWindows", Where.WINDOWS),
        Candidate(f"{_BACKENDS}.macos", "MacWindows", Where.MACOS),
        Candidate(f"{_BACKENDS}.sway", "SwayWindows", Where.WAYLAND),
        Candidate(f"{_BACKENDS}.wlr_windows", "WlrWindows", Where.WAYLAND),
        Candidate(f"{_BACKENDS}.gnome_windows", "GnomeIntrospection", Where.WAYLAND),
        Candidate(f"{_BACKENDS}.x11_window", "X11Windows", Where.X11),
        Candidate(f"{_BACKENDS}.null", "NoWindows"),
    ),
    lambda _now: (WindowUnknown(),),
)
IDLE = Kind(
    "idle",
    (
        Candidate(f"{_BACKENDS}.wayland_idle", "WaylandIdle", Where.WAYLAND),
        Candidate(f"{_BACKENDS}.mutter_idle", "MutterIdle", Where.WAYLAND),
        Candidate(f"{_BACKENDS}.windows", "WindowsIdle", Where.WINDOWS),
        Candidate(f"{_BACKENDS}.macos", "MacIdle", Where.MACOS),
        Candidate(f"{_BACKENDS}.x11_idle", "X11IdleAlarms", Where.X11),
        Candidate(f"{_BACKENDS}.x11_idle", "X11IdleQuery", Where.X11),
        Candidate(f"{_BACKENDS}.null", "NoIdle"),
    ),
    lambda now: (InputBack(now),),
)
SLEEP = Kind(
    "sleep",
    (
        Candidate(f"{_BACKENDS}.logind", "Logind", Where.LINUX),
        Candidate(f"{_BACKENDS}.macos", "MacSleep", Where.MACOS),
        Candidate(f"{_BACKENDS}.null", "NoSleep"),
    ),
    lambda _now: (Woke(), Unlocked(LOGIND), Unlocked(LOCK_REQUEST)),
)
LOGOUT = Kind(
    "log-out",
    (Candidate(f"{_BACKENDS}.xsmp", "SessionManager", Where.X11), Candidate(f"{_BACKENDS}.null", "NoSessionManager")),
    lambda _now: (SessionStays(),),
)
LOCK = Kind(
    "lock",
    (
        Candidate(f"{_BACKENDS}.screensaver", "ScreenSavers", Where.LINUX),
        Candidate(f"{_BACKENDS}.windows", "WindowsLock", Where.WINDOWS),
        Candidate(f"{_BACKENDS}.macos", "MacLock", Where.MACOS),
        Candidate(f"{_BACKENDS}.null", "NoScreenSaver"),
    ),
    lambda _now: (Unlocked(SCREEN_SAVER),),
)


def _signal(source: str, module: str, name: str, absent: str) -> Kind:
    """Return a kind that tells signs; once it is lost there are none."""
    candidates = (Candidate(f"{_PRESENCE}.{module}", name, Where.LINUX), Candidate(f"{_PRESENCE}.null", absent))
    return Kind(source, candidates, lambda _now: (SignsSeen(source, frozenset()),))


SIGNALS = (
    _signal("sound server", "sound", "Sound", "NoSound"),
    _signal("cameras", "camera", "Cameras", "NoCamera"),
    _signal("media players", "players", "Players", "NoPlayers"),
    _signal("session inhibitors", "inhibitors", "SessionInhibitors", "NoPlayers"),
    _signal("logind inhibitors", "inhibitors", "LogindInhibitors", "NoInhibitors"),
)
"""What shows that somebody is there without input; the names are the sources of their signs."""

KINDS = (WINDOWS, IDLE, SLEEP, LOGOUT, LOCK, *SIGNALS)
"""All that is watched."""


async def started(
    candidates: Sequence[Candidate], environment: Environment, clock: Clock, listener: Listener
) -> tuple[Probe, bool]:
    """Return the best probe that starts, and whether it is a makeshift for one that may start later."""
    fit: list[type[Probe]] = fitting(candidates, environment)
    for place, probe_class in enumerate(fit):
        probe = probe_class.create(environment, clock)
        try:
            await probe.start(listener)
        except UnavailableError as error:
            _log.debug("%s is not available: %s", probe_class.__name__, error)
            await probe.stop()
        except BaseException:
            await probe.stop()
            raise
        else:
            return probe, place > 0 and probe_class.score(environment) < _FULL
    raise RuntimeError("no probe is left: the null one always starts")


class _Deaf:
    """Hears nothing: for looking at what a desktop offers."""

    def __call__(self, event: Event) -> None:
        """Ignore `event`."""

    async def recorded(self) -> None:
        """Return at once."""


async def examine(clock: Clock, environment: Environment | None = None) -> tuple[Capability, ...]:
    """Return what can be seen on this desktop, found by starting and stopping each probe."""
    from productify.tracker.sight import sight_for
    from productify.tracker.urls import address_capabilities

    env = os.environ if environment is None else environment
    probes = await asyncio.gather(*(kind.start(env, clock, _Deaf()) for kind in KINDS))
    seen = merged(capability for probe, _ in probes for capability in probe.capabilities())
    for probe, _ in probes:
        await probe.stop()
    return (*seen, *await address_capabilities(env), sight_for(env).capability())
