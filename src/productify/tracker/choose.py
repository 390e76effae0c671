"""Which probes watch this desktop: candidates by name, imported only when asked, the best first, a null one last."""

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

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

Candidate = tuple[str, str]
"""A module and the class in it."""


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
        (f"{_BACKENDS}.gnome_windows", "GnomeExtension"),
        (f"{_BACKENDS}.kde_windows", "KdeWindows"),
        (f"{_BACKENDS}.windows", "WindowsWindows"),
        (f"{_BACKENDS}.macos", "MacWindows"),
        (f"{_BACKENDS}.sway", "SwayWindows"),
        (f"{_BACKENDS}.wlr_windows", "WlrWindows"),
        (f"{_BACKENDS}.gnome_windows", "GnomeIntrospection"),
        (f"{_BACKENDS}.x11_window", "X11Windows"),
        (f"{_BACKENDS}.null", "NoWindows"),
    ),
    lambda _now: (WindowUnknown(),),
)
IDLE = Kind(
    "idle",
    (
        (f"{_BACKENDS}.wayland_idle", "WaylandIdle"),
        (f"{_BACKENDS}.mutter_idle", "MutterIdle"),
        (f"{_BACKENDS}.windows", "WindowsIdle"),
        (f"{_BACKENDS}.macos", "MacIdle"),
        (f"{_BACKENDS}.x11_idle", "X11IdleAlarms"),
        (f"{_BACKENDS}.x11_idle", "X11IdleQuery"),
        (f"{_BACKENDS}.null", "NoIdle"),
    ),
    lambda now: (InputBack(now),),
)
SLEEP = Kind(
    "sleep",
    (
        (f"{_BACKENDS}.logind", "Logind"),
        (f"{_BACKENDS}.macos", "MacSleep"),
        (f"{_BACKENDS}.null", "NoSleep"),
    ),
    lambda _now: (Woke(), Unlocked(LOGIND), Unlocked(LOCK_REQUEST)),
)
LOGOUT = Kind(
    "log-out",
    ((f"{_BACKENDS}.xsmp", "SessionManager"), (f"{_BACKENDS}.null", "NoSessionManager")),
    lambda _now: (SessionStays(),),
)
LOCK = Kind(
    "lock",
    (
        (f"{_BACKENDS}.screensaver", "ScreenSavers"),
        (f"{_BACKENDS}.windows", "WindowsLock"),
        (f"{_BACKENDS}.macos", "MacLock"),
        (f"{_BACKENDS}.null", "NoScreenSaver"),
    ),
    lambda _now: (Unlocked(SCREEN_SAVER),),
)


def _signal(source: str, module: str, name: str, absent: str) -> Kind:
    """Return a kind that tells signs; once it is lost there are none."""
    candidates = ((f"{_PRESENCE}.{module}", name), (f"{_PRESENCE}.null", absent))
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


def fitting(candidates: Sequence[Candidate], environment: Environment) -> list[type[Probe]]:
    """Return the candidates that fit the desktop, the best first; one that cannot be imported does not."""
    scored = []
    for module_name, class_name in candidates:
        try:
            probe_class: type[Probe] = getattr(import_module(module_name), class_name)
        except (ImportError, OSError) as error:
            _log.info("%s is left out: %s", class_name, error)
            continue
        if (score := probe_class.score(environment)) > 0:
            scored.append((score, probe_class))
    return [probe_class for _, probe_class in sorted(scored, key=lambda pair: -pair[0])]


async def started(
    candidates: Sequence[Candidate], environment: Environment, clock: Clock, listener: Listener
) -> tuple[Probe, bool]:
    """Return the best probe that starts, and whether it is a makeshift for one that may start later."""
    fit = fitting(candidates, environment)
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
